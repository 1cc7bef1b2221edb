"""A summary in Markdown, such as $GITHUB_STEP_SUMMARY takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.report.severity import effective_severity, most_severe_first
from relint.report.summary import format_summary, summarize
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.finding import Report

MAX_BYTES = 1_000_000
"""GitHub takes a mebibyte of summary a step.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
"""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#@$!&])")


def render_markdown(report: Report, *, show_open: bool) -> Iterator[str]:
    """A heading, the numbers, failures and a table of the findings, the most severe first, as far as there is room."""
    findings = most_severe_first(report, show_open=show_open)
    rows = [_failure(one.file, one.span.start.line if one.span else 1, one.message) for one in report.failures]
    yield "## relint: reliability of CloudFormation templates"
    yield ""
    yield _escaped(format_summary(summarize(report), show_open=show_open))
    if not rows and not findings:
        return
    yield ""
    yield "| Severity | Place | Rule | Finding |"
    yield "| --- | --- | --- | --- |"
    for finding in findings:
        place = _code(f"{finding.file}:{finding.span.start.line}")
        rule = f"{finding.rule.id} {_escaped(finding.rule.title)}"
        rows.append(f"| {effective_severity(finding)} | {place} | {rule} | {_escaped(finding.message)} |")
    room = MAX_BYTES
    for number, row in enumerate(rows):
        room -= len(row.encode("utf-8", "replace")) + 1
        if room < 0:
            yield ""
            yield f"{len(rows) - number} more do not fit here; another format has them all."
            return
        yield row


def _failure(file: str, line: int, message: str) -> str:
    return f"| error | {_code(f'{file}:{line}')} | relint | {_escaped(message)} |"


def _code(text: str) -> str:
    """Text as code; a name with a backtick or a bar is escaped text instead, which is right in a table as well."""
    text = printable(text)
    return _escaped(text) if "`" in text or "|" in text else f"`{text}`"


def _escaped(text: str) -> str:
    """Text in which nothing is markup, HTML, a mention or a break of the table."""
    return _SPECIAL.sub(r"\\\1", printable(text)).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")
