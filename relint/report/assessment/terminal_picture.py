"""The picture of a system for a terminal: parts in their zones, and what each event does to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING
from relint.assessment.scene.build import scene_of
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.assessment.result import Assessment
    from relint.assessment.scene.records import Condition, Scene, SceneEvent, ScenePart

_COLUMNS = 100
_MAX_NAME = 30
_MAX_PARTS = 40
_GLYPHS: Mapping[Condition, str] = {"up": "●", "degraded": "◐", "down": "✕", "unknown": "?"}
_ASCII: Mapping[Condition, str] = {"up": "+", "degraded": "~", "down": "x", "unknown": "?"}
_ROLES = ("edge", "lb", "compute", "queue", "data")
"""The order of rows; parts that only describe others have none."""


def draw_picture(assessment: Assessment, *, unicode: bool) -> Iterator[str]:
    """Yield the lines of the picture: a row for each part with its units by zone, and its state in each event.

    Nothing for a system of fewer than two parts or without zones, of which the tables say all, and a line that names
    the other formats for one that is too wide.
    """
    scene = scene_of(assessment)
    parts = sorted((part for part in scene.parts if part.role in _ROLES), key=lambda part: _ROLES.index(part.role))
    columns: dict[str, set[int]] = {}
    for zone in scene.zones:
        columns.setdefault(zone.title, set()).add(zone.number)
    if len(parts) < 2 or not columns:
        return
    glyphs = _GLYPHS if unicode else _ASCII
    events = [
        (f"{number}", event)
        for number, zones in enumerate(columns.values(), start=1)
        for event in scene.events
        if event.zones and event.zones <= zones
    ]
    events += [("Region", event) for event in scene.events if event.disruption == "Region"]
    name_width = min(max(len(printable(part.name)) for part in parts), _MAX_NAME) + 2
    left = max(14, 3 * len(columns) + 1)
    if name_width + left + 4 * len(events) + 14 > _COLUMNS:
        yield f"PICTURE  {len(columns)} zones are too many for a terminal; --format html draws them"
        return
    yield (
        f"PICTURE  {glyphs['up']} works  {glyphs['degraded']} works with less, or after a failover  "
        f"{glyphs['down']} does not work  {glyphs['unknown']} not known"
    )
    yield f"  {'':<{name_width}}{'units by zone':<{left}}  when this is lost"
    head = "".join(f"{number:<3}" for number in range(1, len(columns) + 1))
    heads = "".join(f"{head:<{_width(head)}}" for head, _ in events)
    yield f"  {'':<{name_width}}{head:<{left}}  {heads}own host"
    open_parts = {part.part for part in assessment.listing.parts if part.is_open}
    for part in parts[:_MAX_PARTS]:
        row = _row(part, scene, events, glyphs)
        counts = (sum(unit.zone in numbers for unit in part.units) for numbers in columns.values())
        units = [("?" if part.id in open_parts else str(count)) if count else "." for count in counts]
        placed = "".join(f"{text:<3}" for text in units)
        if set(units) == {"."}:
            placed = part.scope if part.scope in ("regional", "global") else "-"
        yield f"  {_name(part):<{name_width}}{placed:<{left}}  {row}"
    if len(parts) > _MAX_PARTS:
        yield f"  and {len(parts) - _MAX_PARTS} more; --format html draws them"
    for number, title in enumerate(columns, start=1):
        yield f"  {number}: {printable(title)}"[:_COLUMNS]


def _width(head: str) -> int:
    return max(len(head) + 2, 4)


def _name(part: ScenePart) -> str:
    name = printable(part.name)
    return name if len(name) <= _MAX_NAME else f"...{name[3 - _MAX_NAME :]}"


def _row(
    part: ScenePart, scene: Scene, events: Sequence[tuple[str, SceneEvent]], glyphs: Mapping[Condition, str]
) -> str:
    cells = "".join(f"{glyphs[_condition(part, event)]:<{_width(head)}}" for head, event in events)
    own = next((event for event in scene.events if event.id == f"host-{part.id}"), None)
    return cells + (glyphs[_condition(part, own)] if own is not None else "-")


def _condition(part: ScenePart, event: SceneEvent) -> Condition:
    return event.states[part.id].condition if part.id in event.states else "up"
