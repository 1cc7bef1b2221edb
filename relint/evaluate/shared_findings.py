"""Findings about the Globals of SAM, which are reported once for all resources that take the value."""

from __future__ import annotations

from collections.abc import Iterable

from relint._typing import TYPE_CHECKING
from relint.evaluate.finding_builder import related_place

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.model.template import Template
    from relint.source.location import Path

_NAMED_RESOURCES = 3


def merge_shared_findings(template: Template, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with one finding for each rule and value in Globals, at the place of the first.

    It is the most severe of those that no suppression applies to; a further location names the other resources.
    """
    merged: list[Finding] = []
    groups: dict[tuple[str, Path], list[Finding]] = {}
    for finding in findings:
        if not finding.globals_of:
            merged.append(finding)
            continue
        group = groups.setdefault((finding.rule.id, finding.path), [])
        if not group:
            merged.append(finding)
        group.append(finding)
    return [
        _merge(template, groups[finding.rule.id, finding.path]) if finding.globals_of else finding for finding in merged
    ]


def _merge(template: Template, group: list[Finding]) -> Finding:
    findings = [finding for finding in group if not finding.suppression] or group
    worst = max(findings, key=lambda finding: finding.severity_rank)  # the first of equals
    others = list(dict.fromkeys(finding.globals_of for finding in findings if finding.globals_of != worst.globals_of))
    if not others:
        return worst._replace(globals_of=())
    names = [f"'{path[-1]}'" for path in others[:_NAMED_RESOURCES]]
    if len(others) > _NAMED_RESOURCES:
        names[-1] = f"{len(others) - _NAMED_RESOURCES + 1} more"
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    verb = "takes" if len(others) == 1 else "take"
    message = f"{listed} {verb} this value from Globals, too."
    related = related_place(template, worst.file, others[0], message, str(others[0][-1]))
    return worst._replace(globals_of=(), related=(*worst.related, related))
