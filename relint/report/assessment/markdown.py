"""An assessment as Markdown, for example for $GITHUB_STEP_SUMMARY: verdicts first, and details folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING
from relint.assessment.disruption import DISRUPTIONS
from relint.report.assessment.agreements import SLA_NOTE, describe_sla
from relint.report.assessment.explanation import explain_decisions, explain_unknowns, is_alone
from relint.report.assessment.verdict_words import describe_verdicts
from relint.report.assessment.words import SCOPE, loss_words, name_words, outcome_words, time_words
from relint.report.markdown import MAX_BYTES
from relint.report.markdown_text import escape

if TYPE_CHECKING:
    from relint.assessment.listed import Listing
    from relint.assessment.result import Assessment, EntryResult

_AVAILABILITY = "availability"
_CLOSING_BYTES = 10_000
"""Bytes for what stands below the entries."""


def render_markdown_assessment(assessment: Assessment) -> str:
    """Return headings and tables of at most MAX_BYTES; entries that do not fit are counted."""
    lines = ["## relint: what failures do to the system", ""]
    lines += _verdicts(assessment)
    remaining = MAX_BYTES - _CLOSING_BYTES
    for number, entry in enumerate(assessment.entries):
        block = "\n".join(_entry(entry, assessment.listing))
        remaining -= len(block.encode("utf-8", "replace")) + 1
        if remaining < 0:
            more = len(assessment.entries) - number
            lines += [f"{more} more entries do not fit here; another format has them all.", ""]
            break
        lines.append(block)
    return "\n".join([*lines, *_closing(assessment)]) + "\n"


def _verdicts(assessment: Assessment) -> Iterator[str]:
    """Yield a table of the verdicts of each policy, with a row for each entry that it judges."""
    for policy in assessment.policies:
        columns = [*DISRUPTIONS, *([_AVAILABILITY] if policy.availability is not None else [])]
        yield f"### Policy {escape(policy.name)}"
        yield ""
        yield _row(["entry", *columns])
        yield _row(["---"] * (len(columns) + 1))
        for entry in assessment.entries:
            results = {str(result.disruption): result for result in entry.results}
            own = [verdict for verdict in entry.verdicts if verdict.policy == policy.name]
            cells = []
            for column in columns:
                verdicts = [verdict for verdict in own if verdict.disruption == column]
                words = describe_verdicts(verdicts, results.get(column)) if verdicts else "not judged"
                cells.append(f"**{escape(words)}**" if words.startswith("BREACHED") else escape(words))
            yield _row([escape(entry.id), *cells])
        yield ""
        for note in policy.notes:
            yield f"- {escape(note)}"
        if policy.notes:
            yield ""


def _entry(entry: EntryResult, listing: Listing) -> Iterator[str]:
    yield f"### {'Entry' if entry.kind == 'entry' else 'Data'} {escape(entry.id)}"
    yield ""
    if len(entry.path) > 1:
        yield escape(" > ".join(entry.path))
        yield ""
    yield _row(["disruption", "outcome", "RTO", "RPO"])
    yield _row(["---"] * 4)
    for result in entry.results:
        cells = (result.disruption, outcome_words(result), time_words(result), loss_words(result.rpo))
        yield _row(map(escape, cells))
    yield ""
    points = entry.single_points
    own = {entry.id: "itself"} if is_alone(entry) else {}
    for words, certain, possible in (
        ("Stops with the host of", points.instance, points.instance_possible),
        ("Stops with one zone because of", points.zonal, points.zonal_possible),
        ("Brief interruption by", points.interrupting, ()),
    ):
        if certain or possible:
            names = name_words((own.get(name, name) for name in certain), (own.get(name, name) for name in possible))
            yield f"- {words}: **{escape(names)}**"
    if entry.sla is not None:
        yield f"- SLA product {escape(describe_sla(entry.sla))}"
    yield ""
    details = [
        *_items("Unknown", explain_unknowns(entry)),
        *_items("Decided by", explain_decisions(entry, listing)),
        *_items("Assumes", entry.assumptions),
        *_items("Changes if", (f"{one.parameter} = {one.value}: {one.says}" for one in entry.changes)),
        *_items("Recovery needs", dict.fromkeys(f"{one.resource}: {one.needs}" for one in entry.recovery_dependencies)),
        *_items("Note", entry.notes),
    ]
    if details:
        yield "<details><summary>What decides it, and what is unknown</summary>"
        yield ""
        yield from details
        yield ""
        yield "</details>"
        yield ""


def _closing(assessment: Assessment) -> Iterator[str]:
    if assessment.without_backend:
        yield f"Not assessed, because nothing in these files does the work: {_short(assessment.without_backend)}."
        yield ""
    if assessment.too_large:
        yield f"Not assessed, because there are too many events in one run: {_short(assessment.too_large)}."
        yield ""
    if not (assessment.entries or assessment.without_backend or assessment.too_large):
        yield "Nothing to assess: no entry point and no durable data in these files."
        yield ""
    yield f"Assessed {assessment.assessed} of {assessment.resources} resources. {SCOPE}"
    if any(entry.sla for entry in assessment.entries):
        yield ""
        yield SLA_NOTE


def _short(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 20} more" if len(names) > 20 else ""
    return escape(", ".join(name[:200] for name in names[:20])) + more


def _items(label: str, items: Iterable[str]) -> Iterator[str]:
    return (f"- {label}: {escape(item)}" for item in items)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
