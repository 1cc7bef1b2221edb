"""Summary of a report, in numbers and in one line."""

from __future__ import annotations

from collections.abc import Iterable

from relint._typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from relint.finding import Finding, Report


class Summary(NamedTuple):
    """Numbers of findings, templates and failures; a suppressed finding counts as suppressed only.

    `errors`, `warnings` and `notes` count findings that fail in the default deployment.
    """

    errors: int
    warnings: int
    notes: int
    review: int
    open: int
    suppressed: int
    templates: int
    templates_with_findings: int
    unreadable: int
    other_failures: int
    suppressed_by_baseline: int

    @property
    def findings(self) -> int:
        """The number of findings that fail or need a review."""
        return self.errors + self.warnings + self.notes + self.review


def summarize(report: Report) -> Summary:
    """Return the numbers of a report."""
    active = [finding for finding in report.results if finding.suppression is None]
    failed_levels = [finding.level for finding in active if finding.verdict == "fail"]
    unreadable = unread_files(report)
    files = {finding.file for finding in active if finding.is_decided}
    including = (template for file in files & report.included.keys() for template in report.included[file])
    return Summary(
        errors=failed_levels.count("error"),
        warnings=failed_levels.count("warning"),
        notes=failed_levels.count("note"),
        review=sum(finding.verdict == "review" for finding in active),
        open=sum(finding.verdict == "open" for finding in active),
        suppressed=len(report.results) - len(active),
        templates=len(report.templates),
        templates_with_findings=len(files.union(including).intersection(report.templates)),
        unreadable=len(unreadable),
        other_failures=sum(failure.file not in unreadable for failure in report.failures),
        suppressed_by_baseline=report.suppressed_by_baseline,
    )


def unread_files(report: Report) -> frozenset[str]:
    """Return the files that relint could not read, and therefore did not check."""
    failed = {failure.file for failure in report.failures if failure.stage in ("discover", "load")}
    return frozenset(failed.difference(report.templates, report.included))


def format_summary(summary: Summary, *, show_open: bool) -> str:
    """Return the numbers in one line; without `show_open`, the line mentions the option that lists open findings."""
    if summary.findings:
        numbers = _join_numbers(summary.errors, summary.warnings, summary.notes, summary.review)
        findings = _count(summary.findings, "finding")
        templates = f"in {summary.templates_with_findings} of {_count(summary.templates, 'template')}"
        parts = [f"{findings} {templates} ({numbers})"]
    else:
        parts = [f"no findings in {summary.templates} template{'' if summary.templates == 1 else 's'}"]
    if summary.suppressed:
        parts.append(f"{summary.suppressed} suppressed")
    if summary.suppressed_by_baseline:
        parts.append(f"{summary.suppressed_by_baseline} not new")
    if summary.open:
        parts.append(f"{summary.open} open" + ("" if show_open else ": --show-open lists them"))
    if summary.unreadable:
        parts.append(f"{_count(summary.unreadable, 'template')} could not be read")
    if summary.other_failures:
        parts.append(_count(summary.other_failures, "other failure" if summary.unreadable else "failure"))
    return "; ".join(parts)


def format_numbers(findings: Iterable[Finding]) -> str:
    """Return the numbers of findings by level and verdict, such as "2 errors, 1 to review"."""
    styles = [finding.level if finding.verdict == "fail" else finding.verdict for finding in findings]
    numbers = [styles.count(style) for style in ("error", "warning", "note", "review")]
    texts = (_join_numbers(*numbers), f"{styles.count('open')} open" if "open" in styles else "")
    return ", ".join(filter(None, texts))


def _join_numbers(errors: int, warnings: int, notes: int, review: int) -> str:
    texts = (
        _count(errors, "error"),
        _count(warnings, "warning"),
        _count(notes, "note"),
        f"{review} to review" if review else "",
    )
    return ", ".join(filter(None, texts))


def _count(number: int, noun: str) -> str:
    """Return "1 error" or "2 errors", and an empty text for 0."""
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
