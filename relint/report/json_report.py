"""A report as JSON, in a form of its own that keeps its promises: `version` changes when a reader must."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.report.summary import summarize

if TYPE_CHECKING:
    from relint.finding import Failure, Finding, Report
    from relint.source.location import Path, Span

VERSION = 1


def render_json(report: Report) -> Iterator[str]:
    """The lines of a JSON object, one line a finding; docs/schemas/report.schema.json describes it.

    Everything is in it, what is open or suppressed as well. `pointer` is the JSON Pointer (RFC 6901) to the node.
    """
    summary = summarize(report)._asdict()
    yield "{"
    yield f'"version": {VERSION},'
    yield f'"summary": {json.dumps(summary)},'
    yield f'"templates": {json.dumps(report.templates)},'
    yield f'"skipped": {json.dumps(dict(report.skipped))},'
    yield from _array("failures", [_failure(one) for one in report.failures], ",")
    yield from _array("findings", [_finding(one) for one in report.findings], "")
    yield "}"


def _array(name: str, entries: list[dict[str, Any]], end: str) -> Iterator[str]:
    yield f'"{name}": ['
    for number, entry in enumerate(entries, 1):
        yield json.dumps(entry) + ("," if number < len(entries) else "")
    yield f"]{end}"


def _failure(failure: Failure) -> dict[str, Any]:
    return {"file": failure.file, "stage": failure.stage, "message": failure.message, "span": _span(failure.span)}


def _finding(finding: Finding) -> dict[str, Any]:
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
        "related": [
            {
                "message": one.message,
                "pointer": _pointer(one.path),
                "span": _span(one.span),
                "logicalId": one.logical_id,
            }
            for one in finding.related
        ],
        "suppression": {"kind": suppression.kind, "justification": suppression.justification} if suppression else None,
        "baseline": finding.baseline_state,
        "fingerprint": finding.fingerprint,
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
    """The JSON schema of the report (https://json-schema.org/draft-07)."""
    text, maybe = {"type": "string"}, {"type": ["string", "null"]}
    place = {"type": "object", "properties": {"line": {"type": "integer"}, "column": {"type": "integer"}}}
    span = {"type": ["object", "null"], "properties": {"start": place, "end": place}, "additionalProperties": False}
    related = {"message": text, "pointer": text, "span": span, "logicalId": maybe}
    suppression = {"kind": {"enum": ["inSource", "external"]}, "justification": text}
    finding = {
        **dict.fromkeys(("rule", "name", "title", "message", "file", "pointer", "fingerprint"), text),
        **dict.fromkeys(("logicalId", "resourceType", "constructPath", "scenario", "reason"), maybe),
        "verdict": {"enum": ["fail", "review", "open"]},
        "level": {"enum": ["error", "warning", "note"]},
        "span": span,
        "related": {"type": "array", "items": _closed(related)},
        "suppression": {"anyOf": [{"type": "null"}, _closed(suppression)]},
        "baseline": {"enum": ["new", "unchanged", None]},
    }
    failure = {"file": text, "stage": text, "message": text, "span": span}
    whole = {
        "version": {"const": VERSION},
        "summary": {"type": "object", "additionalProperties": {"type": "integer"}},
        "templates": {"type": "array", "items": text},
        "skipped": {"type": "object", "additionalProperties": text},
        "failures": {"type": "array", "items": _closed(failure)},
        "findings": {"type": "array", "items": _closed(finding)},
    }
    title = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Report of relint"}
    return {**title, **_closed(whole)}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False}
