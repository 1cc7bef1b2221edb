"""Functions that start themselves with what they write."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.event_hops import Hop, hops_from, is_started_by_events

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Unknown

_MAX_STEPS = 300
_STOPPED_TYPES = frozenset({"AWS::S3::Bucket", "AWS::SNS::Topic", "AWS::SQS::Queue", "AWS::Lambda::Function"})
"""The types between which Lambda recognizes that an event goes in a circle.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
"""
_UNSEEN = ("Mapping", "::Subscription", "::Alias", "::Version", "::Permission", "::EventInvokeConfig")
_PASSED = (*_UNSEEN, "::Rule")
"""Endings of types that an event passes and that a reader need not see; through a rule Lambda sees no circle."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at a function whose events come back to it, by what policies allow it to write.

    Message `default` if nothing ends the loop; `stopped` if Lambda does after about 16 rounds; `allowed` (a note) if
    RecursiveLoop is Allow; `weak` (a note) if only a wildcard closes the loop. A loop of several functions is reported
    at the first of them. Message value: `path`; related: the resources on the way.
    Unknown if an action in a policy is.
    """
    if not is_started_by_events(view, resource):
        return
    widest_loop = _find_loop(view, resource, lambda hop: True)
    if widest_loop is None:
        return
    loop = _find_loop(view, resource, lambda hop: not hop.is_weak)
    is_weak = loop is None
    loop = loop or _find_loop(view, resource, lambda hop: hop.unknown is None) or widest_loop
    unknown = next((hop.unknown for hop in loop if hop.unknown is not None), None)
    members = [view.template.resources[hop.target] for hop in loop]
    functions = {member.logical_id for member in members if member.type == resource.type}
    if next(name for name in view.template.resources if name in functions) != resource.logical_id:
        return
    if unknown is not None:
        yield unknown
        return
    shown = [member for member in members if not member.type.endswith(_PASSED)]
    path = " -> ".join([resource.logical_id, *(member.logical_id for member in shown)])
    related = tuple((member.path, f'"{member.logical_id}" is on the way.') for member in members[:-1])
    problem = Problem(resource.path, values={"path": path}, related=related)
    if is_weak:
        yield problem._replace(message="weak", level="note")
    elif view.get(resource, "Properties", "RecursiveLoop").value == "Allow":
        yield problem._replace(message="allowed", level="note")
    elif all(member.type in _STOPPED_TYPES for member in members if not member.type.endswith(_UNSEEN)):
        yield problem._replace(message="stopped")
    else:
        yield problem


def _find_loop(view: View, function: Resource, is_taken: Callable[[Hop], bool]) -> list[Hop] | None:
    """Return the shortest way from a function back to it by the steps that are taken; None without one."""
    start = (function.logical_id, "")
    previous: dict[tuple[str, str], Hop | None] = {start: None}
    queue = deque([start])
    while queue and len(previous) < _MAX_STEPS:
        position = queue.popleft()
        for hop in hops_from(view, view.template.resources[position[0]], position[1]):
            target = (hop.target, hop.key_prefix)
            if not is_taken(hop):
                continue
            if hop.target == function.logical_id:
                return _way(previous, position, hop)
            if target not in previous:
                previous[target] = hop._replace(source=position[0], key_prefix=position[1])
                queue.append(target)
    return None


def _way(previous: dict[tuple[str, str], Hop | None], position: tuple[str, str], last: Hop) -> list[Hop]:
    way = [last]
    hop = previous[position]
    while hop is not None:
        way.append(hop)
        hop = previous[hop.source, hop.key_prefix]
    return way[::-1]
