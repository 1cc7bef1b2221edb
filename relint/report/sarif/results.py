"""Findings as SARIF results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from relint._typing import TYPE_CHECKING, Any
from relint.report.sarif.github_fingerprints import hash_lines
from relint.report.sarif.locations import (
    build_artifact_location,
    build_context_region,
    build_edited_region,
    build_logical_locations,
    build_region,
    build_resource_location,
)
from relint.report.sarif.messages import build_message, to_sentence
from relint.report.sarif.rules import RANKS

if TYPE_CHECKING:
    from relint.finding import Finding, Related
    from relint.fixes.proposals import Proposal
    from relint.level import Level
    from relint.report.fixes import FixFinder
    from relint.report.source_lines import SourceLines

_OPEN_OR_REVIEW_RANK = 10.0


class ResultBuilder:
    """Builds the results of one log.

    `uris` maps files to URIs, `rule_indexes` maps rule ids to indexes in the log. GitHub takes every kind of result
    for a failure, so with `as_failures` a finding that does not fail becomes a failure at level note. `with_context`
    adds the lines around each finding, and `fix_finder` its fixes.
    """

    def __init__(
        self,
        lines: SourceLines,
        uris: Mapping[str, str],
        rule_indexes: Mapping[str, int],
        *,
        as_failures: bool,
        with_context: bool,
        fix_finder: FixFinder | None = None,
    ) -> None:
        self._lines = lines
        self._uris = uris
        self._rule_indexes = rule_indexes
        self._as_failures = as_failures
        self._with_context = with_context
        self._fix_finder = fix_finder

    def build_all(self, findings: Sequence[Finding]) -> Iterator[dict[str, Any]]:
        """Yield the results one by one, in the order of the findings, which must be sorted by file."""
        has_suppressions = any(finding.suppression for finding in findings)
        for finding, line_hash in zip(findings, _line_hashes(findings, self._lines), strict=True):
            yield self._build(finding, line_hash, has_suppressions=has_suppressions)

    def _build(self, finding: Finding, line_hash: str, *, has_suppressions: bool) -> dict[str, Any]:
        fails = finding.verdict == "fail"
        level: Level = finding.level if fails else "note"
        is_failure = fails or self._as_failures
        result: dict[str, Any] = {
            "ruleId": finding.rule.id,
            "ruleIndex": self._rule_indexes[finding.rule.id],
            "kind": "fail" if is_failure else finding.verdict,
            "level": level if is_failure else "none",
            "message": build_message(finding),
            "locations": [self._primary_location(finding)],
        }
        if finding.related:
            locations = [self._related_location(finding, related) for related in finding.related]
            result["relatedLocations"] = [{"id": number, **location} for number, location in enumerate(locations, 1)]
            result["codeFlows"] = [self._code_flow(finding, locations)]
        fixes = [self._fix(finding.file, fix) for fix in self._fix_finder.fixes(finding)] if self._fix_finder else []
        if fixes:
            result["fixes"] = fixes
        if has_suppressions:  # SARIF 3.27.23: either all results of a run have `suppressions`, or none has
            result["suppressions"] = _suppressions(finding)
        if finding.baseline_state:
            result["baselineState"] = finding.baseline_state
        result["partialFingerprints"] = {
            "primaryLocationLineHash": line_hash,
            "relintLogicalPath/v1": finding.fingerprint,
        }
        result["rank"] = RANKS[level] if is_failure else _OPEN_OR_REVIEW_RANK
        result["properties"] = _properties(finding)
        return result

    def _primary_location(self, finding: Finding) -> dict[str, Any]:
        location = self._location(finding.file, finding)
        context = build_context_region(self._lines, finding.file, finding.span) if self._with_context else None
        if context:
            location["physicalLocation"]["contextRegion"] = context
        logical_locations = build_logical_locations(finding)
        if logical_locations:
            location["logicalLocations"] = logical_locations
        return location

    def _related_location(self, finding: Finding, related: Related) -> dict[str, Any]:
        location = {
            "message": {"text": to_sentence(related.message)},
            **self._location(related.file or finding.file, related),
        }
        if related.logical_id:
            location["logicalLocations"] = [build_resource_location(related.logical_id)]
        return location

    def _location(self, file: str, located: Finding | Related) -> dict[str, Any]:
        region = build_region(self._lines, file, located.span)
        return {"physicalLocation": {"artifactLocation": build_artifact_location(self._uris[file]), "region": region}}

    def _fix(self, file: str, proposed: Proposal) -> dict[str, Any]:
        replacements: list[dict[str, Any]] = []
        for edit in proposed.text_edits:
            region = build_edited_region(self._lines.texts[file], edit.start, edit.end)
            replacements.append({"deletedRegion": region, "insertedContent": {"text": edit.text}})
        change = {"artifactLocation": build_artifact_location(self._uris[file]), "replacements": replacements}
        return {
            "description": {"text": to_sentence(proposed.fix.description)},
            "artifactChanges": [change],
            "properties": {"safety": proposed.fix.safety},
        }

    def _code_flow(self, finding: Finding, related_locations: list[dict[str, Any]]) -> dict[str, Any]:
        message = {"text": to_sentence(finding.rule.title)}
        first = {"message": message, **self._location(finding.file, finding)}
        return {"threadFlows": [{"locations": [{"location": location} for location in (first, *related_locations)]}]}


def _line_hashes(findings: Sequence[Finding], lines: SourceLines) -> Iterator[str]:
    """Yield GitHub's line hash for each finding.

    GitHub merges results of one rule with equal hashes, which findings on one line (of one-line JSON) would have: the
    second of them is ":1.2" where the first is ":1". GitLab keeps them apart only if their lines differ.
    """
    for file, findings_in_file in groupby(findings, key=attrgetter("file")):
        group = list(findings_in_file)
        hashes = hash_lines(lines.texts.get(file, ""), {finding.span.start.line for finding in group})
        occurrences: Counter[tuple[str, int]] = Counter()
        for finding in group:
            line = finding.span.start.line
            line_hash = hashes.get(line) or f"{finding.fingerprint[:16]}:1"
            occurrences[finding.rule.id, line] += 1
            occurrence = occurrences[finding.rule.id, line]
            yield line_hash if occurrence == 1 else f"{line_hash}.{occurrence}"


def _suppressions(finding: Finding) -> list[dict[str, Any]]:
    if finding.suppression is None:
        return []
    suppression = finding.suppression
    result: dict[str, Any] = {
        "kind": suppression.kind,
        "status": "accepted",
        "justification": suppression.justification,
    }
    properties = {"relint/owner": suppression.owner, "relint/until": suppression.until}
    properties = {key: value for key, value in properties.items() if value}
    return [{**result, "properties": properties} if properties else result]


def _properties(finding: Finding) -> dict[str, Any]:
    properties = {
        "relint/resourceType": finding.resource_type,
        "relint/propertyPath": ".".join(map(str, finding.path)),
        "relint/level": None if finding.verdict == "fail" else finding.level,
        "relint/scenario": finding.scenario,
        "relint/reason": finding.reason,
        "relint/environments": list(finding.environments),
        **dict(finding.properties),
    }
    return {key: value for key, value in properties.items() if value}
