"""Report for people: for each finding the source line, the problem, the reason and the remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.report.finding_block import FindingBlock
from relint.report.layout import PLAIN
from relint.report.severity import visible_findings
from relint.report.source_lines import SourceLines
from relint.report.statistics import count_by_rule, render_statistics
from relint.report.summary import format_numbers, format_summary, summarize, unread_files
from relint.report.terminal import printable, wrap

if TYPE_CHECKING:
    from relint.finding import Failure, Finding, Report
    from relint.report.layout import Layout

MAX_LONG_FINDINGS = 20
"""Findings that a terminal shows with empty lines and frames of related locations; of more, each takes few lines."""
_MIN_FINDINGS_OF_TABLE = 6
_RULES_OF_TABLE = 10


def render_text(
    report: Report, *, show_open: bool, layout: Layout = PLAIN, with_summary: bool = True, notes: Sequence[str] = ()
) -> Iterator[str]:
    """Yield the lines of the report: a block for each finding, a line for each failure, and a summary with `notes`.

    Only the first finding of each rule includes rationale and fix. Suppressed findings are counted, not shown; open
    findings are shown only with `show_open`. Escape sequences in a template are escaped.
    """
    findings = list(visible_findings(report, show_open=show_open))
    yield from _blocks(report, findings, layout)
    yield from render_failures(report, layout)
    if not with_summary:
        return
    if report.failures:
        yield ""
    yield from _table(findings, layout)
    yield from render_summary(report, layout, show_open=show_open, notes=notes)


def _table(findings: Sequence[Finding], layout: Layout) -> Iterator[str]:
    """Yield a table of rules, the worst and most frequent first, if there are several findings and rules."""
    counts = count_by_rule(finding for finding in findings if finding.verdict != "open")
    if sum(entry.number for entry in counts) < _MIN_FINDINGS_OF_TABLE or len(counts) == 1:
        return
    yield layout.paint("Fix these first (relint explain RULE tells more):", "strong")
    shown = counts if len(counts) == _RULES_OF_TABLE + 1 else counts[:_RULES_OF_TABLE]
    yield from render_statistics(shown, layout)
    if len(shown) < len(counts):
        yield f"  and {len(counts) - len(shown)} more rules: --statistics lists them"
    yield ""


def _blocks(report: Report, findings: Sequence[Finding], layout: Layout) -> Iterator[str]:
    """Yield the blocks of findings, with a heading for each file if there are several."""
    lines = SourceLines(report.sources)
    is_short = layout.is_terminal and len(findings) > MAX_LONG_FINDINGS
    findings_by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        findings_by_file.setdefault(finding.file, []).append(finding)
    explained: set[tuple[str, bool]] = set()
    previous: Finding | None = None
    for finding in findings:
        if len(findings_by_file) > 1 and (previous is None or previous.file != finding.file):
            heading = printable(f"{finding.file}: {format_numbers(findings_by_file[finding.file])}")
            yield layout.paint(heading, "heading") if layout.colour else f"=== {heading}"
            yield ""
        repeats_frame = previous is not None and (previous.file, previous.span) == (finding.file, finding.span)
        block = FindingBlock(finding, lines, layout, is_short=is_short, current_file=report.earlier.get(finding.file))
        yield from block.render(explained, repeats_frame=repeats_frame)
        yield ""
        previous = finding


def render_summary(report: Report, layout: Layout, *, show_open: bool, notes: Sequence[str]) -> Iterator[str]:
    """Yield the summary, and each note on a line of its own."""
    for text in (format_summary(summarize(report), show_open=show_open), *notes):
        yield from wrap(text, layout.line_columns)


def render_failures(report: Report, layout: Layout) -> Iterator[str]:
    """Yield the failures, each on a line of its own, wrapped on a terminal."""
    unread = unread_files(report)
    for failure in report.failures:
        yield from _failure_lines(failure, layout, is_unread=failure.file in unread)


def _failure_lines(failure: Failure, layout: Layout, *, is_unread: bool) -> Iterator[str]:
    location = failure.file
    if failure.span:
        location += f":{failure.span.start.line}:{failure.span.start.column}"
    location = printable(location)
    message = printable(f"not analysed: {failure.message}" if is_unread else failure.message)
    lines = list(wrap(f"{location}: error: {message}", layout.line_columns - 2))
    first = lines[0].removeprefix(f"{location}: error")
    yield f"{location}: {layout.paint('error', 'error')}{first}" if first != lines[0] else lines[0]
    yield from (f"  {line}" for line in lines[1:])
