"""Severities of findings, as reports for other programs state them."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from relint.finding import Finding, Report

Severity = Literal["error", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_FAILED: dict[str, Severity] = {"error": "error", "warning": "warning", "note": "info"}
_TO_REVIEW: dict[str, Severity] = {"error": "warning", "warning": "info", "note": "info"}


def effective_severity(finding: Finding) -> Severity:
    """Return error, warning or info, by the level and the verdict of a finding.

    A finding that fails only outside of the default deployment is one step less severe; an open finding is an info.
    """
    if finding.verdict == "open":
        return "info"
    return (_FAILED if finding.verdict == "fail" else _TO_REVIEW)[finding.level]


def visible_findings(report: Report, *, show_open: bool) -> Iterator[Finding]:
    """Return the findings that are not suppressed, with open findings only if `show_open`."""
    results = report.results if show_open else report.findings
    return (result for result in results if result.suppression is None)


def most_severe_first(report: Report, *, show_open: bool) -> list[Finding]:
    """Return the visible findings sorted by severity, in the order of the report within each severity."""
    findings = visible_findings(report, show_open=show_open)
    return sorted(findings, key=lambda finding: SEVERITIES.index(effective_severity(finding)))
