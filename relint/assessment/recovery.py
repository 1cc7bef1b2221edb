"""The effect of an event, and how the effects on parts that recover together, or one for another, combine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.assessment.facts import OUTCOMES, Interval, Outcome
from relint.assessment.result import Reason, Unknown, longer, shorter, worse

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


_Time = tuple[Outcome, Interval]
_NO_TIME: _Time = ("no_outage", NONE)


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
    reached = _reached(nodes, down, start)
    order = [name for name in stopped if name in reached]
    times = dict.fromkeys(order, _NO_TIME)
    is_stable = False
    while not is_stable:  # the least fixed point: a circle adds nothing
        is_stable = True
        for name in order:
            time = (own[name].outcome, own[name].rto) if name in own else _NO_TIME
            time = reduce(_both, (times[other] for other in nodes[name].hard if other in times), time)
            for group in nodes[name].alternatives:
                if group and down.issuperset(group):
                    time = _both(time, reduce(_either, (times[other] for other in group)))
            if time != times[name]:
                times[name], is_stable = time, False
    together = all_effects(own[name] for name in order if name in own)
    return together._replace(outcome=times[start][0], rto=times[start][1])


def _reached(nodes: Mapping[str, Node], down: set[str], start: str) -> set[str]:
    """Return the parts for which `start` waits."""
    reached, waiting = {start}, [start]
    while waiting:
        node = nodes[waiting.pop()]
        groups = [group for group in node.alternatives if down.issuperset(group)]
        for other in (*node.hard, *(name for group in groups for name in group)):
            if other in down and other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _both(left: _Time, right: _Time) -> _Time:
    return worse(left[0], right[0]), longer(left[1], right[1])


def _either(left: _Time, right: _Time) -> _Time:
    return min(left[0], right[0], key=OUTCOMES.index), shorter(left[1], right[1])
