"""JSON schema of rule files, generated from the keys that the rule parser accepts.

https://json-schema.org/draft-07
"""

from __future__ import annotations

from relint._typing import Any
from relint.catalog.clause_compiler import TESTS
from relint.catalog.examples import EXAMPLE_KEYS
from relint.catalog.rule_edits import EDIT_KEYS, EDIT_PATH, SAFETIES
from relint.catalog.rule_parser import CASE_KEYS, ID, NAME, REQUIRED, RULE_KEYS
from relint.catalog.thresholds import THRESHOLDS
from relint.catalog.update_effects import PROPERTY, RESOURCE_TYPE
from relint.catalog.well_architected import PILLAR
from relint.change.effect import EFFECTS
from relint.level import LEVELS

_TEXT = {"type": "string"}
_TEXTS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
_LEVEL = {"enum": list(LEVELS)}
_CASE_LEVEL = {"anyOf": [_LEVEL, {"type": "string", "pattern": "^<[a-z_]+>$"}]}
_CLAUSE_OR_PLACEHOLDER = {"anyOf": [{"$ref": "#/definitions/clause"}, {"type": "string", "pattern": "^<[a-z_]+>$"}]}
_CLAUSES = {"anyOf": [*_CLAUSE_OR_PLACEHOLDER["anyOf"], {"type": "array", "items": _CLAUSE_OR_PLACEHOLDER}]}
_EFFECTS_BY_PROPERTY = {"patternProperties": {f"^{PROPERTY.pattern}$": {"enum": list(EFFECTS)}}}
_OPERATOR_KEYS = ("path", "zones", "fact", "count", "every", "some", "none", "related", "unknown", "with", "default")
_SCHEMAS: dict[str, Any] = {
    "id": {"type": "string", "pattern": f"^{ID.pattern}$"},
    "name": {"type": "string", "pattern": f"^{NAME.pattern}$"},
    "severity": _LEVEL,
    "level": _CASE_LEVEL,
    "priority": {"enum": ["P1", "P2", "P3"]},
    "scope": {"enum": ["resource", "template", "document", "suppression", "change", "comparison", "recovery"]},
    "since": {"type": "string", "pattern": r"^\d{4}\.\d+$"},
    "preview": {"type": "boolean"},
    "aliases": _TEXTS,
    "deployments": {"enum": ["all", "assumed"]},
    "pillar": {"type": "array", "items": {"enum": sorted(PILLAR)}},
    "resources": _TEXTS,
    "attributes": _TEXTS,
    "mentions": _TEXTS,
    "yields_to": _TEXTS,
    "references": {"type": "array", "items": {"type": "string", "pattern": "^https://"}},
    "equivalents": {"type": ["object", "null"], "additionalProperties": _TEXTS},
    "messages": {"type": "object", "additionalProperties": _TEXT},
    "when": _CLAUSES,
    "assert": _CLAUSES,
    "cases": {"type": "array", "items": {"$ref": "#/definitions/case"}, "minItems": 1},
    "table": {"type": "array", "items": {"type": "object", "required": ["resources"]}, "minItems": 1},
    "params": {"type": "object"},
    "update": {
        "type": "object",
        "minProperties": 1,
        "patternProperties": {
            **_EFFECTS_BY_PROPERTY["patternProperties"],
            f"^{RESOURCE_TYPE.pattern}$": {
                "type": "object",
                "minProperties": 1,
                **_EFFECTS_BY_PROPERTY,
                "additionalProperties": False,
            },
        },
        "additionalProperties": False,
    },
    "edits": {"type": "array", "items": {"$ref": "#/definitions/edit"}, "minItems": 1},
    "examples": {
        "type": "object",
        "properties": {
            verdict: {"type": "array", "items": {"$ref": "#/definitions/example"}}
            for verdict in ("fail", "pass", "open", "review")
        },
        "additionalProperties": False,
    },
    "equivalent": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"change": _TEXT, "because": _TEXT},
            "required": ["change", "because"],
            "additionalProperties": False,
        },
    },
}
_LINES = {"type": "array", "items": {"type": "integer", "minimum": 1}}
_EXAMPLE_SCHEMAS: dict[str, Any] = {
    "level": _LEVEL,
    "lines": _LINES,
    "related": {"anyOf": [_LINES, {"type": "object", "additionalProperties": _TEXT}]},
    "message": _TEXTS,
    "parameters": {"type": "object"},
    "thresholds": {
        "type": "object",
        "properties": {name: {"type": "integer"} for name in THRESHOLDS},
        "additionalProperties": False,
    },
}

_CHANGES = {
    "type": "object",
    "minProperties": 1,
    "patternProperties": {f"^{EDIT_PATH.pattern}$": {}},
    "additionalProperties": False,
}
_EDIT: dict[str, Any] = {
    "type": "object",
    "required": ["safety"],
    "anyOf": [{"required": [action]} for action in ("set", "add", "remove")],
    "properties": {
        **dict.fromkeys(EDIT_KEYS, _TEXT),
        "set": _CHANGES,
        "add": _CHANGES,
        "remove": _TEXTS,
        "exists": _TEXTS,
        "absent": _TEXTS,
        "safety": {"enum": list(SAFETIES)},
        "resources": _TEXTS,
        "messages": _TEXTS,
    },
    "additionalProperties": False,
}


def rule_schema() -> dict[str, Any]:
    """Return the schema of a rule file."""
    clause = {
        "type": "object",
        "properties": {
            **{key: {} for key in (*_OPERATOR_KEYS, *TESTS, *(f"not_{test}" for test in TESTS))},
            **dict.fromkeys(("all", "any", "not", "if", "then", "else", "where", "satisfy"), _CLAUSES),
            "level": _CASE_LEVEL,
            "message": _TEXT,
            "at": _TEXT,
        },
        "additionalProperties": False,
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Rule of relint",
        "type": "object",
        "required": [key for key in REQUIRED if key != "resources"],
        "anyOf": [{"required": ["resources"]}, {"required": ["table"]}],
        "properties": {key: _SCHEMAS.get(key, _TEXT) for key in sorted(RULE_KEYS)},
        "additionalProperties": False,
        "definitions": {
            "clause": clause,
            "example": {
                "type": "object",
                "required": ["name"],
                "anyOf": [{"required": ["template"]}, {"required": ["old", "new"]}],
                "properties": {key: _EXAMPLE_SCHEMAS.get(key, _TEXT) for key in EXAMPLE_KEYS},
                "additionalProperties": False,
            },
            "edit": _EDIT,
            "case": {
                "type": "object",
                "properties": {key: _SCHEMAS.get(key, _TEXT) for key in sorted(CASE_KEYS)},
                "additionalProperties": False,
            },
        },
    }
