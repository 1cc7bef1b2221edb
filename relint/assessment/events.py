"""The single events on which an entry depends, and what each of them takes away and stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.assessment.abstract import REGION
from relint.assessment.result import EventResult

if TYPE_CHECKING:
    from relint.assessment.abstract import Event
    from relint.assessment.builder import Model
    from relint.assessment.disruption import Disruption
    from relint.assessment.engine import Effects
    from relint.assessment.parts import Part
    from relint.assessment.result import Result

JudgeEvents = Callable[["Disruption", Sequence[Sequence["Event"]]], "Result"]
"""Return the result of the worst one of some events: those of the better bound, and those of the worse one."""


class Bound(NamedTuple):
    """A bound of the system, and the effects of events in it."""

    model: Model
    effects: Effects


def event_label(model: Model, parts: Mapping[str, Part], event: Event) -> str:
    """Return an event in words."""
    if event.kind == "hardware":
        name, units = parts[event.node].name, model.system.nodes[event.node].units
        return f"unit {event.number + 1} of {name}" if len(units) > 1 else f"the unit of {name}"
    return model.labels[event.number] if event.kind == "zone" else "the Region"


def event_results(bounds: Sequence[Bound], parts: Mapping[str, Part], judge: JudgeEvents) -> Iterator[EventResult]:
    """Yield the results of the failure of a host of each part, and of the loss of each zone.

    `bounds` are the better one and the worse one. The hosts of a part are one event, and so are its zones where they
    are not known one by one: the worst of them counts. A zone that the worse bound does not have is judged there by all
    the zones that it has, because any of them may be that one.
    """
    kinds: tuple[tuple[str, Disruption], ...] = (("hardware", "Hardware"), ("zone", "AZ"))
    for kind, disruption in kinds:
        better, worse = (_events_by_key(bound, kind) for bound in bounds)
        everywhere = [event for events in worse.values() for event in events]
        for key, events in better.items():
            known = (events, worse.get(key) or everywhere)
            part = parts[key] if isinstance(key, str) else None
            label = event_label(bounds[0].model, parts, events[0])
            if part is not None and len(events) > 1 and kind == "hardware":
                label = f"a unit of {part.name}"
            result = _with_fates(bounds, known, judge(disruption, known), label, part.id if part else "")
            yield result._replace(key=key if kind == "zone" else None)


def region_event(bounds: Sequence[Bound], result: Result) -> EventResult:
    """Return the loss of the Region as an event, with what it stops."""
    return _with_fates(bounds, ([REGION], [REGION]), result, "the Region", "")


def _events_by_key(bound: Bound, kind: str) -> dict[object, list[Event]]:
    events: dict[object, list[Event]] = {}
    for event in bound.effects.events_of(kind):
        events.setdefault(event.node or bound.model.keys[event.number], []).append(event)
    return events


def _with_fates(
    bounds: Sequence[Bound], events: Sequence[Sequence[Event]], result: Result, label: str, part: str
) -> EventResult:
    causes = [
        [cause for event in known for cause in bound.effects.causes_of(event)]
        for bound, known in zip(bounds, events, strict=True)
    ]
    down, possibly_down = (
        {name for cause in known for name in bound.effects.stopped(cause)}
        for bound, known in zip(bounds, causes, strict=True)
    )
    effects = bounds[0].effects
    return EventResult(
        label=label,
        part=part,
        result=result,
        hit=tuple(sorted({name for cause in causes[0] for name in effects.hit_nodes(cause)})),
        down=tuple(sorted(down)),
        possibly_down=tuple(sorted(possibly_down - down)),
    )
