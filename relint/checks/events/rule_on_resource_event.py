"""Resources whose events an EventBridge rule of the template matches.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.event_patterns import accepts
from relint.model.name_matching import NameMatcher, matches_name, name_matcher
from relint.model.text.json_text import parse_json
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, parts_of, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_Path = tuple[str, ...]
_DEFAULT_BUS = ("(^|/)default$", 1_024)
"""A regular expression and the length of text up to which it is applied."""
_BEFORE_NAME = re.compile(r".*:(?:alarm|stateMachine):", re.DOTALL)
"""What precedes the name in the ARN of an alarm or a state machine."""


class _Event(NamedTuple):
    """An event: its fields by path, and the paths of the resource name or its ARN."""

    fields: Mapping[_Path, Any]
    name_paths: list[_Path]
    matcher: NameMatcher


def fact(
    resource: Resource, view: View, event: Mapping[str, Any], named_at: _Path | list[_Path], name: _Path = ()
) -> Truth:
    """Whether an enabled rule with a target matches an event of the resource.

    `event` contains the given fields of the event, such as {source: aws.states, detail: {status: FAILED}}. The event
    names the resource at the path (or paths) `named_at`, by the text at the path `name` of the resource, by an ARN that
    ends with it, or by a reference.
    Unknown if a pattern requires further fields, or a value of the pattern is unknown.
    """
    matcher = name_matcher(view, resource, [name] if name else ())
    name_paths = named_at if isinstance(named_at, list) else [named_at]
    criteria = _Event(fields=dict(_fields(event, ())), name_paths=name_paths, matcher=matcher)
    return any_of(_matches_event(view, rule, criteria) for rule in view.resources("AWS::Events::Rule"))


def _fields(event: Mapping[str, Any], path: _Path) -> Iterator[tuple[_Path, Any]]:
    for key, value in event.items():
        if isinstance(value, dict):
            yield from _fields(value, (*path, key))
        else:
            yield (*path, key), value


def _matches_event(view: View, rule: Resource, event: _Event) -> Truth:
    truths = [
        apply_test("equals", view.get(rule, "Properties", "State").value, "DISABLED", negate=True),
        apply_test("exists", view.get(rule, "Properties", "Targets").value, operand=True),
        _is_on_default_bus(view, rule),
    ]
    pattern = view.get(rule, "Properties", "EventPattern")
    if isinstance(pattern.value, str):
        pattern = Located(parse_json(pattern.value), pattern.path)
    if pattern.value is ABSENT:
        return False
    for path, located in _pattern_fields(view, pattern, ()):
        if path in event.name_paths:
            items = view.scenario.items(located)
            truths.append(any_of(_names_resource(view, item, event.matcher) for item in items))
        elif path in event.fields:
            items = view.scenario.items(located)
            truths.append(any_of(accepts(view, item, scalar_text(event.fields[path])) for item in items))
        elif isinstance(located.value, Unknown):
            truths.append(located.value)
        else:
            truths.append(Unknown(("Pattern", rule.logical_id), f'"{rule.logical_id}" asks for more of the event'))
    return all_of(truths)


def _is_on_default_bus(view: View, rule: Resource) -> Truth:
    """Whether a rule belongs to the default bus, to which AWS services send events."""
    bus = view.get(rule, "Properties", "EventBusName").value
    if view.target(bus, "AWS::Events::EventBus"):
        return False
    return bus is ABSENT or apply_test("matches", bus, _DEFAULT_BUS)


def _pattern_fields(view: View, node: Located, path: _Path) -> list[tuple[_Path, Located]]:
    """Return the lists of values of a pattern, each with its path."""
    if not isinstance(node.value, dict):
        return [(path, node)]
    members = ((key, view.get(node, key)) for key in node.value)
    return [field for key, member in members for field in _pattern_fields(view, member, (*path, str(key)))]


def _names_resource(view: View, item: Located, matcher: NameMatcher) -> Truth:
    if isinstance(item.value, dict):
        names = [name for name in matcher.names if isinstance(name, str)]
        if not names or _BEFORE_NAME.search(str(item.value)):
            return Unknown(("Pattern", item.path), "its pattern compares parts of names")
        return any_of(accepts(view, item, name) for name in names)
    last = parts_of(expression_of(item.value))[-1]
    name = _BEFORE_NAME.sub("", last) if isinstance(last, str) and _BEFORE_NAME.match(last) else item.value
    return matches_name(view, matcher, name)
