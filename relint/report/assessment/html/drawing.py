"""The drawing of a picture in one event, as SVG."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.report.assessment.html.arrows import arrows_in, path_of
from relint.report.assessment.html.box_states import box_state
from relint.report.assessment.html.evidence import evidence_of, zone_evidence
from relint.report.assessment.html.layout import box_name
from relint.report.assessment.html.markup import Markup, element, join, shape
from relint.report.assessment.html.measure import fit, text_width
from relint.report.assessment.html.words import GLYPHS, service_name

if TYPE_CHECKING:
    from relint.assessment.facts import Fact
    from relint.assessment.scene.records import SceneEvent
    from relint.report.assessment.html.box_states import BoxState
    from relint.report.assessment.html.layout import Frame, Layout, Placed
    from relint.report.assessment.html.picture import Picture

_SMALL = 12
DEFINITIONS = (
    '<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    + "".join(
        f'<marker id="tip-{name}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path class="tip-{name}" d="M0,0 L8,4 L0,8 z"/></marker>'
        for name in ("live", "instead", "struck")
    )
    + "".join(
        f'<pattern id="{name}" width="8" height="8" patternTransform="rotate({angle})" patternUnits="userSpaceOnUse">'
        f'<line class="line-{name}" x1="0" y1="0" x2="0" y2="8"/></pattern>'
        for name, angle in (("hatch-lost", 45), ("hatch-unknown", 135))
    )
    + "</defs></svg>"
)


def draw(picture: Picture, layout: Layout, event: SceneEvent, facts: Mapping[str, Fact], title: str) -> Markup:
    """Return the drawing of an event; `title` is its name for screen readers, `facts` are all by id."""
    states = {placed.box.key: box_state(placed.box, placed.group, event) for placed in layout.boxes}
    content = [
        *_frames(picture, layout, event),
        *(_row(name, y) for name, y in layout.rows),
        *_arrows(picture, layout, states),
        *(_box(picture, placed, states[placed.box.key], event, facts) for placed in layout.boxes),
    ]
    view = f"0 0 {layout.width:.0f} {layout.height:.0f}"
    style = f"min-width:{min(layout.width * 0.72, 1400):.0f}px;max-width:{layout.width * 1.15:.0f}px"
    return element("svg", *content, viewBox=view, role="group", aria_label=title, style=style)


def _frames(picture: Picture, layout: Layout, event: SceneEvent) -> Iterator[Markup]:
    is_lost = event.disruption == "Region"
    if layout.region is not None:
        yield _frame("region" + (" lost" if is_lost else ""), layout.region)
        title = f"Region {GLYPHS['down']} lost" if is_lost else "Region"
        yield element("text", title, class_="zt", x=layout.region.x + 14, y=layout.region.y + 24)
    titles = [(zone.title, zone_evidence(zone, picture.zones), zone.number in event.zones) for zone in picture.zones]
    if picture.has_unknown_zone:
        note = "These files do not say in which zones these units lie; they may be in any of the others."
        titles.append(("Zone unknown", note, False))
    for (title, evidence, lost), frame in zip(titles, layout.columns, strict=True):
        name = "zone unknown" if title == "Zone unknown" else "zone"
        yield element(
            "g",
            element("title", evidence),
            _frame(f"{name}{' lost' if lost else ''}", frame),
            shape("rect", class_="head", x=frame.x + 6, y=frame.y + 6, width=frame.width - 12, height=26, rx=6),
            *_zone_title(title, frame, lost=lost),
        )


def _zone_title(title: str, frame: Frame, *, lost: bool) -> Iterator[Markup]:
    mark = ""
    if lost:
        long = f"{GLYPHS['down']} lost"
        has_room = text_width(title, 13.5) + text_width(long, 13) + 52 <= frame.width
        mark = long if has_room else GLYPHS["down"]
    room = frame.width - 32 - (text_width(mark, 13) + 12 if lost else 0)
    yield element("text", fit(title, room, 13.5), class_="zt", x=frame.x + 16, y=frame.y + 24)
    if lost:
        yield element("text", mark, class_="zl", x=frame.x + frame.width - 16, y=frame.y + 24, text_anchor="end")


def _frame(name: str, frame: Frame) -> Markup:
    corner = {"x": frame.x, "y": frame.y, "width": frame.width, "height": frame.height, "rx": 12}
    fill = shape("rect", class_=f"f {name}", **corner)
    hatch = "hatch-lost" if name.endswith("lost") else "hatch-unknown" if "unknown" in name else ""
    return join([fill, shape("rect", fill=f"url(#{hatch})", **corner)]) if hatch else fill


def _row(name: str, y: float) -> Markup:
    return element("text", name, class_="row", x=4, y=y + 22)


def _arrows(picture: Picture, layout: Layout, states: Mapping[str, BoxState]) -> Iterator[Markup]:
    used: Counter[str] = Counter()
    shares = {line: (index + 1) / (len(picture.lines) + 1) for index, line in enumerate(picture.lines)}
    for arrow in arrows_in(picture, layout, states):
        number = used[arrow.target.box.key]
        used[arrow.target.box.key] += 1
        offset = (-1) ** number * ((number + 1) // 2) * 20
        path, x, y = path_of(arrow, offset, shares[arrow.line])
        names = f"a {arrow.kind}" + (" hint" if arrow.line.is_hint else " either" if arrow.line.is_alternative else "")
        yield shape("path", class_=names, d=path, marker_end=f"url(#tip-{arrow.kind})")
        if arrow.kind == "struck":
            yield shape("path", class_="cut", d=f"M{x - 5:.0f},{y - 5:.0f} l10,10 m0,-10 l-10,10")


def _box(picture: Picture, placed: Placed, state: BoxState, event: SceneEvent, facts: Mapping[str, Fact]) -> Markup:
    frame, group = placed.frame, placed.group
    kind = _kind(placed)
    x, room = frame.x + 12, frame.width - 24
    if text_width(kind, _SMALL) > room:
        kind = kind.partition(",")[0]
    full_name = box_name(placed.box, group)
    where = _where(picture, placed)
    spoken = ", ".join(part for part in (full_name, kind, where, f"{state.words}") if part)
    step = 17 * (len(placed.name) - 1)
    names = [
        element("text", line, class_="n", x=x, y=frame.y + 20 + 17 * number) for number, line in enumerate(placed.name)
    ]
    content = element(
        "g",
        element("title", evidence_of(placed, event, facts, where)),
        shape("rect", x=frame.x, y=frame.y, width=frame.width, height=frame.height, rx=8),
        *names,
        element("text", fit(kind, room, _SMALL), class_="k", x=x, y=frame.y + 37 + step),
        element("text", GLYPHS[state.condition], class_="g", x=x, y=frame.y + 55 + step),
        element("text", fit(state.words, room - 18, _SMALL), class_="w", x=x + 18, y=frame.y + 55 + step),
        class_=f"b {state.condition}",
    )
    return element("a", content, href=f"#{part_anchor(group.parts[0].id)}", aria_label=spoken)


def part_anchor(part_id: str) -> str:
    """Return the anchor of a part in the table of parts: a text without spaces that no other part has."""
    return f"part-{hashlib.sha256(part_id.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _kind(placed: Placed) -> str:
    group, box = placed.group, placed.box
    if group.is_backup:
        restore = group.parts[0].restore
        return "" if len(group.parts) > 1 else restore_kind(restore)
    types = sorted({service_name(part.type) for part in group.parts})
    name = types[0] if len(types) == 1 else f"{len(types)} types"
    if len(group.parts) > 1 or box.units[0][1] < 0:
        return name
    if group.parts[0].scope == "regional":
        return f"{name}, in zones not named here" if len(box.units) > 1 else f"{name}, in this zone"
    count = len(box.units)
    return f"{count} \u00d7 {name}" if count > 1 else name


def restore_kind(restore: Fact | str | None) -> str:
    """Return from what damaged data are restored, in a few words."""
    if restore is None:
        return "no earlier state is kept"
    return restore if isinstance(restore, str) else restore.id.replace("-", " ")


def _where(picture: Picture, placed: Placed) -> str:
    column = placed.box.column
    if column is None:
        return ""
    return picture.zones[column].title if column < len(picture.zones) else "zone unknown"
