"""Report as workflow commands, which GitHub Actions shows beside the lines of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.report.repository_paths import name_files_from_root
from relint.report.severity import effective_severity, most_severe_first
from relint.report.summary import format_summary, summarize
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.finding import Report
    from relint.source.location import Span

MAX_ANNOTATIONS = 10
"""Annotations of each severity that GitHub shows for one step (actions/toolkit, docs/problem-matchers.md)."""

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render_github(report: Report, *, show_open: bool, with_summary: bool = True) -> Iterator[str]:
    """Yield annotations, the most severe first, and the summary.

    Findings and failures beyond the limit of GitHub become plain lines in the log of the step.
    """
    report = name_files_from_root(report)
    remaining = dict.fromkeys(_COMMANDS, MAX_ANNOTATIONS)
    for failure in report.failures:
        if remaining["error"]:
            remaining["error"] -= 1
            yield _format_command("error", failure.file, failure.span, "relint", failure.message)
        else:
            yield printable(f"{failure.file}: error: {failure.message}")
    unannotated = 0
    for finding in most_severe_first(report, show_open=show_open):
        severity = effective_severity(finding)
        title = f"{finding.rule.id} {finding.rule.title}"
        if remaining[severity]:
            remaining[severity] -= 1
            yield _format_command(
                _COMMANDS[severity], finding.file, finding.span, title, finding.message_with_environments
            )
        else:
            unannotated += 1
            start = finding.span.start
            problem = f"{severity} {finding.rule.id} {finding.message_with_environments}"
            yield printable(f"{finding.file}:{start.line}:{start.column}: {problem}")
    if unannotated:
        limit = f"GitHub shows {MAX_ANNOTATIONS} annotations of a kind for a step"
        yield f"{limit}; {unannotated} more stand in this log only."
    if with_summary:
        yield f"relint: {format_summary(summarize(report), show_open=show_open)}"


def _format_command(command: str, file: str, span: Span | None, title: str, message: str) -> str:
    properties = {"file": file, "line": str(span.start.line if span else 1)}
    if span:
        properties["col"] = str(span.start.column)
        if span.end.line == span.start.line:
            properties["endColumn"] = str(span.end.column)
    properties["title"] = title
    assignments = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{command} {assignments}::{_escape_message(message)}"


def _escape_message(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_message(text).replace(":", "%3A").replace(",", "%2C")
