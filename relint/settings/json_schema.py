"""JSON schemas, made from what the code accepts, for completion in editors (https://json-schema.org/draft-07)."""

from __future__ import annotations

from typing import Any

from relint.catalog.thresholds import THRESHOLDS
from relint.level import LEVELS
from relint.settings.options import NESTABLE_OPTIONS, OPTIONS, SUPPRESSION_KEYS, Option

_DRAFT = "http://json-schema.org/draft-07/schema#"
_WORDS = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_SCALAR = {"type": ["string", "number", "boolean"]}


def configuration_schema() -> dict[str, Any]:
    """The schema of relint.yaml."""
    inner = {name: _property(OPTIONS[name]) for name in NESTABLE_OPTIONS}
    layer = {"type": "object", "properties": inner, "additionalProperties": False}
    outer = {
        name: {
            "type": "object",
            "description": key.description,
            "additionalProperties": {"$ref": "#/definitions/layer"},
        }
        if key.type == "layers"
        else _property(key)
        for name, key in OPTIONS.items()
    }
    return {
        "$schema": _DRAFT,
        "title": "Configuration of relint",
        "type": "object",
        "additionalProperties": False,
        "properties": outer,
        "definitions": {"layer": layer},
    }


def _property(key: Option) -> dict[str, Any]:
    return {"description": key.description, **_kind(key)}


def _kind(key: Option) -> dict[str, Any]:
    if key.type == "flag":
        return {"type": "boolean"}
    if key.type == "choice":
        return {"enum": list(key.choices)}
    if key.type == "words":
        return {"type": "array", "items": {"enum": list(key.choices)}} if key.choices else _WORDS
    if key.type == "levels":
        return {"type": "object", "additionalProperties": {"enum": list(LEVELS)}}
    if key.type == "numbers":
        numbers = {
            name: {"type": "integer", "minimum": one.minimum, "default": one.default, "description": one.meaning}
            for name, one in THRESHOLDS.items()
        }
        return {"type": "object", "properties": numbers, "additionalProperties": False}
    if key.type == "parameters":
        values = {"type": "object", "additionalProperties": {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}}
        one = {"anyOf": [{"type": "string"}, values]}
        return {"anyOf": [*one["anyOf"], {"type": "array", "items": one}]}
    if key.type == "suppressions":
        entry = {
            "type": "object",
            "properties": {name: {"type": "string"} for name in SUPPRESSION_KEYS},
            "required": ["rule", "reason"],
            "additionalProperties": False,
        }
        return {"type": "array", "items": entry}
    return _SCALAR
