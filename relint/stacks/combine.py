"""Findings on a nested stack, combined over all its deployments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.finding import Finding

if TYPE_CHECKING:
    from relint.stacks.nested import NestedStack
    from relint.stacks.traversal import Stack

_Key = tuple[object, ...]


def findings_of_deployments(
    deployments: Sequence[tuple[Stack, list[Finding]]], standalone_findings: Sequence[Finding]
) -> list[Finding]:
    """Return the findings on a file that nested stacks deploy, from the findings on each of these stacks."""
    in_production: dict[object, list[list[Finding]]] = {}
    for stack, findings in deployments:
        if stack.nested_stack and stack.nested_stack.is_production:
            in_production.setdefault(stack.ancestors, []).append(findings)
    return worst_findings(
        [
            findings_of_nested_stack(
                findings,
                stack.nested_stack,
                standalone_findings,
                in_production.get(stack.ancestors, ()) if stack.nested_stack.test_stage else (),
            )
            for stack, findings in deployments
            if stack.nested_stack
        ]
    )


def findings_of_nested_stack(
    findings: Iterable[Finding],
    nested_stack: NestedStack,
    standalone_findings: Iterable[Finding],
    in_production: Sequence[Sequence[Finding]] = (),
) -> list[Finding]:
    """Return the findings on one deployment of a nested stack, as they are reported.

    Findings that the template does not have by itself name the parent. A failure becomes a review if the parent's
    default deployment does not include the stack with these values, and then names its condition. Other values than
    those of the default deployment decide nothing but such reviews. If the default deployment is a test stage, a
    failure becomes a review where the findings of the same stack `in_production` have none of the rule on the resource.
    """
    from relint.evaluate.finding_builder import with_condition

    standalone_keys = {_verdict_key(finding) for finding in standalone_findings}
    clause = f'it is deployed as "{nested_stack.logical_id}" of "{nested_stack.parent.document.file}"'
    if nested_stack.condition:
        clause += f" and {nested_stack.condition}"
    combined = []
    for finding in findings:
        if nested_stack.is_alternative and (finding.verdict == "open" or finding.rule.deployments != "all"):
            continue
        is_about_deployment = finding.rule.scope in ("resource", "template")
        if is_about_deployment and finding.verdict == "fail" and not nested_stack.in_default_deployment:
            combined.append(with_condition(finding._replace(verdict="review"), clause))
        elif is_about_deployment and finding.verdict == "fail" and _is_right_in(in_production, finding):
            combined.append(
                with_condition(finding._replace(verdict="review"), f"{clause} and {nested_stack.test_stage}")
            )
        else:
            combined.append(finding if _verdict_key(finding) in standalone_keys else with_condition(finding, clause))
    return combined


def _is_right_in(in_production: Sequence[Sequence[Finding]], finding: Finding) -> bool:
    """Whether no deployment in production has a finding of the rule on the resource."""
    key = finding.rule.id, finding.path[:2]
    return bool(in_production) and all(
        (other.rule.id, other.path[:2]) != key for findings in in_production for other in findings
    )


def worst_findings(deployments: Sequence[Sequence[Finding]]) -> list[Finding]:
    """Return the worst findings of each rule at each path, over all deployments.

    An open finding is left out if another deployment decides its rule. A finding about a suppression must appear in
    every deployment: a suppression that one deployment needs is needed.
    """
    findings = list(_worst_of_each_key(deployments))
    decided = {
        (finding.rule.id, finding.path[:depth])  # open findings point to a resource, failures often to its property
        for finding in findings
        if finding.verdict != "open"
        for depth in range(len(finding.path) + 1)
    }
    return [
        finding for finding in findings if finding.verdict != "open" or (finding.rule.id, finding.path) not in decided
    ]


def _worst_of_each_key(deployments: Sequence[Sequence[Finding]]) -> Iterator[Finding]:
    worst: dict[_Key, list[Finding]] = {}
    deployment_counts: dict[_Key, int] = {}
    for findings in deployments:
        for key, group in _by_rule_and_path(findings).items():
            deployment_counts[key] = deployment_counts.get(key, 0) + 1
            if key not in worst or _highest_rank(group) > _highest_rank(worst[key]):
                worst[key] = group
    for key, group in worst.items():
        for finding in group:
            if finding.rule.scope != "suppression" or deployment_counts[key] == len(deployments):
                yield finding


def _by_rule_and_path(findings: Iterable[Finding]) -> dict[_Key, list[Finding]]:
    """Return findings by rule and path.

    Findings about suppressions are also by message, as one line can contain several suppressions.
    """
    groups: dict[_Key, list[Finding]] = {}
    for finding in findings:
        message = finding.message if finding.rule.scope == "suppression" else ""
        groups.setdefault((finding.rule.id, finding.path, message), []).append(finding)
    return groups


def _verdict_key(finding: Finding) -> _Key:
    return finding.rule.id, finding.path, finding.verdict


def _highest_rank(findings: Iterable[Finding]) -> tuple[int, int]:
    return max(finding.severity_rank for finding in findings)
