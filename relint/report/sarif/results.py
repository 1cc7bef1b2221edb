"""Findings as SARIF results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from relint.report.sarif.github_fingerprints import line_hashes
from relint.report.sarif.locations import artifact, context_region, logical_locations, region, resource_location
from relint.report.sarif.messages import message, sentence
from relint.report.sarif.rules import RANKS
from relint.report.source_lines import SourceLines

if TYPE_CHECKING:
    from relint.finding import Finding, Related
    from relint.level import Level

_UNDECIDED_RANK = 10.0


def results(
    findings: Sequence[Finding],
    lines: SourceLines,
    uris: Mapping[str, str],
    indexes: Mapping[str, int],
    *,
    github: bool,
    context: bool,
) -> Iterator[dict[str, Any]]:
    """The results one by one, in the order of the findings.

    `uris` maps files to relative URIs, `indexes` rule ids to their places in the log. GitHub takes every kind for a
    failure, so for `github` what is no failure is a note. `context` adds the lines around each finding.
    """
    hashes = _hashes(findings, lines)
    suppressed = any(finding.suppression for finding in findings)
    for finding in findings:
        failed = finding.verdict == "fail"
        level: Level = finding.level if failed else "note"
        asserted = failed or github
        result: dict[str, Any] = {
            "ruleId": finding.rule.id,
            "ruleIndex": indexes[finding.rule.id],
            "kind": "fail" if asserted else finding.verdict,
            "level": level if asserted else "none",
            "message": message(finding),
            "locations": [_primary(finding, lines, uris, context)],
        }
        if finding.related:
            related = [_related(finding, place, lines, uris) for place in finding.related]
            result["relatedLocations"] = [{"id": number, **place} for number, place in enumerate(related, start=1)]
            result["codeFlows"] = [_code_flow(finding, related, lines, uris)]
        if suppressed:  # SARIF 3.27.23: either every result of a run says whether it is suppressed, or none does
            result["suppressions"] = _suppressions(finding)
        if finding.baseline_state:
            result["baselineState"] = finding.baseline_state
        result["partialFingerprints"] = {
            "primaryLocationLineHash": next(hashes),
            "relintLogicalPath/v1": finding.fingerprint,
        }
        result["rank"] = RANKS[level] if asserted else _UNDECIDED_RANK
        result["properties"] = _properties(finding)
        yield result


def _hashes(findings: Sequence[Finding], lines: SourceLines) -> Iterator[str]:
    """GitHub's hash for each finding.

    GitHub merges results of one rule with one hash, which findings on one line (of one-line JSON) would have: the
    second of them is ":1.2" where the first is ":1". They stay apart for GitLab only if their lines differ.
    """
    for file, of_file in groupby(findings, key=attrgetter("file")):
        group = list(of_file)
        hashes = line_hashes(lines.texts.get(file, ""), {finding.span.start.line for finding in group})
        taken: Counter[tuple[str, int]] = Counter()
        for finding in group:
            line = finding.span.start.line
            found = hashes.get(line) or f"{finding.fingerprint[:16]}:1"
            taken[finding.rule.id, line] += 1
            again = taken[finding.rule.id, line]
            yield found if again == 1 else f"{found}.{again}"


def _primary(finding: Finding, lines: SourceLines, uris: Mapping[str, str], context: bool) -> dict[str, Any]:
    location = _location(finding, finding, lines, uris)
    around = context_region(lines, finding.file, finding.span) if context else None
    if around:
        location["physicalLocation"]["contextRegion"] = around
    logical = logical_locations(finding)
    if logical:
        location["logicalLocations"] = logical
    return location


def _related(finding: Finding, place: Related, lines: SourceLines, uris: Mapping[str, str]) -> dict[str, Any]:
    location = {"message": {"text": sentence(place.message)}, **_location(finding, place, lines, uris)}
    if place.logical_id:
        location["logicalLocations"] = [resource_location(place.logical_id)]
    return location


def _location(
    finding: Finding, place: Finding | Related, lines: SourceLines, uris: Mapping[str, str]
) -> dict[str, Any]:
    found = region(lines, finding.file, place.span)
    return {"physicalLocation": {"artifactLocation": artifact(uris[finding.file]), "region": found}}


def _code_flow(
    finding: Finding, related: list[dict[str, Any]], lines: SourceLines, uris: Mapping[str, str]
) -> dict[str, Any]:
    first = {"message": {"text": sentence(finding.rule.title)}, **_location(finding, finding, lines, uris)}
    return {"threadFlows": [{"locations": [{"location": location} for location in (first, *related)]}]}


def _suppressions(finding: Finding) -> list[dict[str, Any]]:
    if finding.suppression is None:
        return []
    kind, why = finding.suppression.kind, finding.suppression.justification
    return [{"kind": kind, "status": "accepted", "justification": why}]


def _properties(finding: Finding) -> dict[str, Any]:
    facts = {
        "relint/resourceType": finding.resource_type,
        "relint/propertyPath": ".".join(map(str, finding.path)),
        "relint/level": None if finding.verdict == "fail" else finding.level,
        "relint/scenario": finding.scenario,
        "relint/reason": finding.reason,
    }
    return {key: value for key, value in facts.items() if value}
