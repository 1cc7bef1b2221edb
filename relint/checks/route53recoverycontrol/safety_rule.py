"""Routing controls that may all be off at once because no safety rule prevents it."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
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
    """Yield a problem at the first control of a panel without an assertion rule.

    The rule requires that one of several controls is on. An assertion rule does so by ATLEAST with a threshold of
    one or more, by OR and by AND, unless it is inverted. Message value: `controls`. Unknown if a rule is unknown,
    or if another stack that imports a control may have a rule.
    https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.safety-rules.html
    """
    panel = _panel(view, resource)
    controls = [control for control in view.resources(_CONTROL) if _panel(view, control) == panel]
    if len(controls) < 2 or controls[0] is not resource:
        return
    logical_ids = {control.logical_id for control in controls}
    is_guarded = any_of(_guards(view, rule, logical_ids) for rule in view.resources(_RULE))
    if is_guarded is False and any(is_exported(view, control) is True for control in controls):
        reason = "a rule of another stack may assert the controls that are exported"
        is_guarded = Unknown(("Export", *sorted(logical_ids)), reason)
    if isinstance(is_guarded, Unknown):
        yield is_guarded
    elif not is_guarded:
        names = ", ".join(control.logical_id for control in controls)
        related = tuple(
            (control.path, f'"{control.logical_id}" may be off at the same time.') for control in controls[1:]
        )
        yield Problem(resource.path, values={"controls": names}, related=related)


def _panel(view: View, control: Resource) -> Expression:
    """Return the control panel of a control, by default that of its cluster."""
    panel = view.get(control, "Properties", "ControlPanelArn").value
    if panel is ABSENT:
        return ("Default", expression_of(view.get(control, "Properties", "ClusterArn").value))
    return expression_of(panel)


def _guards(view: View, rule: Resource, logical_ids: set[str]) -> Truth:
    asserted_controls = view.get(rule, "Properties", "AssertionRule", "AssertedControls")
    config = view.get(rule, "Properties", "RuleConfig")
    rule_type = view.get(config, "Type").value
    threshold = view.get(config, "Threshold").value
    has_threshold = all_of((apply_test("equals", rule_type, "ATLEAST"), apply_test("min", threshold, 1)))
    requires_one = any_of((apply_test("in", rule_type, ["AND", "OR"]), has_threshold))
    is_upright = apply_test("equals", view.get(config, "Inverted").value, operand=True, negate=True)
    asserts_control = any_of(
        _is_control(view, item.value, logical_ids) for item in view.scenario.items(asserted_controls)
    )
    return all_of((asserts_control, requires_one, is_upright))


def _is_control(view: View, value: object, logical_ids: set[str]) -> Truth:
    target = view.target(value)
    if target is not None:
        return target.logical_id in logical_ids
    return value if isinstance(value, Unknown) else False
