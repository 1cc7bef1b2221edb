"""The JSON of differences has the form that its schema describes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.helpers.nested_stacks import CHILD, stack_resource
from tests.helpers.paths import ROOT
from tests.helpers.project import Project

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs/schemas/diff.schema.json").read_text(encoding="utf-8"))
TOPIC = "Resources:\n  Topic: {Type: AWS::SNS::Topic}\n"


@pytest.fixture
def report(tmp_path: Path) -> dict[str, Any]:
    """The differences of a folder with a nested stack that is gone, a template that is gone, and changed values."""
    project = Project(tmp_path).write("a/child.yaml", CHILD).write("b/child.yaml", CHILD)
    project.write("a/gone.yaml", CHILD).write("b/added.yaml", TOPIC)
    project.write("a/root.yaml", f"{TOPIC}{stack_resource('Data', 'child.yaml')}").write("b/root.yaml", TOPIC)
    project.write("a/values.yaml", CHILD)
    project.write("b/values.yaml", CHILD.replace("mysql", "postgres").replace("14", "!Ref AWS::NoValue"))
    value: dict[str, Any] = json.loads(project.run("diff", "a", "b", "--format", "json").stdout)
    return value


def test_json_of_differences_fits_its_schema(report: dict[str, Any]) -> None:
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(report)] == []


def test_schema_is_valid_and_closed(report: dict[str, Any]) -> None:
    Draft7Validator.check_schema(SCHEMA)
    report["changes"][0]["further"] = 1
    assert list(Draft7Validator(SCHEMA).iter_errors(report))


def test_worst_change_is_the_first_and_names_its_end(report: dict[str, Any]) -> None:
    assert [(change["outcome"], change["file"], change["goneWith"]) for change in report["changes"]][:3] == [
        ("replaced", "b/values.yaml", None),
        ("removed", None, {"file": "b/root.yaml", "nestedStack": "Data"}),
        ("removed", None, {"file": "a/gone.yaml", "nestedStack": None}),
    ]
    assert (report["addedTemplates"], report["removedTemplates"]) == (["b/added.yaml"], ["a/gone.yaml"])
