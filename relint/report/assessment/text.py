"""An assessment as text of at most 100 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from relint.assessment.facts import is_judgement
from relint.assessment.result import Assessment, EntryResult, Result
from relint.report.assessment.agreements import SLA_NOTE, describe_sla
from relint.report.assessment.verdict_words import describe_verdicts
from relint.report.assessment.words import fate_words, loss_words, outcome_words, time_words
from relint.report.terminal import printable

COLUMNS = 100
_WIDTHS = (11, 38, 25, 24)
_WIDTHS_WITH_VERDICTS = (11, 25, 19, 18, 25)
"""The columns of the table of an entry, together with the indent at most 100."""

_SCOPE = (
    "Clean failures of what these files declare, in the assumed deployment; not overload, latency, "
    "half failures, or faults of the code."
)


def render_text_assessment(assessment: Assessment) -> str:
    """Return the assessment for people: a table for each entry, and below it what decides and what is unknown."""
    files = {entry.part.rpartition(":")[0] for entry in assessment.entries}
    blocks = [
        "\n".join(_entry_lines(entry, f"  in {entry.part.rpartition(':')[0]}" if len(files) > 1 else ""))
        for entry in assessment.entries
    ]
    lines: list[str] = []
    if assessment.without_backend:
        names = ", ".join(assessment.without_backend)
        lines += _wrapped("NOT ASSESSED ", f"nothing in these files does the work behind {names}")
    if assessment.too_large:
        names = ", ".join(assessment.too_large)
        lines += _wrapped("NOT ASSESSED ", f"too many events in one run; assess fewer templates: {names}")
    if not blocks and not lines:
        lines.append("nothing to assess: no entry point and no durable data in these files")
    lines += _wrapped("", f"{assessment.assessed} of {assessment.resources} resources are on these paths. {_SCOPE}")
    if assessment.untried:
        lines += _wrapped("NOT TRIED ", f"more values than there is time for: {', '.join(assessment.untried)}")
    if any(entry.sla for entry in assessment.entries):
        lines += _wrapped("", SLA_NOTE)
    for policy in assessment.policies:
        lines += _wrapped("POLICY ", f"{policy.name} in {policy.place}")
        lines += [line for note in policy.notes for line in _wrapped("  ", note)]
    text = "\n\n".join([*blocks, "\n".join(lines)])
    return "\n".join(printable(line) for line in text.split("\n")) + "\n"


def _entry_lines(entry: EntryResult, place: str) -> Iterator[str]:
    title = "ENTRY" if entry.kind == "entry" else "DATA"
    names = f"  ({', '.join(entry.names)})" if entry.names else ""
    policies = sorted({verdict.policy for verdict in entry.verdicts})
    policy = f"  policy: {', '.join(policies)}" if policies else ""
    yield from _wrapped(f"{title} ", f"{entry.id.rpartition(':')[2]}{names}{place}{policy}")
    if len(entry.path) > 1:
        yield from _wrapped("  ", " > ".join(entry.path))
    yield from _table(entry)
    points = entry.single_points
    zonal = _names(points.zonal, points.zonal_possible)
    instance = _names(points.instance, points.instance_possible)
    yield from _wrapped(
        "  ",
        f"SPOF instance: {instance} | zonal: {zonal} | brief interruption: {_names(points.interrupting)} | "
        f"services: {len(points.service)}",
    )
    if entry.sla is not None:
        yield from _wrapped("  SLA product ", describe_sla(entry.sla))
    for result in entry.results:
        yield from _explanation(result)
    yield from _deciding(entry)
    for assumption in entry.assumptions:
        yield from _wrapped("  ASSUMES ", assumption)
    for change in entry.changes:
        yield from _wrapped("  CHANGES IF ", f"{change.parameter} = {change.value}: {change.says}")
    for note in entry.notes:
        yield from _wrapped("  NOTE ", note)


def _table(entry: EntryResult) -> Iterator[str]:
    """Yield a row for each type of disruption, with a column of verdicts for each policy."""
    policies = list(dict.fromkeys(verdict.policy for verdict in entry.verdicts))
    widths = _WIDTHS_WITH_VERDICTS if policies else _WIDTHS
    yield from _row(("disruption", "outcome", "RTO", "RPO", *(["verdict"] if policies else [])), widths)
    for result in entry.results:
        words: list[str] = []
        for policy in policies:
            verdicts = [one for one in entry.verdicts if (one.policy, one.disruption) == (policy, result.disruption)]
            word = describe_verdicts(verdicts, result)
            words.append(word if len(policies) == 1 else f"{policy}: {word}")
        cells = (result.disruption, outcome_words(result), time_words(result), loss_words(result.rpo))
        yield from _row((*cells, *(["; ".join(words)] if policies else [])), widths)
    for verdict in entry.verdicts:
        if verdict.measure == "availability":
            reason = verdict.says or ", ".join(verdict.needs)
            yield from _wrapped("  availability ", f"{describe_verdicts([verdict], None)} [{verdict.policy}]: {reason}")


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    columns = [textwrap.wrap(cell, width - 1) for cell, width in zip(cells, widths, strict=False)]
    for words in zip_longest(*columns, fillvalue=""):
        yield f"  {''.join(f'{word:<{width}}' for word, width in zip(words, widths, strict=False))}".rstrip()


def _deciding(entry: EntryResult) -> Iterator[str]:
    """Yield what would decide targets that are open, unless it stands among what is unknown."""
    for verdict in entry.verdicts:
        for need in verdict.needs if verdict.measure != "availability" else ():
            if need.startswith(("a ", "the target")):
                yield from _wrapped(
                    "  DECIDED BY ", f"{need}; {verdict.disruption} {verdict.measure} [{verdict.policy}]"
                )


def _explanation(result: Result) -> Iterator[str]:
    """Yield what decides a result, without the services that do nothing, and what is unknown."""
    heading = f"  {result.disruption:<9} "
    grouped: dict[tuple[str, bool], tuple[dict[str, None], dict[str, None]]] = {}
    for reason in result.reasons:
        if reason.outcome not in ("no_outage", "degraded") or reason.rto.hi not in (None, 0):
            if reason.outcome == "unknown" and not reason.fact:
                continue  # stands below as what is unknown
            key = (fate_words(reason), is_judgement(reason.fact))
            resources, ids = grouped.setdefault(key, ({}, {}))
            resources[reason.resource] = None
            if reason.fact:
                ids[reason.fact] = None
    for (text, is_ours), (resources, ids) in grouped.items():
        source = f" [{', '.join(ids)}{'; our judgement' if is_ours else ''}]" if ids else ""
        yield from _wrapped(heading, f"{', '.join(resources)}: {text}{source}")
    by_need: dict[tuple[str, str], dict[str, None]] = {}
    for unknown in result.unknowns:
        by_need.setdefault((unknown.code, unknown.needs), {})[unknown.resource] = None
    for (code, needs), resources in by_need.items():
        yield from _wrapped(heading, f"unknown ({code}): {needs}; {', '.join(resources)}")


def _names(names: Iterable[str], possible: Iterable[str] = ()) -> str:
    known = [*names, *(f"{name} (perhaps)" for name in possible)]
    return ", ".join(known) or "none"


def _wrapped(heading: str, text: str) -> list[str]:
    indent = " " * max(len(heading), 2)
    return textwrap.wrap(
        heading + text, COLUMNS, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True
    )
