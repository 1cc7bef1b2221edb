"""Chains of programs that wait for one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.system.calls import Call, Calls, calls_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_MAX_CIRCULAR = 200
"""Programs in cycles, or between them, that are looked at; more is no system that somebody wrote."""

_Steps = list[Mapping[str, Call | None]]
"""By the number of calls on the way: the programs that are reached, and the last call of such a way."""


def check(resource: Resource, view: View, most: int) -> Iterator[Problem]:
    """Yield a problem where a program makes a call that is one too many after those before it.

    Calls count from the entry point, or from the first program. Message `cycle` where a program calls itself through
    others, at the first of them. Message values: `caller`, `callee` and `hops`.
    """
    calls = calls_of(view)
    own = calls.of_programs.get(resource.logical_id)
    if not own:
        return
    circular = view.cached("circular calls", lambda view: _circular(calls_of(view)))
    if resource.logical_id in circular:
        cycle = _cycle(calls, resource.logical_id) if len(circular) <= _MAX_CIRCULAR else []
        order = list(view.template.resources)
        if cycle and resource.logical_id == min((call.caller for call in cycle), key=order.index):
            values: dict[str, object] = {"caller": cycle[0].caller, "callee": cycle[0].callee}
            yield Problem(cycle[0].path, values=values, related=_places(cycle[1:]), message="cycle")
        return
    steps = view.cached(f"chains of {most} calls", lambda view: _steps(calls_of(view), most + 1))
    if resource.logical_id in steps[most] and resource.logical_id not in steps[most + 1]:
        way = _way(steps, resource.logical_id, most)
        if not any(call.caller in circular for call in way):
            values = {"caller": own[0].caller, "callee": own[0].callee, "hops": most + 1}
            yield Problem(own[0].path, values=values, related=_places(way))


def _places(way: list[Call]) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    return tuple((call.path, f'"{call.caller}" calls "{call.callee}".') for call in way)


def _steps(calls: Calls, most: int) -> _Steps:
    """Return the programs that are reached with 0 to `most` calls."""
    entered = {call.callee: call for call in reversed(calls.of_entries)}
    steps: _Steps = [dict.fromkeys(name for name in calls.of_programs if name not in entered)]
    for number in range(1, most + 1):
        reached: dict[str, Call | None] = dict(entered) if number == 1 else {}
        for name in steps[-1]:
            for call in calls.of_programs.get(name, ()):
                reached.setdefault(call.callee, call)
        steps.append(reached)
    return steps


def _way(steps: _Steps, end: str, number: int) -> list[Call]:
    """Return the calls of a way with a number of calls that ends at a program, in order."""
    way: list[Call] = []
    while number > 0:
        call = steps[number][end]
        if call is None:
            break
        way.append(call)
        end, number = call.caller, number - 1
    return way[::-1]


def _circular(calls: Calls) -> set[str]:
    """Return the programs in circles of calls, and between such: all that call some of them and are called by some."""
    callees: dict[str, set[str]] = {}
    callers: dict[str, set[str]] = {}
    for call in (call for group in calls.of_programs.values() for call in group):
        callees.setdefault(call.caller, set()).add(call.callee)
        callers.setdefault(call.callee, set()).add(call.caller)
    called = _without_first(set(callees), callers, callees)
    return _without_first(called, callees, callers)


def _without_first(names: set[str], before: Mapping[str, set[str]], after: Mapping[str, set[str]]) -> set[str]:
    """Return the names that are left when those before which there is none are taken away, again and again."""
    counts = {name: len(before.get(name, set()) & names) for name in names}
    pending = [name for name, count in counts.items() if not count]
    for name in pending:
        for other in after.get(name, set()) & names:
            counts[other] -= 1
            if not counts[other]:
                pending.append(other)
    return names - set(pending)


def _cycle(calls: Calls, start: str) -> list[Call]:
    """Return the calls that lead from a program back to it, the fewest; an empty list without such."""
    previous: dict[str, Call] = {}
    pending = [start]
    for name in pending:
        for call in calls.of_programs.get(name, ()):
            if call.callee not in previous:
                previous[call.callee] = call
                pending.append(call.callee)
        if start in previous:
            way = [previous[start]]
            while way[-1].caller != start:
                way.append(previous[way[-1].caller])
            return way[::-1]
    return []
