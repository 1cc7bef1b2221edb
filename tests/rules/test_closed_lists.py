"""Closed lists of types and keys in rules, against the CloudFormation schemas that cfn-lint ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from relint.catalog.loader import builtin_rules_directory

pytestmark = pytest.mark.slow


def rule(name: str) -> dict[str, Any]:
    """The raw content of a rule of CloudFormation."""
    path = Path(builtin_rules_directory()) / "cloudformation" / f"{name}.yaml"
    content: dict[str, Any] = yaml.safe_load(path.read_text())
    return content


def schema(resource_type: str) -> dict[str, Any]:
    """The schema of a resource type."""
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    content: dict[str, Any] = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
    return content


def properties(resource_type: str, keyword: str) -> set[str]:
    """The properties of a resource type that a keyword of its schema lists."""
    return {path.split("/")[2] for path in schema(resource_type).get(keyword, [])}


def update_policies() -> dict[str, set[str]]:
    """The keys of UpdatePolicy by resource type."""
    import cfnlint

    path = Path(cfnlint.__file__).parent / "data/schemas/other/resources/update_policy.json"
    content = json.loads(path.read_text())
    keys: dict[str, set[str]] = {}
    for branch in content["allOf"]:
        types, policy = branch["if"]["properties"]["Type"], branch.get("then")
        if policy is not None:
            definition = content["definitions"][policy["properties"]["UpdatePolicy"]["$ref"].rsplit("/", 1)[-1]]
            for resource_type in types.get("enum", [types.get("const")]):
                keys[resource_type] = set(definition["properties"])
    return keys


def test_update_policies_are_those_of_the_schemas() -> None:
    listed = rule("update-policy-effective")["params"]["update"]
    assert {resource_type: set(keys) for resource_type, keys in listed.items()} == update_policies()


def test_replaced_types_have_properties_that_replace_them() -> None:
    types = rule("stateful-update-replace-policy")["resources"]
    conditional = "conditionalCreateOnlyProperties"
    assert [
        name for name in types if not properties(name, "createOnlyProperties") | properties(name, conditional)
    ] == []


def test_types_with_data_are_in_both_rules_unless_nothing_replaces_them() -> None:
    replaced = set(rule("stateful-update-replace-policy")["resources"])
    deleted = set(rule("stateful-deletion-policy")["resources"])
    assert replaced <= deleted
    assert {name for name in deleted - replaced if properties(name, "createOnlyProperties")} == set()


def test_fixed_names_are_those_of_types_that_other_properties_replace() -> None:
    wrong = []
    for row in rule("no-global-names")["table"]:
        name = row["name"].rsplit(".", 1)[-1]
        create_only = properties(row["resources"], "createOnlyProperties")
        others = create_only | properties(row["resources"], "conditionalCreateOnlyProperties")
        is_global = row["resources"].startswith(("AWS::S3::", "AWS::IAM::"))
        if name not in create_only or not (is_global or others - {name}):
            wrong.append(row["resources"])
    assert wrong == []


def test_types_that_every_change_replaces_have_no_other_properties() -> None:
    [case] = [case for case in rule("no-global-names")["cases"] if "a change replaces it" in case.get("message", "")]
    changeable = {}
    for resource_type in case["when"][0]["in"]:
        writable = set(schema(resource_type)["properties"]) - properties(resource_type, "readOnlyProperties")
        changeable[resource_type] = writable - properties(resource_type, "createOnlyProperties") - {"Tags"}
    group = changeable.pop("AWS::AutoScaling::AutoScalingGroup")
    assert group
    assert {resource_type: names for resource_type, names in changeable.items() if names} == {}


def test_rows_of_retired_services_have_a_source() -> None:
    rows = rule("service-lifecycle")["params"]["services"]
    assert [row["service"] for row in rows if not row["source"].startswith("https://")] == []
    assert [row["service"] for row in rows if row["state"] in ("frozen",) and "date" not in row] == []
