"""Workflow commands, which GitHub Actions shows beside the lines of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.report.severity import effective_severity, most_severe_first
from relint.report.summary import format_summary, summarize
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.finding import Report
    from relint.source.location import Span

MAX_ANNOTATIONS = 10
"""How many annotations of each kind GitHub shows of one step (actions/toolkit, docs/problem-matchers.md)."""

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render_github(report: Report, *, show_open: bool) -> Iterator[str]:
    """Annotations, the most severe first, then a line for the log with what does not fit, and the summary."""
    left = dict.fromkeys(_COMMANDS, MAX_ANNOTATIONS)
    for failure in report.failures:
        if left["error"]:
            left["error"] -= 1
            yield _command("error", failure.file, failure.span, "relint", failure.message)
        else:
            yield printable(f"{failure.file}: error: {failure.message}")
    hidden = 0
    for finding in most_severe_first(report, show_open=show_open):
        kind = effective_severity(finding)
        title = f"{finding.rule.id} {finding.rule.title}"
        if left[kind]:
            left[kind] -= 1
            yield _command(_COMMANDS[kind], finding.file, finding.span, title, finding.message)
        else:
            hidden += 1
            start = finding.span.start
            yield printable(f"{finding.file}:{start.line}:{start.column}: {kind} {finding.rule.id} {finding.message}")
    if hidden:
        yield f"GitHub shows {MAX_ANNOTATIONS} annotations of a kind for a step; {hidden} more stand in this log only."
    yield f"relint: {format_summary(summarize(report), show_open=show_open)}"


def _command(kind: str, file: str, span: Span | None, title: str, message: str) -> str:
    place = {"file": file, "line": str(span.start.line if span else 1)}
    if span:
        place["col"] = str(span.start.column)
        if span.end.line == span.start.line:
            place["endColumn"] = str(span.end.column)
    place["title"] = title
    properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
    return f"::{kind} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
