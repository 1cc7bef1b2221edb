"""Report as a Markdown table, for example for $GITHUB_STEP_SUMMARY."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.report.markdown_text import code, escape
from relint.report.severity import effective_severity, most_severe_first
from relint.report.summary import format_summary, summarize

if TYPE_CHECKING:
    from relint.finding import Failure, Finding, Report

MAX_BYTES = 1_000_000
"""Bytes of the table; GitHub accepts a mebibyte of summary for each step.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
"""


def render_markdown(report: Report, *, show_open: bool) -> Iterator[str]:
    """Yield a heading, the summary, and a table of failures and findings, the most severe first, up to MAX_BYTES."""
    findings = most_severe_first(report, show_open=show_open)
    rows = [*map(_failure_row, report.failures), *map(_finding_row, findings)]
    yield "## relint: reliability of CloudFormation templates"
    yield ""
    yield escape(format_summary(summarize(report), show_open=show_open))
    if rows:
        yield ""
        yield from _table(rows)


def render_findings(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield a table of findings in their order, up to MAX_BYTES."""
    yield from _table([_finding_row(finding) for finding in findings])


def _table(rows: Sequence[str]) -> Iterator[str]:
    yield "| Severity | Place | Rule | Finding |"
    yield "| --- | --- | --- | --- |"
    yield from limited_rows(rows)


def limited_rows(rows: Sequence[str]) -> Iterator[str]:
    """Yield rows up to MAX_BYTES, and then how many are left out."""
    remaining_bytes = MAX_BYTES
    for number, row in enumerate(rows):
        remaining_bytes -= len(row.encode("utf-8", "replace")) + 1
        if remaining_bytes < 0:
            yield ""
            yield f"{len(rows) - number} more do not fit here; another format has them all."
            return
        yield row


def _finding_row(finding: Finding) -> str:
    location = code(f"{finding.file}:{finding.span.start.line}")
    rule = f"{finding.rule.id} {escape(finding.rule.title)}"
    return f"| {effective_severity(finding)} | {location} | {rule} | {escape(finding.message_with_environments)} |"


def _failure_row(failure: Failure) -> str:
    line = failure.span.start.line if failure.span else 1
    return f"| error | {code(f'{failure.file}:{line}')} | relint | {escape(failure.message)} |"
