"""Report with one line for each finding, for problem matchers, editors and grep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING
from relint.report.severity import effective_severity, most_severe_first, visible_findings
from relint.report.summary import format_summary, summarize
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.finding import Report


def render_concise(report: Report, *, show_open: bool) -> Iterator[str]:
    """Yield lines `path:line:column: severity RULE message`, all for programs.

    The severity is error, warning or info (`effective_severity`); open findings are included only with `show_open`. A
    failure is an error of the rule RELINT, on line 1 if its line is not known.
    """
    for finding in visible_findings(report, show_open=show_open):
        start = finding.span.start
        problem = f"{effective_severity(finding)} {finding.rule.id} {finding.message_with_environments}"
        yield printable(f"{finding.file}:{start.line}:{start.column}: {problem}")
    for failure in report.failures:
        line, column = (failure.span.start.line, failure.span.start.column) if failure.span else (1, 1)
        yield printable(f"{failure.file}:{line}:{column}: error RELINT {failure.message}")


def closing_line(report: Report, *, show_open: bool, notes: Iterable[str]) -> str:
    """Return one line: the numbers of the report, `notes`, and the command that explains the most severe finding.

    It is meant for people, so it must not reach programs that read the other lines. Empty if nothing was checked.
    """
    if not report.templates and not report.failures:
        return ""
    parts = [format_summary(summarize(report), show_open=show_open), *filter(None, notes)]
    own_rules = [finding.rule for finding in most_severe_first(report, show_open=show_open) if finding.rule.file]
    if own_rules:  # another linter explains its rules itself
        parts.append(f"relint explain {own_rules[0].id} tells why and how to fix it")
    return printable("; ".join(parts))
