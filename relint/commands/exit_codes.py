"""Exit codes, the same whatever is printed."""

from __future__ import annotations

from relint.finding import Report
from relint.level import LEVELS

CLEAN, FINDINGS, FAILED = 0, 1, 2


def exit_code(report: Report, fail_on: str | None = None) -> int:
    """0 clean, 1 failures at or above a level that nobody has accepted, 2 (it beats 1) work that could not be done.

    The level is `fail_on`, or without it what the configuration of each file says.
    """
    if report.failures:
        return FAILED
    for finding in report.findings:
        level = fail_on or report.fail_on.get(finding.file, "warning")
        if finding.affects_exit_code and level in LEVELS and LEVELS.index(finding.level) >= LEVELS.index(level):
            return FINDINGS
    return CLEAN
