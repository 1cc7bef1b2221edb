"""The JSON schema of relint.yaml, for completion in editors (https://json-schema.org/draft-07)."""

from __future__ import annotations

from relint._about import RELEASES
from relint._typing import Any
from relint.catalog.rule_sets import RULESET_CHOICES
from relint.catalog.thresholds import THRESHOLDS
from relint.level import LEVELS
from relint.settings.options import NESTABLE_OPTIONS, OPTIONS, SUPPRESSION_KEYS, Option

_DRAFT = "http://json-schema.org/draft-07/schema#"
_TEXT_OR_LIST = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_SCALAR = {"type": ["string", "number", "boolean"]}


def configuration_schema() -> dict[str, Any]:
    """Return the schema of relint.yaml."""
    nested_options = {name: _option_schema(OPTIONS[name]) for name in NESTABLE_OPTIONS}
    layer = {"type": "object", "properties": nested_options, "additionalProperties": False}
    return {
        "$schema": _DRAFT,
        "title": "Configuration of relint",
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _option_schema(option) for name, option in OPTIONS.items()},
        "definitions": {"layer": layer},
    }


def _option_schema(option: Option) -> dict[str, Any]:
    if option.type == "layers":
        layers = {"$ref": "#/definitions/layer"}
        return {"type": "object", "description": option.description, "additionalProperties": layers}
    return {"description": option.description, **_value_schema(option)}


def _value_schema(option: Option) -> dict[str, Any]:
    if option.type == "flag":
        return {"type": "boolean"}
    if option.type == "choice":
        return {"enum": list(option.choices)}
    if option.type == "ruleset":
        return {"enum": [*RULESET_CHOICES, *map(float, RELEASES)]}  # a number, without quotes
    if option.type == "texts":
        return {"type": "array", "items": {"enum": list(option.choices)}} if option.choices else _TEXT_OR_LIST
    if option.type == "levels":
        return {"type": "object", "additionalProperties": {"enum": list(LEVELS)}}
    if option.type == "numbers":
        return _thresholds_schema()
    if option.type == "parameters":
        return _parameters_schema()
    if option.type == "suppressions":
        return _suppressions_schema()
    return _SCALAR


def _thresholds_schema() -> dict[str, Any]:
    numbers = {
        name: {
            "type": "integer",
            "minimum": threshold.minimum,
            "default": threshold.default,
            "description": threshold.meaning,
        }
        for name, threshold in THRESHOLDS.items()
    }
    return {"type": "object", "properties": numbers, "additionalProperties": False}


def _parameters_schema() -> dict[str, Any]:
    """Return the schema of values, the name of a file, or a list of both."""
    scalar_or_list = {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}
    item_types = [{"type": "string"}, {"type": "object", "additionalProperties": scalar_or_list}]
    return {"anyOf": [*item_types, {"type": "array", "items": {"anyOf": item_types}}]}


def _suppressions_schema() -> dict[str, Any]:
    entry = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in SUPPRESSION_KEYS},
        "required": ["rule", "reason"],
        "additionalProperties": False,
    }
    return {"type": "array", "items": entry}
