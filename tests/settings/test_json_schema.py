"""The JSON schemas of the configuration and of rules."""

from __future__ import annotations

import jsonschema

from relint.catalog.json_schema import rule_schema
from relint.settings.json_schema import configuration_schema
from relint.source.read import read_document
from tests.helpers.paths import ROOT


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
