"""Objections to fixes: what the check of an edited text reports that it should not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.finding import Finding, Report

BRINGS = "it would bring"
"""The words before the rule whose finding a fix brings."""

_Kind = tuple[str, str, str]
"""The rule, the file and the resource of a finding: one that moves within the resource is still there."""


def objection_to(fixed: Sequence[Finding], before: Report, after: Report) -> str:
    """Return why the fixes of findings are no good, as a part of a sentence; "" if nothing speaks against them."""
    if _is_broken(before, after):
        return "relint could not check the template after it"
    more = _more(before, after, fixed)
    if not more:
        return ""
    others = more.keys() - set(map(_kind, fixed))
    if not others:
        return "the finding would still be there"
    rule_id, _, logical_id = min(others)
    moves = logical_id and rule_id in {finding.rule.id for finding in fixed}
    return f"{BRINGS} {rule_id} at '{logical_id}'" if moves else f"{BRINGS} {rule_id}"


def uncovered_by(fixed: Sequence[Finding], before: Report, after: Report) -> list[Finding]:
    """Return the findings that the fixes of others have uncovered, if nothing else speaks against the fixes.

    A rule reports the first fault of a resource. The next one has another message, and is no worse.
    """
    if _is_broken(before, after) or _more(before, after, ()):
        return []
    known = {(_kind(finding), finding.message_id) for finding in before.findings}
    ranks = {_kind(finding): finding.severity_rank for finding in fixed}
    uncovered = [
        finding
        for finding in _counted(after)
        if (_kind(finding), finding.message_id) not in known
        and _kind(finding) in ranks
        and finding.severity_rank <= ranks[_kind(finding)]
    ]
    return uncovered if Counter(map(_kind, uncovered)) >= _more(before, after, fixed) else []


def brought_by(fixed: Sequence[Finding], before: Report, after: Report) -> list[Finding]:
    """Return the findings of other rules that fixes have brought, if nothing else speaks against the fixes.

    They are those of the same resources: what a fix adds has to be good as it is.
    """
    more = _more(before, after, fixed)
    resources = {finding.logical_id for finding in fixed}
    is_else = any(kind in map(_kind, fixed) or kind[2] not in resources for kind in more)
    if _is_broken(before, after) or is_else:
        return []
    known = {(_kind(finding), finding.path) for finding in before.findings}
    brought = [one for one in _counted(after) if _kind(one) in more and (_kind(one), one.path) not in known]
    return brought if Counter(map(_kind, brought)) == more else []


def blamed_resources(fixed: Sequence[Finding], before: Report, after: Report) -> set[str]:
    """Return the logical ids of the resources where something speaks against the fixes of findings."""
    brought = _more(before, after, ())
    if brought or _is_broken(before, after):
        return {logical_id for _, _, logical_id in brought}
    known = {(_kind(finding), finding.message_id) for finding in before.findings}
    left = [finding for finding in _counted(after) if (_kind(finding), finding.message_id) in known]
    return {logical_id for _, _, logical_id in _more(before, after, fixed).keys() & set(map(_kind, left))}


def has_finding(report: Report, finding: Finding) -> bool:
    """Whether a report has a finding of the same rule for the same place, or for one above or below it."""
    return any(
        _kind(other) == _kind(finding) and all(step == own for step, own in zip(other.path, finding.path, strict=False))
        for other in _counted(report)
    )


def _is_broken(before: Report, after: Report) -> bool:
    return len(after.failures) > len(before.failures)


def _more(before: Report, after: Report, fixed: Iterable[Finding]) -> Counter[_Kind]:
    """Return how many findings of each kind there are more than there should be when some are fixed."""
    expected = Counter(map(_kind, _counted(before))) - Counter(map(_kind, fixed))
    return Counter(map(_kind, _counted(after))) - expected


def _counted(report: Report) -> Iterable[Finding]:
    return (finding for finding in report.findings if finding.suppression is None)


def _kind(finding: Finding) -> _Kind:
    return finding.rule.id, finding.file, finding.logical_id or ""
