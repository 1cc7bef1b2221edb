"""Findings on a nested stack, combined over all its deployments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from relint.finding import Finding

if TYPE_CHECKING:
    from relint.stacks.nested import NestedStack


def findings_of_nested_stack(
    findings: Iterable[Finding], child: NestedStack, alone: Iterable[Finding]
) -> list[Finding]:
    """The findings on a nested stack, naming the parent where they are not `alone` true of the template as well.

    What fails in a stack that the parent does not deploy by itself needs no more than a review.
    """
    from relint.evaluate.finding_builder import with_condition

    usual = {_identity(finding) for finding in alone}
    clause = f'it is deployed as "{child.logical_id}" of "{child.parent.document.file}"'
    found = []
    for finding in findings:
        if finding.verdict == "fail" and not child.in_default_deployment and finding.rule.scope != "suppression":
            finding = finding._replace(verdict="review")
        found.append(finding if _identity(finding) in usual else with_condition(finding, clause))
    return found


def _identity(finding: Finding) -> tuple[object, ...]:
    return finding.rule.id, finding.path, finding.verdict


def worst_findings(deployments: Sequence[Sequence[Finding]]) -> list[Finding]:
    """What is said of a template in several deployments: of each rule at each place the worst, once.

    What is open in one is left out if another decides it. What is said of suppressions must hold in every deployment:
    one that is needed in one is needed.
    """
    found: dict[tuple[object, ...], list[Finding]] = {}
    times: dict[tuple[object, ...], int] = {}
    for findings in deployments:
        here: dict[tuple[object, ...], list[Finding]] = {}
        for finding in findings:
            own = finding.message if finding.rule.scope == "suppression" else ""
            here.setdefault((finding.rule.id, finding.path, own), []).append(finding)
        for key, group in here.items():
            times[key] = times.get(key, 0) + 1
            if key not in found or _highest_rank(group) > _highest_rank(found[key]):
                found[key] = group
    everything = [
        finding
        for key, group in found.items()
        for finding in group
        if finding.rule.scope != "suppression" or times[key] == len(deployments)
    ]
    # What is open stands at the resource, what fails often at a property of it.
    decided = {
        (one.rule.id, one.path[:depth])
        for one in everything
        if one.verdict != "open"
        for depth in range(len(one.path) + 1)
    }
    return [one for one in everything if one.verdict != "open" or (one.rule.id, one.path) not in decided]


def _highest_rank(findings: Iterable[Finding]) -> tuple[int, int]:
    return max(finding.severity_rank for finding in findings)
