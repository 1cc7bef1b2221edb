"""The JSON schemas of the configuration and of rules."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from relint.catalog.json_schema import rule_schema
from relint.settings.json_schema import configuration_schema
from relint.source.read import read_document
from tests.helpers.paths import ROOT
from tests.helpers.rules import RULE

WRONG_IN_EXAMPLES: list[dict[str, Any]] = [
    {"level": "high"},
    {"lines": [0]},
    {"lines": ["a"]},
    {"lines": 3},
    {"related": "a"},
    {"related": ["a"]},
    {"related": {"3": 3}},
    {"message": 3},
    {"parameters": []},
    {"thresholds": []},
    {"thresholds": {"min": 3}},
    {"thresholds": {"min_azs": "a"}},
    {"unheard": "a"},
]
"""Parts that an example cannot have."""


def test_schema_accepts_and_rejects_the_same_configurations_as_relint() -> None:
    schema = jsonschema.Draft7Validator(configuration_schema())
    schema.validate({"ruleset": "core", "environments": {"dev": {"parameters": ["dev.json", {"A": 1}]}}})
    assert list(schema.iter_errors({"rulset": "core"}))
    assert list(schema.iter_errors({"environments": {"dev": {"exclude": []}}}))


def test_schema_accepts_the_same_rules_as_relint() -> None:
    schema = jsonschema.Draft7Validator(rule_schema())
    for file in sorted((ROOT / "rules").rglob("*.yaml")):
        document = read_document(file.read_bytes(), str(file))
        assert not [error.message for error in schema.iter_errors(document.data)], file
    assert list(schema.iter_errors({"id": "X"}))


@pytest.mark.parametrize(
    "change",
    [
        {"severity": "high"},
        {"messages": {"few": 3}},
        {"messages": "few"},
        {"assert": [{"pth": "$.A"}]},
        {"assert": [{"path": "$.A", "min": 1, "level": "high"}]},
        {"assert": [{"path": "$.A", "min": 1, "message": ["a"]}]},
        {"assert": [{"any": [{"pth": "$.A"}]}]},
        {"assert": [{"every": "$.A", "satisfy": [{"pth": "$.B"}]}]},
        {"assert": [{"count": "$.A", "where": [{"pth": "$.B"}]}]},
        {"when": [{"pth": "$.A"}]},
        {"cases": []},
        {"cases": [{"asert": []}]},
        {"table": []},
        {"table": [{"path": "$.A"}]},
        {"params": []},
        {"update": {}},
        {"update": {"MultiAZ": "sometimes"}},
        {"update": {"AWS::RDS::DBInstance": {}}},
        {"update": {"AWS::RDS::DBInstance": {"MultiAZ": "sometimes"}}},
        {"update": []},
        {"examples": {"fails": []}},
        {"examples": {"fail": {}}},
        {"examples": {"pass": [{"name": "a"}]}},
        {"examples": {"open": [{"template": "a"}]}},
        *({"examples": {"review": [{"name": "a", "template": "b", **more}]}} for more in WRONG_IN_EXAMPLES),
        {"equivalent": {}},
        {"equivalent": [{"change": "a"}]},
        {"equivalent": [{"because": "a"}]},
        {"equivalent": [{"change": "a", "because": "b", "why": "c"}]},
        {"equivalent": [{"change": 1, "because": "b"}]},
        {"equivalent": [{"change": "a", "because": 1}]},
        {"resources": None},
        {"title": None},
        {"unheard": "a"},
    ],
    ids=str,
)
def test_schema_rejects_a_rule_with(change: dict[str, Any]) -> None:
    schema = jsonschema.Draft7Validator(rule_schema())
    rule = {**RULE, "assert": [{"path": "$.A", "min": 1}]}
    assert schema.is_valid(rule)
    assert not schema.is_valid({key: value for key, value in {**rule, **change}.items() if value is not None})
