"""Positions of the boxes of a picture, in pixels: rows from the edge to the backups, a column for each zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.report.assessment.html.measure import fold

if TYPE_CHECKING:
    from relint.report.assessment.html.picture import Box, Group, Picture

MARGIN = 120
"""Width of the names of the rows."""
HEADER = 46
NAME_SIZE = 13.5
_WIDTH = 1040
_MIN_COLUMN, _MIN_BOX = 250, 220
_GAP, _LANE_GAP, _PADDING = 18, 34, 12
_BOX, _SECOND_LINE = 64, 17
_MAX_BANDS = 4
ROW_NAMES = {
    "global": "Global",
    "entry": "Entry",
    "lb": "Load balancer",
    "queue": "Messages",
    "compute": "Compute",
    "data": "Data",
    "backup": "Backups",
}


class Frame(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


class Placed(NamedTuple):
    """A box, the group to which it belongs, its rectangle, and its name in lines."""

    box: Box
    group: Group
    frame: Frame
    name: tuple[str, ...]


class Layout(NamedTuple):
    """The positions: of the columns, of the Region (None if all is global), and of the names of rows by their text."""

    width: float
    height: float
    region: Frame | None
    columns: tuple[Frame, ...]
    rows: tuple[tuple[str, float], ...]
    boxes: tuple[Placed, ...]


class _Lane(NamedTuple):
    """Boxes side by side: bands, or in each slot of a column at most one."""

    slots: list[dict[int, tuple[Box, Group]]]
    bands: list[tuple[Box, Group]]


def lay_out(picture: Picture, width: float = _WIDTH) -> Layout:
    """Return the positions of a picture that is at least as wide as `width`, without the names of the rows."""
    count = len(picture.zones) + picture.has_unknown_zone
    column_width = max(_MIN_COLUMN, (width - _GAP * (count - 1)) / count) if count else max(width, _WIDTH)
    total = column_width * count + _GAP * (count - 1) if count else max(width, _WIDTH)
    slots = max(1, int((column_width - _PADDING) // (_MIN_BOX + _PADDING)))
    left = MARGIN + _PADDING
    starts = [left + index * (column_width + _GAP) for index in range(count)]
    rows: list[tuple[str, float]] = []
    placed: list[Placed] = []
    y = 8.0
    top: float | None = None
    for row, groups in _rows(picture):
        if row != "global" and top is None:
            top = y
            y += HEADER + (HEADER if count else 0)
        rows.append((ROW_NAMES[row], y))
        for lane in _lanes(groups, slots):
            frames = list(_frames(lane, starts, column_width, left, total, y))
            placed += frames
            y += max(item.frame.height for item in frames) + _LANE_GAP
    region = None if top is None else Frame(MARGIN, top, total + 2 * _PADDING, y - _LANE_GAP + 2 * _PADDING - top)
    columns: tuple[Frame, ...] = ()
    if region is not None:
        bottom = region.y + region.height - _PADDING
        columns = tuple(Frame(x, region.y + HEADER - 8, column_width, bottom - region.y - HEADER + 8) for x in starts)
    height = region.y + region.height + 8 if region is not None else y
    return Layout(MARGIN + total + 2 * _PADDING + 8, height, region, columns, tuple(rows), tuple(placed))


def _rows(picture: Picture) -> Iterator[tuple[str, list[Group]]]:
    rows: dict[str, list[Group]] = {}
    for group in picture.groups:
        rows.setdefault(group.row, []).append(group)
    return iter(rows.items())


def _lanes(groups: Sequence[Group], slots: int) -> list[_Lane]:
    """Return the lanes of a row: those with boxes in columns first, then bands, as even as they can be."""
    lanes: list[_Lane] = []
    for group in groups:
        for chunk in _chunks(group):
            lane = lanes[-1] if lanes else None
            free = next((slot for slot in lane.slots if not slot.keys() & chunk.keys()), None) if lane else None
            if free is not None:
                free.update(chunk)
            elif lane is not None and len(lane.slots) < slots:
                lane.slots.append(chunk)
            else:
                lanes.append(_Lane([chunk], []))
    bands = [(box, group) for group in groups for box in group.boxes if box.column is None]
    if bands:
        count = -(-len(bands) // _MAX_BANDS)
        size = -(-len(bands) // count)
        lanes += [_Lane([], bands[start : start + size]) for start in range(0, len(bands), size)]
    return lanes


def _chunks(group: Group) -> list[dict[int, tuple[Box, Group]]]:
    """Return the boxes of a group by column, in as many parts as the fullest column has boxes."""
    chunks: list[dict[int, tuple[Box, Group]]] = []
    for box in group.boxes:
        if box.column is not None:
            free = next((chunk for chunk in chunks if box.column not in chunk), None)
            if free is None:
                free = {}
                chunks.append(free)
            free[box.column] = (box, group)
    return chunks


def _frames(
    lane: _Lane, starts: Sequence[float], column_width: float, left: float, total: float, y: float
) -> Iterator[Placed]:
    cells: list[tuple[Box, Group, float, float]] = []
    if lane.bands:
        width = (total - _GAP * (len(lane.bands) - 1)) / len(lane.bands)
        cells = [(box, group, left + index * (width + _GAP), width) for index, (box, group) in enumerate(lane.bands)]
    else:
        width = (column_width - _PADDING * (len(lane.slots) + 1)) / len(lane.slots)
        for index, slot in enumerate(lane.slots):
            for column, (box, group) in slot.items():
                cells.append((box, group, starts[column] + _PADDING + index * (width + _PADDING), width))
    names = [tuple(fold(box_name(box, group), width - 24, NAME_SIZE)) for box, group, _, width in cells]
    height = _BOX + (_SECOND_LINE if any(len(name) > 1 for name in names) else 0)
    for (box, group, x, width), name in zip(cells, names, strict=True):
        yield Placed(box, group, Frame(x, y, width, height), name)


def box_name(box: Box, group: Group) -> str:
    """Return the name of a box: that of its part, or the number of parts of a type."""
    if len(group.parts) > 1:
        types = {part.type for part in group.parts}
        noun = group.parts[0].type.rpartition("::")[2] if len(types) == 1 else "parts"
        count = len({part_id for part_id, _ in box.units})
        return f"{'Backups of ' if group.is_backup else ''}{count} \u00d7 {noun}"
    name = group.parts[0].name
    return f"Backups of {name}" if group.is_backup else name


def boxes_by_group(layout: Layout) -> Mapping[str, list[Placed]]:
    """Return the boxes by the key of their group."""
    groups: dict[str, list[Placed]] = {}
    for placed in layout.boxes:
        groups.setdefault(placed.group.key, []).append(placed)
    return groups
