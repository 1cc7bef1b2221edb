"""Report as JSON, in relint's own format; `version` increases with every incompatible change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.report.fixes import FixFinder
from relint.report.repository_paths import paths_from_root
from relint.report.summary import summarize

if TYPE_CHECKING:
    from relint.finding import Failure, Finding, Report, Suppression
    from relint.fixes.proposals import Proposal
    from relint.source.location import Path, Span

VERSION = 1


def render_json(report: Report) -> Iterator[str]:
    """Yield the lines of a JSON object, with one line for each finding.

    The object includes open and suppressed findings. `pointer` is the JSON Pointer (RFC 6901) to the node in the
    template. docs/schemas/report.schema.json describes the format.
    """
    paths = paths_from_root(report)
    yield "{"
    yield f'"version": {VERSION},'
    yield f'"summary": {json.dumps(summary_values(report))},'
    yield f'"templates": {json.dumps(report.templates)},'
    yield f'"skipped": {json.dumps(dict(report.skipped))},'
    yield from _array("failures", [failure_values(failure) for failure in report.failures], end=",")
    yield from _array("unjudged", [entry._asdict() for entry in report.unjudged], end=",")
    finder = FixFinder(report)
    yield from _array("findings", [_finding_values(finding, paths, finder) for finding in report.results], end="")
    yield "}"


def summary_values(report: Report) -> dict[str, int]:
    """Return the numbers of a report by the names that they have in JSON."""
    values: dict[str, int] = summarize(report)._asdict()
    values["known"] = values.pop("suppressed_by_baseline")
    return values


def _array(name: str, entries: list[dict[str, Any]], *, end: str) -> Iterator[str]:
    yield f'"{name}": ['
    for number, entry in enumerate(entries, 1):
        yield json.dumps(entry) + ("," if number < len(entries) else "")
    yield f"]{end}"


def failure_values(failure: Failure) -> dict[str, Any]:
    """Return the object for a failure."""
    return {"file": failure.file, "stage": failure.stage, "message": failure.message, "span": _span(failure.span)}


def _finding_values(finding: Finding, paths: Mapping[str, str], finder: FixFinder) -> dict[str, Any]:
    """Return the members of a finding; its file is named as in the call, its fingerprint as in all other reports."""
    suppression = finding.suppression
    return {
        "rule": finding.rule.id,
        "name": finding.rule.name,
        "title": finding.rule.title,
        "verdict": finding.verdict,
        "level": finding.level,
        "message": finding.message,
        "file": finding.file,
        "span": _span(finding.span),
        "pointer": _pointer(finding.path),
        "logicalId": finding.logical_id,
        "resourceType": finding.resource_type,
        "constructPath": finding.cdk_path,
        "scenario": finding.scenario,
        "reason": finding.reason,
        "environments": finding.environments,
        "related": [
            {
                "message": related.message,
                "file": related.file or finding.file,
                "pointer": _pointer(related.path),
                "span": _span(related.span),
                "logicalId": related.logical_id,
            }
            for related in finding.related
        ],
        "fixes": [_fix_values(proposed) for proposed in finder.fixes(finding)],
        "suppression": _suppression_values(suppression) if suppression else None,
        "baseline": finding.baseline_state,
        "fingerprint": finding._replace(file=paths.get(finding.file, finding.file)).fingerprint,
    }


def _fix_values(proposed: Proposal) -> dict[str, Any]:
    document, fix = proposed.document, proposed.fix
    edits = [
        {"span": _span(document.source.span(edit.start, edit.end)), "text": edit.text} for edit in proposed.text_edits
    ]
    return {"title": fix.title, "safety": fix.safety, "because": fix.because, "edits": edits}


def _suppression_values(suppression: Suppression) -> dict[str, Any]:
    return {
        "kind": suppression.kind,
        "justification": suppression.justification,
        "owner": suppression.owner,
        "until": suppression.until,
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {
        "start": {"line": span.start.line, "column": span.start.column},
        "end": {"line": span.end.line, "column": span.end.column},
    }


def _pointer(path: Path) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def report_schema() -> dict[str, Any]:
    """Return the JSON schema of the report (https://json-schema.org/draft-07)."""
    text, optional_text = {"type": "string"}, {"type": ["string", "null"]}
    position = {"type": "object", "properties": {"line": {"type": "integer"}, "column": {"type": "integer"}}}
    span = {
        "type": ["object", "null"],
        "properties": {"start": position, "end": position},
        "additionalProperties": False,
    }
    related = {"message": text, "file": text, "pointer": text, "span": span, "logicalId": optional_text}
    suppression = {
        "kind": {"enum": ["inSource", "external"]},
        "justification": text,
        "owner": optional_text,
        "until": optional_text,
    }
    fix = {
        "title": text,
        "safety": {"enum": ["safe", "unsafe"]},
        "because": text,
        "edits": {"type": "array", "items": closed_object({"span": span, "text": text})},
    }
    finding = {
        **dict.fromkeys(("rule", "name", "title", "message", "file", "pointer", "fingerprint"), text),
        **dict.fromkeys(("logicalId", "resourceType", "constructPath", "scenario", "reason"), optional_text),
        "verdict": {"enum": ["fail", "review", "open"]},
        "level": {"enum": ["error", "warning", "note"]},
        "span": span,
        "environments": {"type": "array", "items": text},
        "related": {"type": "array", "items": closed_object(related)},
        "fixes": {"type": "array", "items": closed_object(fix)},
        "suppression": {"anyOf": [{"type": "null"}, closed_object(suppression)]},
        "baseline": {"enum": ["new", "unchanged", None]},
    }
    failure = {"file": text, "stage": text, "message": text, "span": span}
    integer = {"type": "integer"}
    optional_line = {"type": ["integer", "null"]}
    kinds = ["type", "macro", "include", "module", "nested stack", "stack relations"]
    unjudged = {"file": text, "kind": {"enum": kinds}, "name": text, "number": integer, "line": optional_line}
    report = {
        "version": {"const": VERSION},
        "summary": {"type": "object", "additionalProperties": {"type": "integer"}},
        "templates": {"type": "array", "items": text},
        "skipped": {"type": "object", "additionalProperties": text},
        "failures": {"type": "array", "items": closed_object(failure)},
        "unjudged": {"type": "array", "items": closed_object(unjudged)},
        "findings": {"type": "array", "items": closed_object(finding)},
    }
    title = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Report of relint"}
    return {**title, **closed_object(report)}


def closed_object(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with exactly these properties."""
    return {"type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False}
