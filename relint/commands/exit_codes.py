"""Exit codes, which do not depend on the format of the report."""

from __future__ import annotations

from relint.finding import Finding, Report
from relint.level import LEVELS

CLEAN, FINDINGS, FAILED = 0, 1, 2


def exit_code(report: Report, fail_on: str | None = None, *, counts_reviews: bool = False) -> int:
    """Return 2 if work could not be done, 1 if a finding is at or above the level to fail on, else 0.

    The level is `fail_on`, or without it the one in the configuration of each file. Findings that are suppressed or
    unchanged since a baseline do not count; findings to review count only with `counts_reviews`, or if the
    configuration of their file says so.
    """
    if report.failures:
        return FAILED
    for finding in report.findings:
        minimum = fail_on or report.fail_on.get(finding.file, "warning")
        counts_review = counts_reviews or finding.file in report.fail_on_review
        is_counted = finding.affects_exit_code or (counts_review and _is_new_review(finding))
        if is_counted and minimum in LEVELS and LEVELS.index(finding.level) >= LEVELS.index(minimum):
            return FINDINGS
    return CLEAN


def exit_note(report: Report, fail_on: str | None = None, *, counts_reviews: bool = False) -> str:
    """Return the exit code and its reason in words; an empty text if there is nothing to explain."""
    code = exit_code(report, fail_on, counts_reviews=counts_reviews)
    level = fail_on or ("the level in the configuration" if report.fail_on else "warning")
    if code == FAILED:
        return "exit code 2: not everything could be checked"
    if code == FINDINGS:
        return f"exit code 1: findings at or above {level}, see --fail-on"
    if any(finding.affects_exit_code for finding in report.findings):
        return "exit code 0: --fail-on never" if level == "never" else f"exit code 0: no finding at or above {level}"
    reviews = [finding for finding in report.findings if _is_new_review(finding)]
    if reviews and not counts_reviews and not report.fail_on_review.issuperset(one.file for one in reviews):
        return "exit code 0: findings to review count only with --fail-on-review"
    return ""


def _is_new_review(finding: Finding) -> bool:
    return finding.verdict == "review" and finding.suppression is None and finding.baseline_state != "unchanged"
