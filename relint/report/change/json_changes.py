"""The differences between templates as JSON: the report of `relint check` with the changes beside the findings."""

from __future__ import annotations

import json
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.change.value_text import plain_value
from relint.report.change.outcomes import outline
from relint.report.formats import render

if TYPE_CHECKING:
    from relint.change.records import Comparison, ResourceChange, ValueChange
    from relint.model.template import Template
    from relint.run.comparison.compare_files import Diff
    from relint.run.comparison.compare_stacks import FileComparison
    from relint.source.location import Path


def render_json_diff(diff: Diff) -> Iterator[str]:
    """Yield the lines of a JSON object, which docs/schemas/diff.schema.json describes; the worst change is first."""
    report = json.loads("\n".join(render(diff.report, "json")))
    changes = [
        {"outcome": row.outcome, **_stack_values(row.entry), **_change_values(row.change, row.entry)}
        for row in outline(diff, show_open=True)
    ]
    files = {"addedTemplates": diff.added, "removedTemplates": diff.removed}
    remarks = [
        {"file": entry.new_file, "message": remark} for entry in diff.comparisons for remark in entry.comparison.remarks
    ]
    yield json.dumps({**report, **files, "remarks": remarks, "changes": changes}, indent=2)


def _stack_values(entry: FileComparison) -> dict[str, Any]:
    """Return the members about the stack: its files, and how it is deployed; a stack that is gone has no new file."""
    gone = entry.gone
    return {
        "file": None if gone else entry.new_file,
        "oldFile": entry.old_file,
        "nestedIn": entry.deployed_as[0] if entry.deployed_as else None,
        "nestedStacks": entry.deployed_as[1:],
        "goneWith": {"file": gone.file, "nestedStack": gone.logical_id or None} if gone else None,
    }


def _change_values(change: ResourceChange, entry: FileComparison) -> dict[str, Any]:
    comparison = entry.comparison
    return {
        "change": change.kind,
        "effect": change.effect,
        "possibleEffect": change.possible_effect,
        "logicalId": change.logical_id,
        "oldLogicalId": change.old.logical_id if change.old else None,
        "resourceType": change.type,
        "oldResourceType": change.old.type if change.old else None,
        "keptName": change.kept_name if change.kind == "renamed" or change.effect == "replaces" else None,
        "line": _line(comparison.new.template, change.new.path) if change.new else None,
        "oldLine": _line(comparison.old.template, change.old.path) if change.old else None,
        "properties": [_value_values(value, comparison) for value in change.properties],
        "attributes": [_value_values(value, comparison) for value in change.attributes],
    }


def _value_values(value: ValueChange, comparison: Comparison) -> dict[str, Any]:
    return {
        "property": value.property,
        "old": plain_value(value.old),
        "new": plain_value(value.new),
        "effect": value.effect,
        "says": value.fact.says,
        "source": value.fact.source,
        "asOf": value.fact.as_of,
        "openReason": value.open_reason or None,
        "replaced": value.replaced or None,
        "renewed": value.renewed or None,
        "line": _line(comparison.new.template, value.new_path),
        "oldLine": _line(comparison.old.template, value.old_path),
    }


def _line(template: Template, path: Path) -> int:
    return template.document.span_of(template.written_path(template.source_path(path))).start.line
