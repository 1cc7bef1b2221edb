"""Whether an EventBridge rule of the template hears of something that happens to a resource.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from relint.logic.predicates import apply_test, is_equal
from relint.logic.truth import Truth, all_of, any_of
from relint.model.name_matching import NameMatcher, matches_name, name_matcher
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_Steps = tuple[str, ...]


def fact(resource: Resource, view: View, event: Mapping[str, Any], at: _Steps, name: _Steps = ()) -> Truth:
    """True if an enabled rule with a target matches such an event of the resource, else False.

    `event` holds what is known of the event, {source: aws.states, detail: {status: FAILED}}; at the path `at` it names
    the resource, whose own name stands at its path `name`. A pattern that asks for more than that makes Unknown.
    """
    sought = name_matcher(view, resource, [name] if name else ())
    wanted = dict(_members(event, ()))
    return any_of(_hears(view, rule, wanted, at, sought) for rule in view.resources("AWS::Events::Rule"))


def _members(event: Mapping[str, Any], steps: _Steps) -> Iterator[tuple[_Steps, Any]]:
    for key, value in event.items():
        if isinstance(value, dict):
            yield from _members(value, (*steps, key))
        else:
            yield (*steps, key), value


def _hears(view: View, rule: Resource, wanted: Mapping[_Steps, Any], place: _Steps, sought: NameMatcher) -> Truth:
    answers = [
        apply_test("equals", view.get(rule, "Properties", "State").value, "DISABLED", negate=True),
        apply_test("exists", view.get(rule, "Properties", "Targets").value, True),
        _hears_of_aws(view, rule),
    ]
    pattern = view.get(rule, "Properties", "EventPattern")
    if pattern.value is ABSENT:
        return False
    for steps, located in _leaves(view, pattern, ()):
        if steps == place:
            answers.append(any_of(_names(view, item, sought) for item in view.scenario.items(located)))
        elif steps in wanted:
            answers.append(any_of(_matches(view, item, wanted[steps]) for item in view.scenario.items(located)))
        elif isinstance(located.value, Unknown):
            answers.append(located.value)
        else:
            answers.append(Unknown(("Pattern", rule.logical_id), f'"{rule.logical_id}" asks for more of the event'))
    return all_of(answers)


def _hears_of_aws(view: View, rule: Resource) -> Truth:
    """Whether a rule belongs to the default bus, the only one that AWS services send their events to."""
    bus = view.get(rule, "Properties", "EventBusName").value
    if view.target(bus, "AWS::Events::EventBus"):
        return False
    return bus is ABSENT or apply_test("matches", bus, ("(^|/)default$", 1_024))


def _leaves(view: View, node: Located, steps: _Steps) -> list[tuple[_Steps, Located]]:
    """The lists of a pattern and where in the event they look."""
    if not isinstance(node.value, dict):
        return [(steps, node)]
    members = ((key, view.get(node, key)) for key in node.value)
    return [leaf for key, member in members for leaf in _leaves(view, member, (*steps, str(key)))]


def _names(view: View, item: Located, sought: NameMatcher) -> Truth:
    if isinstance(item.value, dict):
        return Unknown(("Pattern", item.path), "its pattern compares ARNs")
    return matches_name(view, sought, item.value)


def _matches(view: View, item: Located, value: Any) -> Truth:
    """Whether one entry of a list in a pattern, a value or a comparison, matches a value."""
    if isinstance(item.value, dict):
        prefix = view.get(item, "prefix").value
        if isinstance(prefix, str):
            return scalar_text(value).startswith(prefix)
        return Unknown(("Pattern", item.path), "relint does not know its comparison")
    return item.value if isinstance(item.value, Unknown) else is_equal(item.value, value)
