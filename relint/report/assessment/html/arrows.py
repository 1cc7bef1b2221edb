"""Arrows of a picture in an event: they follow a failover, and those that lead to what is lost are struck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Literal, NamedTuple
from relint.report.assessment.html.layout import boxes_by_group

if TYPE_CHECKING:
    from relint.report.assessment.html.box_states import BoxState
    from relint.report.assessment.html.layout import Layout, Placed
    from relint.report.assessment.html.picture import Line, Picture

_MAX_ARROWS = 240


class Arrow(NamedTuple):
    """An arrow between two boxes: requests take it, take it instead of another one, or cannot take it any more."""

    source: Placed
    target: Placed
    line: Line
    kind: Literal["live", "instead", "struck"]


def arrows_in(picture: Picture, layout: Layout, states: Mapping[str, BoxState]) -> list[Arrow]:
    """Return the arrows in an event, in which boxes have states by their keys; at most 240."""
    boxes = boxes_by_group(layout)
    arrows: list[Arrow] = []
    for line in picture.lines:
        sources, targets = boxes.get(line.source, []), boxes.get(line.target, [])
        if sources and targets:
            for position, source in enumerate(sources):
                usual = _usual_targets(position, source, targets, states)
                arrows += _from_box(line, source, usual, targets, states)
    return arrows[:_MAX_ARROWS]


def _from_box(
    line: Line, source: Placed, usual: Sequence[Placed], targets: Sequence[Placed], states: Mapping[str, BoxState]
) -> Iterator[Arrow]:
    is_down = states[source.box.key].condition == "down"
    drawn = {target.box.key for target in usual}
    for target in usual:
        if is_down or states[target.box.key].condition == "down":
            yield Arrow(source, target, line, "struck")
        else:
            yield Arrow(source, target, line, "live")
    if is_down or all(states[target.box.key].condition != "down" for target in usual):
        return
    survivors = [target for target in targets if states[target.box.key].condition != "down"]
    survivors.sort(key=lambda target: target.box.column != source.box.column)
    if survivors and survivors[0].box.key not in drawn:
        yield Arrow(source, survivors[0], line, "instead")


def _usual_targets(
    position: int, source: Placed, targets: Sequence[Placed], states: Mapping[str, BoxState]
) -> Sequence[Placed]:
    """Return where requests go without a failure: to the one that serves, else in the same zone, else to another."""
    if targets[0].group.has_standby:
        lost = [target for target in targets if states[target.box.key].condition == "down"]
        return [(lost or targets)[0]]
    if source.box.column is None or len(targets) == 1:
        return targets
    return [target for target in targets if target.box.column == source.box.column] or [
        targets[position % len(targets)]
    ]


def path_of(arrow: Arrow, offset: float, share: float) -> tuple[str, float, float]:
    """Return the curve of an arrow as a path of SVG, and the point shortly before its tip.

    Between bands it runs at a share of their common width, so that two of them are not one line.
    """
    source, target = arrow.source.frame, arrow.target.frame
    start_x, end_x = source.x + source.width / 2, target.x + target.width / 2
    left, right = max(source.x, target.x) + 16, min(source.x + source.width, target.x + target.width) - 16
    if arrow.source.box.column is None and arrow.target.box.column is None:
        if right > left:
            start_x = end_x = left + (right - left) * share
    elif left < right:
        start_x = min(max(end_x, left), right) if arrow.source.box.column is None else start_x
        end_x = min(max(start_x, left), right) if arrow.target.box.column is None else end_x
    start_x, end_x = _shift(start_x, offset, source.x, source.width), _shift(end_x, offset, target.x, target.width)
    if target.y > source.y + 1:
        start_y, end_y = source.y + source.height, target.y - 3
        bend = max((end_y - start_y) / 2, 14)
        path = _curve(start_x, start_y, start_y + bend, end_x, end_y - bend, end_y)
        return path, end_x, end_y - 13
    start_y, end_y = source.y, target.y - 3
    top = min(start_y, end_y) - 20
    path = _curve(start_x, start_y, top, end_x, top, end_y)
    return path, end_x, end_y - 10


def _curve(start_x: float, start_y: float, first_y: float, end_x: float, second_y: float, end_y: float) -> str:
    """Return a curve that leaves and arrives vertically."""
    bends = f"C{start_x:.0f},{first_y:.0f} {end_x:.0f},{second_y:.0f}"
    return f"M{start_x:.0f},{start_y:.0f} {bends} {end_x:.0f},{end_y:.0f}"


def _shift(x: float, offset: float, start: float, width: float) -> float:
    return min(max(x + offset, start + 10), start + width - 10)
