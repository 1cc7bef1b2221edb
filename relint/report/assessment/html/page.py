"""The page: at a glance, the pictures, a section for each entry, and what they share."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.assessment.agreements import agreements
from relint.assessment.facts import facts
from relint.assessment.scene.build import scene_of
from relint.report.assessment.html.box_states import UP
from relint.report.assessment.html.drawing import DEFINITIONS, part_anchor
from relint.report.assessment.html.entry_section import render_entry
from relint.report.assessment.html.evidence import place, restore_evidence
from relint.report.assessment.html.game_day import render_game_day
from relint.report.assessment.html.markup import Content, Markup, breakable, element, join, table, void
from relint.report.assessment.html.picture import pictures_of
from relint.report.assessment.html.style import style_sheet
from relint.report.assessment.html.tabs import outcome_cell, render_tabs
from relint.report.assessment.html.verdicts import verdict_mark
from relint.report.assessment.html.words import GLYPHS, loss_words, recovery_words

if TYPE_CHECKING:
    from relint.assessment.facts import Fact
    from relint.assessment.result import Assessment, EntryResult
    from relint.assessment.scene.records import Scene, ScenePart
    from relint.report.assessment.html.picture import Picture

_SCOPE = (
    "Clean failures of what these files declare, in the assumed deployment. Not assessed: overload, latency, half "
    "failures, faults of the code, and what clients do. Nothing was deployed, and every number has a source below."
)
_STANDBY = "AWS chooses which unit of a database or cache serves: the pictures take the unit that is lost for it."
_ARROWS = (
    "Thick arrows are those after a failover, struck ones lead to or from what is down, dotted ones are known by an "
    "address only. "
)
_NOTHING = "Nothing to assess: no entry point with something behind it, and no durable data in these files."
_MAX_MATRIX_EVENTS = 16
_MAX_TITLE = 48


def render_html_assessment(assessment: Assessment) -> str:
    """Return the page: one file without scripts and without anything to load, the same for the same input."""
    scene = scene_of(assessment)
    pictures = pictures_of(scene)
    tabs = max((len(picture.events) for picture in pictures), default=0)
    title = f"What failures do to {_title(assessment)}"
    head = join(
        [
            void("meta", charset="utf-8"),
            void("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", title),
            element("style", Markup(style_sheet(tabs))),
        ]
    )
    body = join(
        [
            Markup(DEFINITIONS),
            element("a", "Skip the pictures", href="#tables", class_="skip"),
            element("main", *_content(assessment, scene, pictures, title)),
        ],
        "\n",
    )
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>{body}</body></html>\n'


def _title(assessment: Assessment) -> str:
    names = [file if len(file) <= _MAX_TITLE else os.path.basename(file) for file in assessment.files]
    if len(names) == 1:
        return names[0]
    return f"{names[0]} and {len(names) - 1} more" if names else "these files"


def _content(assessment: Assessment, scene: Scene, pictures: Sequence[Picture], title: str) -> Iterator[Markup]:
    anchors = {entry.part: f"entry-{number}" for number, entry in enumerate(assessment.entries, 1)}
    yield element("h1", title)
    policies = "".join(f" Policy: {policy.name} ({policy.place})." for policy in assessment.policies)
    counts = f"{assessment.assessed} of {assessment.resources} resources are on the paths of entries."
    yield element("p", f"{', '.join(assessment.files)}. {counts}{policies}", class_="sub")
    if not assessment.entries:
        yield element("p", _NOTHING)
    else:
        yield element("nav", _overview(assessment, anchors), aria_label="Entries")
    yield from _pictures(assessment, pictures)
    yield element("div", id="tables")
    yield from (render_entry(entry, anchors[entry.part], scene) for entry in assessment.entries)
    yield render_game_day(assessment)
    yield from _shared(assessment, scene)
    yield element("p", _SCOPE, class_="foot")


def _overview(assessment: Assessment, anchors: dict[str, str]) -> Markup:
    head = ("Entry", *(result.disruption for result in assessment.entries[0].results))
    rows = [
        (
            element("a", breakable(entry.id), href=f"#{anchors[entry.part]}"),
            *(_overview_cell(entry, index) for index in range(len(entry.results))),
        )
        for entry in assessment.entries
    ]
    return table("At a glance: the worst failure of each kind", head, rows)


def _overview_cell(entry: EntryResult, index: int) -> Markup:
    result = entry.results[index]
    numbers = f"RTO: {recovery_words(result)}. RPO: {loss_words(result.rpo)}."
    return join([outcome_cell(result), element("div", numbers, class_="dim"), verdict_mark(entry, result.disruption)])


def _pictures(assessment: Assessment, pictures: Sequence[Picture]) -> Iterator[Markup]:
    entries = {entry.part: entry for entry in assessment.entries}
    known = {fact.id: fact for fact in facts()}
    for number, picture in enumerate(pictures, 1):
        names = [entries[part].id for part in picture.entries if part in entries]
        heading = "Failure by failure"
        if len(pictures) > 1:
            heading += f", picture {number} of {len(pictures)}"
        yield element("h2", heading)
        if len(pictures) > 1:
            yield element("p", ", ".join(names), class_="dim")
        yield render_tabs(picture, number, entries, known)
        yield element("p", *_legend(picture), class_="legend")


def _legend(picture: Picture) -> Iterator[Content]:
    words = {"up": "works", "degraded": "goes on with less, or takes over", "down": "down", "unknown": "left open"}
    for condition, glyph in GLYPHS.items():
        yield element("span", glyph, class_=f"mark {condition}", aria_hidden="true")
        yield f"{words[condition]}. "
    yield _ARROWS
    if any(group.has_standby for group in picture.groups):
        yield f"{_STANDBY} "
    yield "Each box leads to its evidence."


def _shared(assessment: Assessment, scene: Scene) -> Iterator[Markup]:
    visible = [part for part in scene.parts if part.role != "support" or part.is_entry]
    if visible:
        yield element("h2", "What each failure does to each part")
        yield _matrix(scene, visible)
        yield element("h2", "Parts and evidence")
        head = ("Part", "Type", "Where", "Units and zones", "Earlier states of its data")
        yield table("Parts", head, (_part_row(part, scene) for part in visible))
    rows: list[tuple[str, str, str, str, str]] = [
        (fact.id, fact.says, fact.mark, fact.as_of, fact.source) for fact in _used_facts(assessment, scene)
    ]
    rated = {name for entry in assessment.entries if entry.sla for term in entry.sla.terms for name in term.facts}
    rows += [(row.id, row.says, row.mark, row.as_of, row.source) for row in agreements() if row.id in rated]
    if rows:
        yield element("h2", "Facts")
        yield table("Facts about AWS", ("Fact", "What it says", "Mark", "Read on", "Source"), map(_fact_row, rows))
    left = (
        *((name, "Nothing in these files does the work behind it.") for name in assessment.without_backend),
        *((name, "Too many events in one run; assess fewer templates at once.") for name in assessment.too_large),
    )
    yield table("Not assessed", ("Entry", "Why"), left)


def _matrix(scene: Scene, parts: Sequence[ScenePart]) -> Markup:
    events = [event for event in scene.events if event.disruption is not None][:_MAX_MATRIX_EVENTS]
    words = {"up": "works", "degraded": "less", "down": "down", "unknown": "open"}

    def cell(condition: str) -> Markup:
        glyph = element("span", GLYPHS[condition], class_=f"mark {condition}", aria_hidden="true")  # type: ignore[index]
        return join([glyph, words[condition]])

    rows = ((part.name, *(cell(event.states.get(part.id, UP).condition) for event in events)) for part in parts)
    return table("The state of each part", ("Part", *(event.title for event in events)), rows)


def _part_row(part: ScenePart, scene: Scene) -> Sequence[Content]:
    titles = {zone.number: zone.title for zone in scene.zones}
    zones = list(dict.fromkeys(titles[unit.zone] for unit in part.units if unit.zone is not None))
    units = f"{len(part.units)} in {', '.join(zones)}" if zones else f"a {part.scope} service"
    if len(part.units) > 1:
        units += f" (different zones: {part.spread})"
    backups = restore_evidence(part) if part.data == "durable" else ""
    return (element("span", breakable(part.name), id=part_anchor(part.id)), part.type, place(part), units, backups)


def _used_facts(assessment: Assessment, scene: Scene) -> list[Fact]:
    used = {reason.fact for entry in assessment.entries for result in entry.results for reason in result.reasons}
    used |= {fact for event in scene.events for state in event.states.values() for fact in state.facts}
    return [fact for fact in facts() if fact.id in used]


def _fact_row(fact: tuple[str, str, str, str, str]) -> Sequence[Content]:
    name, says, mark, as_of, source = fact
    link = element("a", source, href=source) if source.startswith("https://") else source
    words = {"C": "read", "S": "secondary source", "J": "our judgement"}.get(mark, "not verified")
    return (element("span", name, id=f"fact-{name}"), says, words, as_of, link)
