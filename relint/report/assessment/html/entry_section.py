"""The section of an entry: results, single points of failure, what decides them, and what would change them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.report.assessment.html.markup import NOTHING, Content, Markup, element, join, table
from relint.report.assessment.html.tabs import outcome_cell
from relint.report.assessment.html.verdicts import verdict_mark, verdict_table, worst_verdict
from relint.report.assessment.html.words import (
    agreement_words,
    interval_words,
    loss_words,
    outcome_words,
    recovery_words,
    service_name,
)

if TYPE_CHECKING:
    from relint.assessment.records import Sla
    from relint.assessment.result import EntryResult, Result, SinglePoints
    from relint.assessment.scene.records import Scene

_MAX_PAIRS = 40
_EVENT_HEAD = ("Failure", "What clients see", "RTO", "RPO", "Confidence")
_REASON_HEAD = ("Part", "Failure", "What happens to it", "Time", "Fact")
_UNKNOWN_HEAD = ("What is needed", "Part", "Code", "Failures")


def render_entry(entry: EntryResult, anchor: str, scene: Scene) -> Markup:
    """Return the section of an entry."""
    kind = "Entry" if entry.kind == "entry" else "Data"
    names = f", reached through {', '.join(entry.names)}" if entry.names else ""
    path = " \u2192 ".join(entry.path)
    return element(
        "section",
        element("h2", f"{kind} {entry.id}", id=anchor),
        element("p", f"{service_name(entry.type)}{names}. {path}", class_="dim"),
        element("div", *(_card(entry, result) for result in entry.results), class_="cards"),
        _single_points(entry.single_points),
        _agreement(entry.sla) if entry.sla is not None else NOTHING,
        verdict_table(entry),
        table(f"Each failure of {entry.id}", _EVENT_HEAD, _events(entry, scene)),
        table(
            f"What decides it for {entry.id}",
            _REASON_HEAD,
            _reasons(entry),
        ),
        table(f"Pairs of failures that stop {entry.id}", ("First", "Second"), (entry.pairs or ())[:_MAX_PAIRS]),
        table(
            f"Unknown for {entry.id}, and what would decide it",
            _UNKNOWN_HEAD,
            _unknowns(entry),
        ),
        table(
            f"What changes if a parameter has another value: {entry.id}",
            ("Parameter", "Value", "Failure", "Change"),
            ((change.parameter, change.value, change.disruption, change.says) for change in entry.changes),
        ),
        table(
            f"What the recovery of {entry.id} needs besides",
            ("Part", "Needs", "Kind", "Where"),
            (
                (need.resource, need.needs, need.kind.replace("-", " "), need.place)
                for need in entry.recovery_dependencies
            ),
        ),
        _notes("Assumptions", entry.assumptions),
        _notes("Notes", entry.notes),
    )


def _card(entry: EntryResult, result: Result) -> Markup:
    terms = [
        element("dt", "RTO"),
        element("dd", recovery_words(result)),
        element("dt", "RPO"),
        element("dd", loss_words(result.rpo)),
    ]
    return element(
        "div",
        element("h3", result.disruption),
        element("p", outcome_cell(result), class_="o"),
        element("dl", *terms),
        element("p", f"confidence: {result.confidence}", class_="dim"),
        verdict_mark(entry, result.disruption),
        class_=f"card {worst_verdict(entry, result.disruption)}".rstrip(),
    )


def _single_points(points: SinglePoints) -> Markup:
    rows = (
        ("One host stops the entry", points.instance, points.instance_possible),
        ("One zone stops the entry", points.zonal, points.zonal_possible),
        ("One host interrupts it", points.interrupting, ()),
        ("Services of AWS on the path", points.service, ()),
    )
    content = [
        join([element("dt", title), element("dd", ", ".join(_names(names, possible)) or "none")])
        for title, names, possible in rows
    ]
    return element("dl", *content, class_="points")


def _names(names: Iterable[str], possible: Iterable[str]) -> list[str]:
    return [*names, *(f"{name} (perhaps)" for name in possible)]


def _agreement(sla: Sla) -> Markup:
    """Return the product of the agreements: a promise of credits, and no prediction."""
    text = agreement_words(sla)
    rows = [
        (
            term.resource,
            f"{term.low:g} %" if term.low == term.high else f"{term.low:g} to {term.high:g} %",
            join([element("a", fact, href=f"#fact-{fact}") for fact in term.facts], ", "),
        )
        for term in sla.terms
    ]
    return join([element("p", text), table("Agreements on the path", ("Part", "Promise", "Fact"), rows)])


def _events(entry: EntryResult, scene: Scene) -> Iterator[Sequence[Content]]:
    titles = {id(event.results[entry.part]): event.title for event in scene.events if entry.part in event.results}
    for event in entry.events:
        result = event.result
        title = titles.get(id(result)) if result.disruption == "AZ" else None  # the name of the tab of this very result
        yield (
            f"{result.disruption}: {f'{title} ({event.label})' if title else event.label}",
            outcome_cell(result),
            recovery_words(result),
            loss_words(result.rpo),
            result.confidence,
        )


def _reasons(entry: EntryResult) -> Iterator[Sequence[Content]]:
    rows: dict[tuple[Content, ...], None] = {}
    for result in entry.results:
        for reason in result.reasons:
            if reason.outcome == "unknown" and not reason.fact:
                continue
            fate = outcome_words(result._replace(outcome=reason.outcome, worst_known=reason.outcome))
            fact = element("a", reason.fact, href=f"#fact-{reason.fact}") if reason.fact else reason.event
            rows[reason.resource, result.disruption, fate, interval_words(reason.rto) if reason.fact else "", fact] = (
                None
            )
    return iter(rows)


def _unknowns(entry: EntryResult) -> Iterator[Sequence[Content]]:
    rows: dict[tuple[str, str, str], dict[str, None]] = {}
    for result in entry.results:
        for unknown in result.unknowns:
            rows.setdefault((unknown.needs, unknown.resource, unknown.code), {})[result.disruption] = None
    return ((*key, ", ".join(disruptions)) for key, disruptions in rows.items())


def _notes(title: str, notes: Sequence[str]) -> Markup:
    if not notes:
        return NOTHING
    return join([element("h3", title), element("ul", *(element("li", note) for note in notes))])
