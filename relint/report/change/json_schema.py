"""The JSON schema of the differences between templates."""

from __future__ import annotations

from relint._typing import Any
from relint.change.effect import CHANGE_EFFECTS
from relint.report.change.outcomes import OUTCOMES
from relint.report.json_report import closed_object, report_schema

_TEXT, _OPTIONAL_TEXT, _OPTIONAL_LINE = {"type": "string"}, {"type": ["string", "null"]}, {"type": ["integer", "null"]}
_TEXTS = {"type": "array", "items": _TEXT}
_LINE, _VALUE = {"type": "integer"}, {"type": ["string", "array", "object", "null"]}


def diff_schema() -> dict[str, Any]:
    """Return the JSON schema of differences, which is that of the report with the changes."""
    schema = report_schema()
    members = {
        **schema["properties"],
        "addedTemplates": _TEXTS,
        "removedTemplates": _TEXTS,
        "remarks": {"type": "array", "items": closed_object({"file": _TEXT, "message": _TEXT})},
        "changes": {"type": "array", "items": closed_object(_change_members())},
    }
    return {**schema, "title": "Differences between templates", **closed_object(members)}


def _change_members() -> dict[str, Any]:
    effect = {"enum": list(CHANGE_EFFECTS)}
    values = {"type": "array", "items": closed_object(_value_members(effect))}
    gone = closed_object({"file": _TEXT, "nestedStack": _OPTIONAL_TEXT})
    return {
        "outcome": {"enum": list(OUTCOMES)},
        "change": {"enum": ["added", "removed", "renamed", "retyped", "modified"]},
        **dict.fromkeys(("effect", "possibleEffect"), effect),
        **dict.fromkeys(("oldFile", "logicalId", "resourceType"), _TEXT),
        **dict.fromkeys(("file", "nestedIn", "oldLogicalId", "oldResourceType", "keptName"), _OPTIONAL_TEXT),
        **dict.fromkeys(("line", "oldLine"), _OPTIONAL_LINE),
        "nestedStacks": _TEXTS,
        "goneWith": {"anyOf": [{"type": "null"}, gone]},
        **dict.fromkeys(("properties", "attributes"), values),
    }


def _value_members(effect: dict[str, Any]) -> dict[str, Any]:
    return {
        **dict.fromkeys(("property", "says", "source", "asOf"), _TEXT),
        **dict.fromkeys(("old", "new"), _VALUE),
        "effect": effect,
        **dict.fromkeys(("openReason", "replaced", "renewed"), _OPTIONAL_TEXT),
        **dict.fromkeys(("line", "oldLine"), _LINE),
    }
