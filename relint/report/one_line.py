"""One line a finding, for problem matchers, editors and grep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.report.severity import effective_severity, visible_findings
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.finding import Report


def render_concise(report: Report, *, show_open: bool) -> Iterator[str]:
    """Lines `path:line:col: severity RULE message` with the severities error, warning and info, and no summary.

    What fails only in another deployment is a step less severe than its rule, what is open is an info, and listed only
    with `show_open`. A failure is an error of the rule RELINT, on line 1 where no line is to blame.
    """
    for finding in visible_findings(report, show_open=show_open):
        start = finding.span.start
        what = f"{effective_severity(finding)} {finding.rule.id} {finding.message}"
        yield printable(f"{finding.file}:{start.line}:{start.column}: {what}")
    for failure in report.failures:
        line, column = (failure.span.start.line, failure.span.start.column) if failure.span else (1, 1)
        yield printable(f"{failure.file}:{line}:{column}: error RELINT {failure.message}")
