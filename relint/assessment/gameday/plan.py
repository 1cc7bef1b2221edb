"""The plan of a game day: each single event of an assessment, from the mildest to the worst."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.assessment.facts import OUTCOMES
from relint.assessment.gameday.conditions import CONDITIONS
from relint.assessment.gameday.records import GameDay, GameDayEvent, Injection, Prediction
from relint.assessment.gameday.signals import signals_of
from relint.assessment.gameday.tables import fis_actions, manual_ways
from relint.assessment.kinds import STRUCTURAL
from relint.assessment.scene.build import scene_of

if TYPE_CHECKING:
    from relint.assessment.disruption import Disruption
    from relint.assessment.gameday.records import Signal
    from relint.assessment.gameday.tables import EventKind, FisAction, ManualWay
    from relint.assessment.parts import Part
    from relint.assessment.result import Assessment

_KINDS: Mapping[Disruption, EventKind] = {
    "Hardware": "hardware",
    "AZ": "zone",
    "Software": "data",
    "Region": "region",
}
_ORDER: tuple[EventKind, ...] = ("hardware", "service", "zone", "data", "region")
_MAX_STOP_ALARMS = 5
_MAX_ACTIONS = 10
"""Stop conditions of an experiment, and actions that it runs at once: quotas of FIS that nobody can raise.

https://docs.aws.amazon.com/fis/latest/userguide/fis-quotas.html, read on 2026-11-29
"""

_Key = tuple[str, object]


def plan_game_day(assessment: Assessment) -> GameDay:
    """Return the events of an assessment as those of a game day: one for each event, whatever entries it reaches.

    Services that AWS keeps are events, too, where FIS can make them fail: an entry depends on them, although the
    assessment does not judge their failure.
    """
    if assessment.system is None or not assessment.entries:
        return GameDay((), {}, ())
    scene = scene_of(assessment)
    parts: Mapping[str, Part] = assessment.system.system.parts
    predictions: dict[_Key, list[Prediction]] = {}
    for entry in assessment.entries:
        for event in entry.events:
            kind = _KINDS[event.result.disruption]
            key: _Key = (kind, event.part or event.key or event.label)
            predictions.setdefault(key, []).append(Prediction(entry, event))
        for part_id in scene.closures[entry.part]:
            if _injections("service", (parts[part_id],)):
                predictions.setdefault(("service", part_id), []).append(Prediction(entry, None))
    signals = {
        entry.part: tuple(signals_of(parts[name] for name in scene.closures[entry.part]))
        for entry in assessment.entries
    }
    events = [_event(key, found, parts, signals, scene.closures) for key, found in predictions.items()]
    events.sort(key=_badness)
    types = {parts[name].resource.type.removeprefix("AWS::") for names in scene.closures.values() for name in names}
    return GameDay(
        events=tuple(event._replace(number=number) for number, event in enumerate(events, start=1)),
        places={part.name: (part.file, part.line) for part in scene.parts},
        further=tuple(action for action in fis_actions() if not action.kinds and types & set(action.types)),
    )


def _event(
    key: _Key,
    predictions: list[Prediction],
    parts: Mapping[str, Part],
    signals: Mapping[str, tuple[Signal, ...]],
    closures: Mapping[str, tuple[str, ...]],
) -> GameDayEvent:
    kind: EventKind = key[0]  # type: ignore[assignment]
    hit = [parts[name] for name in _hit(kind, key, predictions, closures)]
    injections = sorted(_injections(kind, hit), key=lambda found: found.part is not None)  # the network reaches all
    part = parts.get(str(key[1]))
    judged = [found.event for found in predictions if found.event]
    label = _zone_name(judged[0].label) if judged else ""
    reached = dict.fromkeys(signal for found in predictions for signal in signals[found.entry.part])
    entries = {found.entry.name for found in predictions}
    alarms = sorted((signal for signal in reached if signal.alarm), key=lambda s: (s.watches not in entries, s.name))
    return GameDayEvent(
        number=0,
        kind=kind,
        name=part.name if part else label,
        hit=tuple(hit),
        down=_names(parts, (name for event in judged for name in event.down)),
        possibly_down=_names(parts, (name for event in judged for name in event.possibly_down)),
        predictions=tuple(predictions),
        injections=tuple(injections[:_MAX_ACTIONS]),
        left_out=tuple(injections[_MAX_ACTIONS:]),
        manual=tuple(_manual(kind, hit, injections)),
        signals=tuple(reached),
        stop_alarms=tuple(dict.fromkeys(signal.alarm for signal in alarms))[:_MAX_STOP_ALARMS],
    )


def _zone_name(label: str) -> str:
    """Return that by which the template knows a zone: a subnet, a parameter, an expression, without its file."""
    label = label.removeprefix("zone of ").removeprefix("zone ")
    return label.partition(" of ")[0].strip('"')


def _names(parts: Mapping[str, Part], part_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the names of parts, without those that only describe others or lead to them."""
    found = {part_id for part_id in part_ids if parts[part_id].resource.type not in STRUCTURAL}
    return tuple(sorted(parts[part_id].name for part_id in found))


def _hit(
    kind: EventKind, key: _Key, predictions: Iterable[Prediction], closures: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """Yield the ids of the parts that an event hits; the Region takes away all."""
    if kind == "service":
        yield str(key[1])
        return
    names: dict[str, None] = {}
    for found in predictions:
        if found.event:
            names.update(dict.fromkeys(closures[found.entry.part] if kind == "region" else found.event.hit))
    yield from sorted(names)


def _injections(kind: EventKind, hit: Iterable[Part]) -> list[Injection]:
    """Return the actions of FIS for an event, in the order of the table."""
    hit = list(hit)
    found: list[Injection] = []
    for action in fis_actions():
        if kind not in action.kinds:
            continue
        fitting = [part for part in hit if _fits(action, part)]
        if action.types == ("*",):
            found += [Injection(action, None)] if fitting else []
        else:
            found += [Injection(action, part) for part in fitting]
    return found


def _fits(row: FisAction | ManualWay, part: Part) -> bool:
    is_type = row.types == ("*",) or part.resource.type.removeprefix("AWS::") in row.types
    return is_type and (not row.condition or CONDITIONS[row.condition](part))


def _manual(
    kind: EventKind, hit: Iterable[Part], injections: list[Injection]
) -> Iterator[tuple[Part | None, ManualWay]]:
    """Yield what people do about what no action of FIS hits; a Region, or a zone, is lost for all parts at once."""
    ways = [way for way in manual_ways() if way.kind == kind]  # the row for any type is the last one of its kind
    if kind == "region":
        yield None, ways[-1]
    elif kind != "zone" or not injections:
        injected = {injection.part.id for injection in injections if injection.part}
        for part in hit:
            if part.id not in injected and part.resource.type not in STRUCTURAL:
                yield part, next(way for way in ways if _fits(way, part))


def _badness(event: GameDayEvent) -> tuple[int, bool, int, str]:
    """Return the place of an event from the mildest to the worst; what is unknown counts at least as an outage."""
    results = [found.event.result for found in event.predictions if found.event]
    known = [result.worst_known for result in results if result.worst_known in OUTCOMES]
    is_unknown = any(result.outcome == "unknown" for result in results) or not results
    least = OUTCOMES.index("outage_self_heals") if is_unknown else 0
    worst = max((OUTCOMES.index(outcome) for outcome in known), default=0)
    return max(worst, least), is_unknown, _ORDER.index(event.kind), event.name
