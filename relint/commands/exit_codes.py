"""Exit codes, which do not depend on the format of the report."""

from __future__ import annotations

from relint.finding import Report
from relint.level import LEVELS

CLEAN, FINDINGS, FAILED = 0, 1, 2


def exit_code(report: Report, fail_on: str | None = None) -> int:
    """Return 2 if work could not be done, 1 if a finding is at or above the level to fail on, else 0.

    The level is `fail_on`, or without it the one in the configuration of each file. Findings that are suppressed,
    unchanged since a baseline, or to review do not count.
    """
    if report.failures:
        return FAILED
    for finding in report.findings:
        minimum = fail_on or report.fail_on.get(finding.file, "warning")
        if finding.affects_exit_code and minimum in LEVELS and LEVELS.index(finding.level) >= LEVELS.index(minimum):
            return FINDINGS
    return CLEAN
