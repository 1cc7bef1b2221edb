"""The tabs of a picture: radio buttons, without a script, and below them the caption and the drawing of each event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING
from relint.report.assessment.html.box_states import box_state
from relint.report.assessment.html.drawing import draw
from relint.report.assessment.html.layout import box_name, lay_out
from relint.report.assessment.html.markup import NOTHING, Markup, element, join, table, void
from relint.report.assessment.html.verdicts import verdict_mark
from relint.report.assessment.html.words import (
    DISRUPTION_NAMES,
    GLYPHS,
    agreement_words,
    loss_words,
    outcome_condition,
    outcome_words,
    recovery_words,
)

if TYPE_CHECKING:
    from relint.assessment.facts import Fact
    from relint.assessment.result import EntryResult, Result
    from relint.assessment.scene.records import Condition, SceneEvent
    from relint.report.assessment.html.box_states import BoxState
    from relint.report.assessment.html.layout import Layout, Placed
    from relint.report.assessment.html.picture import Picture

_MAX_CLIENTS = 8
_MAX_NAMES = 6
_FATES: tuple[tuple[str, Condition], ...] = (
    ("Down", "down"),
    ("Goes on with less, or takes over", "degraded"),
    ("Unknown", "unknown"),
)


def render_tabs(picture: Picture, number: int, entries: Mapping[str, EntryResult], facts: Mapping[str, Fact]) -> Markup:
    """Return a picture with its tabs; `entries` are results by part, `number` is that of the picture on the page."""
    layout = lay_out(picture)
    tabs: list[Markup] = []
    panels: list[Markup] = []
    chosen = _first_failure(picture)
    for index, event in enumerate(picture.events):
        key = f"t{number}-{index}"
        is_chosen = "checked" if index == chosen else None
        tabs.append(void("input", type="radio", name=f"tab-{number}", id=key, checked=is_chosen))
        condition = _worst_condition(picture, event)
        mark = element("span", GLYPHS[condition], class_=f"mark {condition}", aria_hidden="true")
        tabs.append(element("label", mark, event.title, for_=key))
        panels.append(_panel(picture, layout, event, entries, facts, key))
    legend = element("legend", "Choose a failure")
    stage = element("div", *panels, class_="panels")
    rest = (
        element(
            "p", f"{picture.omitted} more failures, which do less or the same, are in the tables below.", class_="dim"
        )
        if picture.omitted
        else NOTHING
    )
    return join([element("fieldset", legend, element("div", *tabs, stage, class_="tabs")), rest])


def _first_failure(picture: Picture) -> int:
    """Return the position of the tab that is open at first: the first failure, which says more than none."""
    return 1 if len(picture.events) > 1 else 0


def _worst_condition(picture: Picture, event: SceneEvent) -> Condition:
    order: tuple[Condition, ...] = ("up", "degraded", "unknown", "down")
    found = [outcome_condition(event.results[entry]) for entry in picture.entries if entry in event.results]
    return max(found, key=order.index, default="up")


def _panel(
    picture: Picture,
    layout: Layout,
    event: SceneEvent,
    entries: Mapping[str, EntryResult],
    facts: Mapping[str, Fact],
    key: str,
) -> Markup:
    states = {placed.box.key: box_state(placed.box, placed.group, event) for placed in layout.boxes}
    heading = element("h3", event.title, id=f"h{key}")
    svg = draw(picture, layout, event, facts, f"Picture: {event.title}")
    scroll = element(
        "div", svg, class_="scroll picture", tabindex="0", role="region", aria_label=f"Picture: {event.title}"
    )
    return element(
        "section",
        heading,
        _caption(picture, event, entries),
        _fates(layout, states, event),
        scroll,
        aria_labelledby=f"h{key}",
    )


def _caption(picture: Picture, event: SceneEvent, entries: Mapping[str, EntryResult]) -> Markup:
    """Return what clients of the entries see."""
    if event.disruption is None:
        return _promises([entries[part] for part in picture.entries])
    results = [(entries[part], event.results[part]) for part in picture.entries if part in event.results]
    hit = [(entry, result) for entry, result in results if outcome_condition(result) != "up"]
    calm = [entry.id for entry, result in results if outcome_condition(result) == "up"]
    hit.sort(key=lambda item: -("up", "degraded", "unknown", "down").index(outcome_condition(item[1])))
    if len(hit) == 1:
        content = _sentence(*hit[0])
    elif hit:
        content = _client_table(event, hit[:_MAX_CLIENTS])
    else:
        content = element("p", "No client sees an outage.", class_="say")
    more = (
        [f"{len(hit) - _MAX_CLIENTS} more entries are hit; the tables below have them."]
        if len(hit) > _MAX_CLIENTS
        else []
    )
    if calm and hit:
        more.append(f"No outage for {_listed(calm)}.")
    return join([content, element("p", " ".join(more), class_="dim") if more else NOTHING])


def _promises(entries: Sequence[EntryResult]) -> Markup:
    """Return what AWS promises while nothing fails."""
    rated = [entry for entry in entries if entry.sla is not None]
    lines = [f"{entry.id}: {agreement_words(entry.sla)}" for entry in rated[:_MAX_CLIENTS] if entry.sla is not None]
    return join(
        [element("p", "Everything serves.", class_="say"), *(element("p", line, class_="dim") for line in lines)]
    )


def _sentence(entry: EntryResult, result: Result) -> Markup:
    condition = outcome_condition(result)
    parts: list[Markup] = [
        element("span", GLYPHS[condition], class_=f"mark {condition}", aria_hidden="true"),
        element("b", f"{entry.id}: {outcome_words(result)}"),
        join([f" ({result.confidence}). RTO: {recovery_words(result)}. RPO: {loss_words(result.rpo)}. "]),
        verdict_mark(entry, result.disruption),
    ]
    return element("p", *parts, class_="say")


def _client_table(event: SceneEvent, results: Sequence[tuple[EntryResult, Result]]) -> Markup:
    has_verdicts = any(entry.verdicts for entry, _ in results)
    head = ["Clients of", "see", "RTO", "RPO", "confidence", *(["policy"] if has_verdicts else [])]
    rows = [
        [
            entry.id,
            outcome_cell(result),
            recovery_words(result),
            loss_words(result.rpo),
            result.confidence,
            *([verdict_mark(entry, result.disruption)] if has_verdicts else []),
        ]
        for entry, result in results
    ]
    return table(f"What clients see: {event.title}", head, rows)


def outcome_cell(result: Result) -> Markup:
    """Return an outcome with its glyph."""
    condition = outcome_condition(result)
    glyph = element("span", GLYPHS[condition], class_=f"mark {condition}", aria_hidden="true")
    return element("span", glyph, outcome_words(result), class_="outcome")


def _fates(layout: Layout, states: Mapping[str, BoxState], event: SceneEvent) -> Markup:
    if event.disruption is None:
        return NOTHING
    lines = list(_fate_lines(layout, states))
    kind = DISRUPTION_NAMES[event.disruption]
    return (
        element("p", join(lines, " "), class_="dim fates") if lines else element("p", f"{kind}: nothing here is hit.")
    )


def _fate_lines(layout: Layout, states: Mapping[str, BoxState]) -> Iterator[Markup]:
    by_name: dict[str, list[Placed]] = {}
    for placed in layout.boxes:
        if placed.box.row != "backup":
            by_name.setdefault(box_name(placed.box, placed.group), []).append(placed)
    listed: dict[Condition, list[str]] = {}
    for name, boxes in by_name.items():
        conditions = [states[placed.box.key].condition for placed in boxes]
        worst: Condition = "up"
        if all(condition == "down" for condition in conditions):
            worst = "down"
        elif "degraded" in conditions or "down" in conditions:
            worst = "degraded"
        elif "unknown" in conditions:
            worst = "unknown"
        listed.setdefault(worst, []).append(name)
    for words, condition in _FATES:
        if condition in listed:
            yield join([element("b", f"{GLYPHS[condition]} {words}:"), f" {_listed(listed[condition])}."])


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _MAX_NAMES
    return ", ".join(names[:_MAX_NAMES]) + (f" and {rest} more" if rest > 0 else "")
