"""How reports for other programs name what a finding amounts to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from relint.finding import Finding, Report

Severity = Literal["error", "warning", "info"]

_SEVERITY: dict[str, Severity] = {"error": "error", "warning": "warning", "note": "info"}
_REVIEW: dict[str, Severity] = {"error": "warning", "warning": "info", "note": "info"}


def effective_severity(finding: Finding) -> Severity:
    """error, warning or info: what fails only in another deployment is a step less severe, what is open is an info."""
    if finding.verdict == "open":
        return "info"
    return (_SEVERITY if finding.verdict == "fail" else _REVIEW)[finding.level]


def visible_findings(report: Report, *, show_open: bool) -> Iterator[Finding]:
    """The findings that somebody must look at: none that is suppressed, and open ones only if asked for."""
    wanted = ("fail", "review", "open") if show_open else ("fail", "review")
    return (one for one in report.findings if one.suppression is None and one.verdict in wanted)


def most_severe_first(report: Report, *, show_open: bool) -> list[Finding]:
    """The findings that `told` gives, the most severe first, else in their order."""
    order = ("error", "warning", "info")
    return sorted(
        visible_findings(report, show_open=show_open), key=lambda finding: order.index(effective_severity(finding))
    )
