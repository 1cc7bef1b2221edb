"""Report with one line for each finding, for problem matchers, editors and grep."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.report.severity import effective_severity, visible_findings
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.finding import Report


def render_concise(report: Report, *, show_open: bool) -> Iterator[str]:
    """Yield lines `path:line:column: severity RULE message`, without a summary.

    The severity is error, warning or info (`effective_severity`); open findings are included only with `show_open`. A
    failure is an error of the rule RELINT, on line 1 if its line is not known.
    """
    for finding in visible_findings(report, show_open=show_open):
        start = finding.span.start
        problem = f"{effective_severity(finding)} {finding.rule.id} {finding.message}"
        yield printable(f"{finding.file}:{start.line}:{start.column}: {problem}")
    for failure in report.failures:
        line, column = (failure.span.start.line, failure.span.start.column) if failure.span else (1, 1)
        yield printable(f"{failure.file}:{line}:{column}: error RELINT {failure.message}")
