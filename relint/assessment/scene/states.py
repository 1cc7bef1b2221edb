"""The events of a scene, and the state of each part in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING
from relint.assessment.facts import OUTCOMES
from relint.assessment.scene.records import Condition, PartState, SceneEvent

if TYPE_CHECKING:
    from relint.assessment.disruption import Disruption
    from relint.assessment.result import EntryResult, EventResult, Reason, Result
    from relint.assessment.scene.records import ScenePart, SceneZone

_DAMAGE: dict[str, Condition] = {"outage_manual": "degraded", "data_loss_unrecoverable": "down"}
"""The state of damaged data by the fate that the facts give them; of others it is unknown."""


def scene_events(
    parts: Sequence[ScenePart],
    zones: Sequence[SceneZone],
    keys: Mapping[int, object],
    closures: Mapping[str, Sequence[str]],
    entries: Sequence[EntryResult],
) -> Iterator[SceneEvent]:
    """Yield the state without a failure, then each zone in the order of columns, the hosts, the Region, and the data.

    Hosts of parts come in the order of the badness of their loss. `keys` are those of the classes of zones.
    """
    states = _States(parts, zones, closures)
    yield SceneEvent("none", "No failure", None, frozenset(), {}, {})
    by_zone: dict[object, dict[str, EventResult]] = {}
    by_host: dict[str, dict[str, EventResult]] = {}
    region: dict[str, EventResult] = {}
    for entry in entries:
        for event in entry.events:
            if event.result.disruption == "AZ":
                by_zone.setdefault(event.key, {})[entry.part] = event
            elif event.result.disruption == "Hardware":
                by_host.setdefault(event.part, {})[entry.part] = event
            elif event.result.disruption == "Region":
                region[entry.part] = event
    numbers: dict[object, int] = {}
    for zone in zones:
        numbers.setdefault(keys[zone.number], zone.number)
    titles = {zone.number: zone.title for zone in zones}
    for key, number in numbers.items():
        if key in by_zone:
            title = f"{titles[number]} lost"
            yield states.event(f"zone-{number}", title, "AZ", by_zone[key], zone=number)
    names = {part.id: part.name for part in parts}
    for part_id in sorted(by_host, key=lambda part_id: (-_badness(by_host[part_id].values()), names[part_id])):
        title = f"Host of {names[part_id]} lost"
        yield states.event(f"host-{part_id}", title, "Hardware", by_host[part_id], host=part_id)
    if region:
        yield states.event("region", "Region lost", "Region", region)
    damaged = [entry for entry in entries if any(event.result.disruption == "Software" for event in entry.events)]
    if damaged:
        yield _damage(parts, damaged)


def _badness(events: Iterable[EventResult]) -> int:
    return max(_rank(event.result) for event in events)


def _rank(result: Result) -> int:
    """Return the badness of a result: twice that of its outcome, and one more if something is unknown besides."""
    return 2 * OUTCOMES.index(result.worst_known) + (result.outcome == "unknown")


class _States:
    def __init__(
        self, parts: Sequence[ScenePart], zones: Sequence[SceneZone], closures: Mapping[str, Sequence[str]]
    ) -> None:
        self._parts = parts
        self._placed = {zone.number for zone in zones if zone.is_placed}
        self._distinct = {zone.number: zone.distinct for zone in zones}
        self._sizes = {entry: len(names) for entry, names in closures.items()}
        self._closures = {entry: set(names) for entry, names in closures.items()}

    def event(
        self,
        event_id: str,
        title: str,
        disruption: Disruption,
        found: Mapping[str, EventResult],
        zone: int | None = None,
        host: str = "",
    ) -> SceneEvent:
        """Return an event of which the results are `found`, by id of the entry."""
        states = {}
        for part in self._parts:
            # The smallest entry has the fewest zones that may coincide, so that it is the most exact one.
            entries = [entry for entry in found if part.id in self._closures[entry]]
            if entries:
                state = self._state(part, found[min(entries, key=self._sizes.__getitem__)], zone, host)
            elif zone in self._placed and (perhaps := self._perhaps_lost(part, zone)):
                state = PartState("unknown", perhaps_lost=perhaps)
            else:
                continue
            if state.condition != "up" or state.lost or state.perhaps_lost:
                states[part.id] = state
        results = {entry: event.result for entry, event in found.items()}
        lost = frozenset() if zone is None else frozenset({zone})
        return SceneEvent(event_id, title, disruption, lost, states, results)

    def _state(self, part: ScenePart, event: EventResult, zone: int | None, host: str) -> PartState:
        lost: frozenset[int] = frozenset()
        perhaps: frozenset[int] = frozenset()
        if event.result.disruption == "Region":
            lost = frozenset() if part.scope == "global" else frozenset(range(len(part.units)))
        elif part.id == host:
            lost = frozenset([next((number for number, unit in enumerate(part.units) if unit.fails_alone), 0)])
        elif zone is not None:
            lost = frozenset(number for number, unit in enumerate(part.units) if unit.zone == zone)
            perhaps = self._perhaps_lost(part, zone)
        condition: Condition = "up"
        if part.id in event.down:
            condition = "down"
        elif part.id in event.possibly_down:
            condition = "unknown"
        elif lost:
            condition = "degraded"
        reasons = [reason for reason in event.result.reasons if reason.resource == part.name and reason.event != "any"]
        facts = tuple(reason.fact for reason in reasons if reason.fact)
        return PartState(condition, lost, perhaps, _worst(reasons), facts)

    def _perhaps_lost(self, part: ScenePart, zone: int) -> frozenset[int]:
        """Return the units in zones that may be the lost one."""
        return frozenset(
            number
            for number, unit in enumerate(part.units)
            if unit.zone is not None and unit.zone != zone and unit.zone not in self._distinct[zone]
        )


def _worst(reasons: Iterable[Reason]) -> str:
    outcomes = [reason.outcome for reason in reasons if reason.outcome in OUTCOMES]
    return max(outcomes, key=OUTCOMES.index, default="")


def _damage(parts: Sequence[ScenePart], entries: Sequence[EntryResult]) -> SceneEvent:
    """Return the damage of all data at once: each of them is restored by itself."""
    states: dict[str, PartState] = {}
    events = (event for entry in entries for event in entry.events)
    damaged = {event.part: event for event in events if event.result.disruption == "Software"}
    for part in parts:
        if part.id in damaged:
            reasons = damaged[part.id].result.reasons
            outcome = _worst(reasons)
            facts = tuple(reason.fact for reason in reasons if reason.fact)
            states[part.id] = PartState(_DAMAGE.get(outcome, "unknown"), outcome=outcome, facts=facts)
    results = {entry.part: result for entry in entries for result in entry.results if result.disruption == "Software"}
    return SceneEvent("data", "Data damaged", "Software", frozenset(), states, results)
