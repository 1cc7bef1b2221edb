"""Whether a safety rule keeps routing controls from all being off at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.stack_exports import is_exported
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CONTROL = "AWS::Route53RecoveryControl::RoutingControl"
_RULE = "AWS::Route53RecoveryControl::SafetyRule"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem at the first of several controls of a panel if no assertion rule demands that one of them be on.

    An assertion is met by ATLEAST with a threshold of one or more, by OR and by AND, unless it is inverted.
    https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.safety-rules.html
    """
    panel = _panel(view, resource)
    controls = [one for one in view.resources(_CONTROL) if _panel(view, one) == panel]
    if len(controls) < 2 or controls[0] is not resource:
        return
    ids = {one.logical_id for one in controls}
    guarded = any_of(_guards(view, rule, ids) for rule in view.resources(_RULE))
    if guarded is False and any(is_exported(view, one) is True for one in controls):
        guarded = Unknown(("Export", *sorted(ids)), "a rule of another stack may assert the controls that are exported")
    if isinstance(guarded, Unknown):
        yield guarded
    elif not guarded:
        names = ", ".join(one.logical_id for one in controls)
        places = tuple((one.path, f'"{one.logical_id}" may be off at the same time.') for one in controls[1:])
        yield Problem(resource.path, {"controls": names}, places)


def _panel(view: View, control: Resource) -> Expression:
    """The control panel of a control; the default panel of its cluster where none is named."""
    panel = view.get(control, "Properties", "ControlPanelArn").value
    if panel is ABSENT:
        return ("Default", expression_of(view.get(control, "Properties", "ClusterArn").value))
    return expression_of(panel)


def _guards(view: View, rule: Resource, ids: set[str]) -> Truth:
    asserted = view.get(rule, "Properties", "AssertionRule", "AssertedControls")
    config = view.get(rule, "Properties", "RuleConfig")
    kind = view.get(config, "Type").value
    least = any_of(
        [
            apply_test("in", kind, ["AND", "OR"]),
            all_of([apply_test("equals", kind, "ATLEAST"), _one_or_more(view, rule)]),
        ]
    )
    upright = apply_test("equals", view.get(config, "Inverted").value, True, negate=True)
    named = any_of(_is_one(view, item.value, ids) for item in view.scenario.items(asserted))
    return all_of([named, least, upright])


def _one_or_more(view: View, rule: Resource) -> Truth:
    return apply_test("min", view.get(rule, "Properties", "RuleConfig", "Threshold").value, 1)


def _is_one(view: View, value: object, ids: set[str]) -> Truth:
    target = view.target(value)
    if target is not None:
        return target.logical_id in ids
    return value if isinstance(value, Unknown) else False
