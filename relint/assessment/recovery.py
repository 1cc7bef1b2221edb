"""The effect of an event, and how the effects on parts that recover together, or one for another, combine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.assessment.facts import OUTCOMES, Interval, Outcome, Tail
from relint.assessment.result import Reason, Unknown, longer, worse

if TYPE_CHECKING:
    from relint.assessment.abstract import Node

NONE = Interval(0, 0, "bounded")


class Effect(NamedTuple):
    """The effect of an event: the worst that is known, and if something is unknown besides."""

    outcome: Outcome = "no_outage"
    is_unknown: bool = False
    rto: Interval = NONE
    reasons: tuple[Reason, ...] = ()
    unknowns: tuple[Unknown, ...] = ()

    @property
    def rank(self) -> tuple[int, bool, float]:
        """The badness by which the worst event is chosen."""
        return OUTCOMES.index(self.outcome), self.is_unknown, self.rto.lo


_TAILS: tuple[Tail, ...] = ("bounded", "typical", "unknown")

_Time = tuple[float, ...]
"""The rank of an outcome, the ends of an interval, and the rank of its tail, so that the later time is the maximum."""

_NO_TIME: _Time = (0, 0, 0, 0)


def all_effects(effects: Iterable[Effect]) -> Effect:
    """Return the effect of several that hold at once."""
    outcome: Outcome = "no_outage"
    is_unknown, rto = False, NONE
    reasons: dict[Reason, None] = {}
    unknowns: dict[Unknown, None] = {}
    for effect in effects:
        outcome = worse(outcome, effect.outcome)
        is_unknown = is_unknown or effect.is_unknown
        rto = longer(rto, effect.rto)
        reasons.update(dict.fromkeys(effect.reasons))
        unknowns.update(dict.fromkeys(effect.unknowns))
    return Effect(outcome, is_unknown, rto, tuple(reasons), tuple(unknowns))


def combine_recoveries(
    nodes: Mapping[str, Node], stopped: Sequence[str], start: str, own: Mapping[str, Effect]
) -> Effect:
    """Return the effect on a part that does not work, by what has to recover before it works again.

    `stopped` are the parts that do not work, each after those on which it depends as far as there is no circle. `own`
    are those of them with too few units, and what it takes until these have enough. All that a part needs recovers at
    once; of alternatives, the first one counts.
    """
    if len(own) == 1:  # whatever has stopped waits for this part
        return next(iter(own.values()))
    down = set(stopped)
    groups = {
        name: [group for group in nodes[name].alternatives if group and down.issuperset(group)] for name in stopped
    }
    reached = _reached(nodes, groups, start)
    order = [name for name in stopped if name in reached]
    together = all_effects(own[name] for name in order if name in own)
    if not any(groups[name] for name in order):
        return together
    times = dict.fromkeys(order, _NO_TIME)
    is_stable = False
    while not is_stable:  # the least fixed point: a circle adds nothing
        is_stable = True
        for name in order:
            needed = [_time(own[name]) if name in own else _NO_TIME, _NO_TIME]
            needed += [times[other] for other in nodes[name].hard if other in times]
            needed += [_first([times[other] for other in group]) for group in groups[name]]
            time = tuple(map(max, *needed))
            if time != times[name]:
                times[name], is_stable = time, False
    rank, low, high, tail = times[start]
    rto = Interval(int(low), None if high == float("inf") else int(high), _TAILS[int(tail)])
    return together._replace(outcome=OUTCOMES[int(rank)], rto=rto)


def _reached(nodes: Mapping[str, Node], groups: Mapping[str, Sequence[Sequence[str]]], start: str) -> set[str]:
    """Return the parts for which `start` waits; `groups` are those without a part that works, by what needs one."""
    reached, waiting = {start}, [start]
    while waiting:
        name = waiting.pop()
        for other in (*nodes[name].hard, *(other for group in groups[name] for other in group)):
            if other in groups and other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _time(effect: Effect) -> _Time:
    rto = effect.rto
    high = float("inf") if rto.hi is None else rto.hi
    return OUTCOMES.index(effect.outcome), rto.lo, high, _TAILS.index(rto.tail)


def _first(times: Sequence[_Time]) -> _Time:
    """Return the time of the first one of several; which one that is, nobody knows."""
    if len(times) == 1:
        return times[0]
    return (*tuple(map(min, *times))[:3], _TAILS.index("unknown"))
