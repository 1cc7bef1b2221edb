"""The contents of a picture: boxes in zones or across them, and the lines between the groups to which they belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from relint.assessment.scene.records import Scene, SceneEvent, ScenePart, SceneZone

MAX_BOXES = 60
_MAX_EVENTS = 16
_MAX_FLOATING = 3
"""Units in unknown zones that are drawn one by one."""

ROWS = ("global", "entry", "lb", "queue", "compute", "data", "backup")


class Box(NamedTuple):
    """A box: the units of a group in one column, or the group in a band across all columns if `column` is None.

    `units` are ids of parts and positions of their units; without units the box is the part as a whole. With `is_spare`
    it stands by as long as another one serves.
    """

    key: str
    group: str
    row: str
    column: int | None
    units: tuple[tuple[str, int], ...]
    is_spare: bool = False


class Group(NamedTuple):
    """Parts that are drawn as one, and their boxes; `is_backup` if the boxes are the backups of the parts."""

    key: str
    parts: tuple[ScenePart, ...]
    row: str
    boxes: tuple[Box, ...]
    is_backup: bool = False

    @property
    def has_standby(self) -> bool:
        """Whether one unit serves, and another one takes over."""
        return len(self.parts) == 1 and self.parts[0].has_standby and len(self.parts[0].units) > 1


class Line(NamedTuple):
    """A dependency between groups, by their keys; with `is_hint` only an address suggests it."""

    source: str
    target: str
    verb: str
    is_hint: bool
    is_alternative: bool


class Picture(NamedTuple):
    """A picture of some entries: `zones` are its columns, after which comes one for units in unknown zones.

    `omitted` is the number of events without a tab.
    """

    zones: tuple[SceneZone, ...]
    has_unknown_zone: bool
    groups: tuple[Group, ...]
    lines: tuple[Line, ...]
    events: tuple[SceneEvent, ...]
    entries: tuple[str, ...]
    omitted: int


def pictures_of(scene: Scene) -> list[Picture]:
    """Return the pictures of a scene: one if it has at most `MAX_BOXES` boxes, else one for each system that fits.

    Entries that share parts are in one picture. Parts of one type are drawn as one box where there are too many.
    """
    parts = {part.id: part for part in scene.parts}
    visible = [part for part in scene.parts if part.role != "support" or part.is_entry]
    columns = _columns(scene)
    systems = _systems(scene, [part.id for part in visible])
    if sum(_size(parts, system, columns) for system in systems) <= MAX_BOXES:
        batches = [[part.id for part in visible]] if visible else []
    else:
        placed = [
            any(unit.zone in columns for part_id in system for unit in parts[part_id].units) for system in systems
        ]
        pairs = list(zip(systems, placed, strict=True))
        batches = [  # systems without a known zone stand apart, because a picture with empty columns is hard to read
            batch
            for is_placed in (True, False)
            for batch in _batches(parts, columns, [system for system, known in pairs if known == is_placed])
        ]
    return [_picture(scene, [part for part in visible if part.id in batch]) for batch in map(set, batches)]


def _batches(
    parts: Mapping[str, ScenePart], columns: Mapping[int, int], systems: Iterable[list[str]]
) -> list[list[str]]:
    """Return systems together, as many as fit into a picture."""
    batches: list[list[str]] = []
    room = 0
    for system in systems:
        size = _size(parts, system, columns)
        if not batches or size > room:
            batches.append([])
            room = MAX_BOXES
        batches[-1] += system
        room -= size
    return batches


def _systems(scene: Scene, visible: Sequence[str]) -> list[list[str]]:
    """Return the ids of the visible parts in groups that share no entry, in the order of the first part of each."""
    leader = {part.id: part.id for part in scene.parts}

    def find(part_id: str) -> str:
        while leader[part_id] != part_id:
            part_id = leader[part_id]
        return part_id

    for names in scene.closures.values():
        for name in names[1:]:
            leader[find(name)] = find(names[0])
    for edge in scene.edges:
        leader[find(edge.target)] = find(edge.source)
    systems: dict[str, list[str]] = {}
    for part_id in visible:
        systems.setdefault(find(part_id), []).append(part_id)
    return list(systems.values())


def _size(parts: Mapping[str, ScenePart], system: Iterable[str], columns: Mapping[int, int]) -> int:
    return _count(group for part_id in system for group in _part_groups([parts[part_id]], part_id, columns))


def _columns(scene: Scene) -> dict[int, int]:
    """Return the column of each placed zone by its number."""
    return {zone.number: column for column, zone in enumerate(zone for zone in scene.zones if zone.is_placed)}


def _picture(scene: Scene, parts: Sequence[ScenePart]) -> Picture:
    used = {unit.zone for part in parts for unit in part.units}
    zones = tuple(zone for zone in scene.zones if zone.is_placed and zone.number in used)
    columns = {zone.number: column for column, zone in enumerate(zones)}
    groups = [group for part in parts for group in _part_groups([part], part.id, columns)]
    if _count(groups) > MAX_BOXES:
        groups = _grouped(parts, columns, scene.events)
    group_of = {part.id: group.key for group in groups for part in group.parts if not group.is_backup}
    entries = tuple(entry for entry in scene.closures if entry in group_of)
    events = [event for event in scene.events if _concerns(event, group_of, entries)]
    kept, omitted = _most_telling(events)
    floating = any(unit.zone is not None and unit.zone not in columns for part in parts for unit in part.units)
    return Picture(
        zones=zones,
        has_unknown_zone=floating,
        groups=tuple(sorted(groups, key=lambda group: ROWS.index(group.row))),
        lines=tuple(_lines(scene, group_of)),
        events=tuple(kept),
        entries=entries,
        omitted=omitted,
    )


def _count(groups: Iterable[Group]) -> int:
    return sum(len(group.boxes) for group in groups)


def _concerns(event: SceneEvent, group_of: Mapping[str, str], entries: Iterable[str]) -> bool:
    if event.disruption is None:
        return True
    return any(part in group_of for part in event.states) or any(entry in event.results for entry in entries)


def _most_telling(events: Sequence[SceneEvent]) -> tuple[list[SceneEvent], int]:
    """Return the events that get a tab: of the hosts those that come first, which are the worst ones."""
    hosts = [event for event in events if event.disruption == "Hardware"]
    zones = [event for event in events if event.disruption == "AZ"]
    others = len(events) - len(hosts) - len(zones)
    kept_zones = zones[: _MAX_EVENTS - others - min(len(hosts), 4)]
    kept_hosts = hosts[: _MAX_EVENTS - others - len(kept_zones)]
    dropped = {event.id for event in (*zones[len(kept_zones) :], *hosts[len(kept_hosts) :])}
    return [event for event in events if event.id not in dropped], len(dropped)


def _part_groups(parts: Sequence[ScenePart], key: str, columns: Mapping[int, int]) -> Iterator[Group]:
    """Yield the group of some parts, and that of their backups if they hold data of record."""
    row = "global" if parts[0].scope == "global" else parts[0].role
    row = "compute" if row == "support" else row
    yield Group(key, tuple(parts), row, tuple(_boxes(parts, key, row, columns)))
    if parts[0].data == "durable":
        name = f"backup {key}"
        box = Box(name, name, "backup", None, tuple((part.id, -1) for part in parts))
        yield Group(name, tuple(parts), "backup", (box,), is_backup=True)


def _boxes(parts: Sequence[ScenePart], key: str, row: str, columns: Mapping[int, int]) -> Iterator[Box]:
    placed: dict[int, list[tuple[str, int]]] = {}
    floating: list[tuple[str, int]] = []
    whole: list[tuple[str, int]] = []
    for part in parts:
        zoned = [(number, unit.zone) for number, unit in enumerate(part.units) if unit.zone is not None]
        if not zoned:
            whole.append((part.id, -1))
        for number, zone in zoned:
            if zone in columns:
                placed.setdefault(columns[zone], []).append((part.id, number))
            else:
                floating.append((part.id, number))
    is_spare = len(parts) == 1 and parts[0].has_standby
    if whole:
        yield Box(f"{key} whole", key, row, None, tuple(whole))
    for column, units in sorted(placed.items()):
        yield Box(f"{key} {column}", key, row, column, tuple(units), is_spare and (key, 0) not in units)
    few = len(floating) <= _MAX_FLOATING and len(parts) == 1
    for number, group in enumerate([[unit] for unit in floating] if few else [floating] if floating else []):
        yield Box(f"{key} ?{number}", key, row, len(columns), tuple(group), is_spare and (key, 0) not in group)


def _grouped(parts: Sequence[ScenePart], columns: Mapping[int, int], events: Sequence[SceneEvent]) -> list[Group]:
    """Return groups of parts: those that no event tells apart, else those of one type, else those of one row."""

    def fate(part: ScenePart) -> object:
        states = tuple(event.states.get(part.id) for event in events)
        zones = tuple(sorted({columns.get(unit.zone, -1) for unit in part.units if unit.zone is not None}))
        return part.type, part.scope, part.is_entry, zones, tuple(state and state[:2] for state in states)

    keys = (
        fate,
        lambda part: (part.type, part.scope == "global", bool(part.units)),
        lambda part: (part.role, part.scope == "global", part.data == "durable"),
    )
    groups: list[Group] = []
    for key in keys:
        members: dict[object, list[ScenePart]] = {}
        for part in parts:
            members.setdefault(key(part), []).append(part)
        groups = [group for listed in members.values() for group in _part_groups(listed, listed[0].id, columns)]
        if _count(groups) <= MAX_BOXES:
            break
    return groups


def _lines(scene: Scene, group_of: Mapping[str, str]) -> Iterator[Line]:
    """Yield the lines between groups; a dependency through parts that are not drawn is one from end to end."""
    outgoing: dict[str, list[tuple[str, str, bool, bool]]] = {}
    for edge in scene.edges:
        outgoing.setdefault(edge.source, []).append(
            (edge.target, edge.verb, edge.basis == "inferred", edge.is_alternative)
        )
    known: set[tuple[str, str]] = set()
    for source, key in group_of.items():
        seen: set[str] = set()
        waiting = list(outgoing.get(source, ()))
        while waiting:
            target, verb, is_hint, is_alternative = waiting.pop(0)
            if target in seen:
                continue
            seen.add(target)
            other = group_of.get(target)
            if other is None:
                waiting += [
                    (end, later, is_hint or hint, is_alternative or alternative)
                    for end, later, hint, alternative in outgoing.get(target, ())
                ]
            elif other != key and (key, other) not in known:
                known.add((key, other))
                yield Line(key, other, verb, is_hint, is_alternative)
