"""What a report amounts to, in numbers and in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint._named_tuple import NamedTuple

if TYPE_CHECKING:
    from relint.finding import Report


class Summary(NamedTuple):
    """How many findings of each kind there are. Suppressed ones count as nothing else."""

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
    known: int

    @property
    def findings(self) -> int:
        """What needs somebody's attention: failures as deployed, and reviews."""
        return self.errors + self.warnings + self.notes + self.review


def summarize(report: Report) -> Summary:
    """The numbers of a report."""
    told = [finding for finding in report.findings if finding.suppression is None]
    failed = [finding.level for finding in told if finding.verdict == "fail"]
    unreadable = unread_files(report)
    return Summary(
        errors=failed.count("error"),
        warnings=failed.count("warning"),
        notes=failed.count("note"),
        review=sum(finding.verdict == "review" for finding in told),
        open=sum(finding.verdict == "open" for finding in told),
        suppressed=len(report.findings) - len(told),
        templates=len(report.templates),
        templates_with_findings=len(
            {finding.file for finding in told if finding.verdict in ("fail", "review")}.intersection(report.templates)
        ),
        unreadable=len(unreadable),
        other_failures=sum(failure.file not in unreadable for failure in report.failures),
        known=report.suppressed_by_baseline,
    )


def unread_files(report: Report) -> frozenset[str]:
    """The files that should have been checked and were not."""
    failed = {failure.file for failure in report.failures if failure.stage in ("discover", "load")}
    return frozenset(failed.difference(report.templates))


def summary_line(summary: Summary, *, show_open: bool) -> str:
    """The numbers in one line; `show_open` says that what is open has been listed already."""
    if summary.findings:
        kinds = [
            _count(summary.errors, "error"),
            _count(summary.warnings, "warning"),
            _count(summary.notes, "note"),
            f"{summary.review} to review" if summary.review else "",
        ]
        found = _count(summary.findings, "finding")
        where = f"in {summary.templates_with_findings} of {_count(summary.templates, 'template')}"
        parts = [f"{found} {where} ({', '.join(filter(None, kinds))})"]
    else:
        parts = [f"no findings in {summary.templates} template{'' if summary.templates == 1 else 's'}"]
    if summary.suppressed:
        parts.append(f"{summary.suppressed} suppressed")
    if summary.known:
        parts.append(f"{summary.known} not new")
    if summary.open:
        parts.append(f"{summary.open} open" + ("" if show_open else ": --show-open lists them"))
    if summary.unreadable:
        parts.append(f"{_count(summary.unreadable, 'template')} could not be read")
    if summary.other_failures:
        parts.append(_count(summary.other_failures, "other failure" if summary.unreadable else "failure"))
    return "; ".join(parts)


def _count(number: int, what: str) -> str:
    """ "1 error" or "2 errors"; nothing for none."""
    return f"{number} {what}{'' if number == 1 else 's'}" if number else ""
