"""An assessment as text of at most 100 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from relint._typing import TYPE_CHECKING
from relint.report.assessment.agreements import SLA_NOTE, describe_sla
from relint.report.assessment.explanation import explain_decisions, explain_unknowns, is_alone
from relint.report.assessment.terminal_picture import draw_picture
from relint.report.assessment.verdict_words import describe_verdicts
from relint.report.assessment.words import SCOPE, loss_words, name_words, outcome_words, time_words
from relint.report.layout import PLAIN, Layout
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.assessment.listed import ListedPart, Listing
    from relint.assessment.result import Assessment, EntryResult

COLUMNS = 100
_WIDTHS = (11, 38, 25, 24)
_WIDTHS_WITH_VERDICTS = (11, 25, 19, 18, 25)
"""The columns of the table of an entry, together with the indent at most 100."""

_STYLES = {"ENTRY": "heading", "DATA": "heading", "BREACHED": "error", "UNDETERMINED": "review"}
"""Styles of words, where there are colours."""


def render_text_assessment(assessment: Assessment, *, layout: Layout = PLAIN, unicode: bool = True) -> str:
    """Return the assessment for people: a table for each entry, what decides it, and a picture of the system.

    Without `unicode` the picture has ASCII characters only. Data that depend on nothing and have equal results stand
    in one table.
    """
    blocks: dict[str, list[EntryResult]] = {}
    for number, entry in enumerate(assessment.entries):
        own_file = entry.id.rpartition(":")[0]
        body = "\n".join(_entry_body(entry, assessment.listing, f"{own_file}:" if own_file else ""))
        blocks.setdefault(body if is_alone(entry) else f"{number}\n{body}", []).append(entry)
    files = {entry.part.rpartition(":")[0] for entry in assessment.entries}
    texts = []
    for body, entries in blocks.items():
        title = "\n".join(_title(entries, with_file=len(files) > 1))
        texts.append(f"{title}\n{body if is_alone(entries[0]) else body.partition(chr(10))[2]}")
    picture = list(draw_picture(assessment, unicode=unicode))
    texts += ["\n".join(picture)] if picture else []
    texts.append("\n".join(_closing_lines(assessment, has_entries=bool(blocks))))
    lines = (printable(line) for line in "\n\n".join(texts).split("\n"))
    return "\n".join(_paint(line, layout) if layout.colour else line for line in lines) + "\n"


def _closing_lines(assessment: Assessment, *, has_entries: bool) -> Iterator[str]:
    if assessment.without_backend:
        names = ", ".join(assessment.without_backend)
        yield from _wrapped("NOT ASSESSED ", f"nothing in these files does the work behind {names}")
    if assessment.too_large:
        names = ", ".join(assessment.too_large)
        yield from _wrapped("NOT ASSESSED ", f"too many events in one run; assess fewer templates: {names}")
    if not (has_entries or assessment.without_backend or assessment.too_large):
        yield "nothing to assess: no entry point and no durable data in these files"
    yield from _wrapped("", f"Assessed {assessment.assessed} of {assessment.resources} resources. {SCOPE}")
    if assessment.untried:
        yield from _wrapped("NOT TRIED ", f"more values than there is time for: {', '.join(assessment.untried)}")
    if any(entry.sla for entry in assessment.entries):
        yield from _wrapped("", SLA_NOTE)
    for policy in assessment.policies:
        yield from _wrapped("POLICY ", f"{policy.name} in {policy.place}")
        for note in policy.notes:
            yield from _wrapped("  ", note)


def _title(entries: Sequence[EntryResult], *, with_file: bool) -> Iterator[str]:
    entry = entries[0]
    title = "ENTRY" if entry.kind == "entry" else "DATA"
    names = f"  ({', '.join(entry.names)})" if entry.names else ""
    with_file = with_file and ":" not in entry.id
    files = dict.fromkeys(entry.part.rpartition(":")[0] for entry in entries) if with_file else {}
    place = f"  in {', '.join(files)}" if files else ""
    policies = sorted({verdict.policy for verdict in entry.verdicts})
    policy = f"  policy: {', '.join(policies)}" if policies else ""
    ids = ", ".join(entry.id for entry in entries)
    yield from _wrapped(f"{title} ", f"{ids}{names}{place}{policy}")


def _entry_body(entry: EntryResult, listing: Listing, own_file: str) -> Iterator[str]:
    """Yield the lines below the title; names in the file of the entry are written without `own_file`."""
    if entry.path not in ((), (entry.id,)):
        parts = {part.id: part for part in listing.parts}
        path = dict.fromkeys((entry.id, *entry.path))
        names = (_with_units(name, parts.get(name)) for name in path)
        yield from _wrapped("  ", _shortened(" > ".join(names), own_file))
    yield from _table(entry)
    points = entry.single_points
    own = {entry.id: "itself"} if is_alone(entry) else {}
    instance, zonal = (
        name_words((own.get(name, name) for name in certain), (own.get(name, name) for name in possible))
        for certain, possible in ((points.instance, points.instance_possible), (points.zonal, points.zonal_possible))
    )
    interrupting = name_words(own.get(name, name) for name in points.interrupting)
    single = f"instance: {instance} | zonal: {zonal} | brief interruption: {interrupting} | "
    yield from _wrapped("  SPOF ", _shortened(f"{single}regional services: {len(points.service)}", own_file))
    if entry.sla is not None:
        yield from _wrapped("  SLA product ", describe_sla(entry.sla))
    needs = dict.fromkeys(f"{need.resource}: {need.needs}" for need in entry.recovery_dependencies)
    sections: tuple[tuple[str, Iterable[str]], ...] = (
        ("UNKNOWN", explain_unknowns(entry)),
        ("DECIDED BY", [*explain_decisions(entry, listing), *_open_targets(entry)]),
        ("ASSUMES", entry.assumptions),
        ("CHANGES IF", [f"{change.parameter} = {change.value}: {change.says}" for change in entry.changes]),
        ("RECOVERY NEEDS", needs),
        ("NOTE", entry.notes),
    )
    for label, items in sections:
        yield from _labelled(label, (_shortened(item, own_file) for item in items))


def _shortened(text: str, own_file: str) -> str:
    return text.replace(own_file, "") if own_file else text


def _with_units(name: str, part: ListedPart | None) -> str:
    """Return the name of a part with the number of its units, or of the zones in which it has nodes."""
    if part is None or not part.units:
        return name
    number = len(part.units)
    if part.type == "AWS::RDS::DBInstance" and number > 1:
        return f"{name}(multi-AZ)"
    if part.is_open:
        return f"{name}(? {'units' if part.scope == 'unit' else 'zones'})"
    if part.scope == "unit":
        return f"{name}({number})"
    return f"{name}({number} zones)" if number > 1 else f"{name}(1 zone)"


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


def _open_targets(entry: EntryResult) -> Iterator[str]:
    """Yield what would decide targets that are open, unless it stands among what is unknown."""
    for verdict in entry.verdicts:
        for need in verdict.needs if verdict.measure != "availability" else ():
            if need.startswith(("a ", "the target")):
                yield f"{need}; {verdict.disruption} {verdict.measure} [{verdict.policy}]"


def _labelled(label: str, items: Iterable[str]) -> Iterator[str]:
    """Yield items below each other, the first one after the label."""
    heading = f"  {label:<11} "
    for item in items:
        yield from _wrapped(heading, item)
        heading = " " * 14


def _paint(line: str, layout: Layout) -> str:
    for word, style in _STYLES.items():
        if line.startswith(f"{word} "):
            return layout.paint(line, style)
        if f"  {word}" in line:
            return line.replace(word, layout.paint(word, style))
    return line


def _wrapped(heading: str, text: str) -> list[str]:
    indent = " " * max(len(heading), 2)
    wrapper = textwrap.TextWrapper(COLUMNS, heading, indent, break_on_hyphens=False)
    return wrapper.wrap(text)
