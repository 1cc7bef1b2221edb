"""Closed lists of AWS names in rules and in code, against CloudFormation's schemas and the API models of AWS."""

from __future__ import annotations

import ast
import importlib.util
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from relint.api import load_rules
from relint.checks.kms.key_deleted_before_data import KEY_PROPERTIES, SNAPSHOT_TYPES
from relint.model.aws.container_images import IMAGE_CONSUMERS
from relint.model.aws.lambda_functions import _KIND_BY_PROPERTY
from relint.model.aws.lambda_invokers import _FIREHOSE_DESTINATIONS, _INVOKING_PROPERTIES
from relint.model.aws.policies.statements import _DOCUMENT_PATHS
from relint.model.aws.sqs import _ARN_PATHS
from relint.model.subnet_lists import SUBNET_LISTS
from tests.helpers.resource_schemas import files_by_type, paths_to, properties, schema, schema_folder
from tests.helpers.rule_clauses import read_paths
from tests.helpers.rules import rule_content
from tests.helpers.service_models import service_model

FILE = Path(__file__).parents[1] / "data" / "closed_lists.yaml"
EXCEPTIONS: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load(FILE.read_text()) or {}
PROTECTION = r"^Delet(ion|e)Protection(Enabled)?$"


class ClosedList(NamedTuple):
    """The names in a list of relint, those of AWS, and the place to mend."""

    place: str
    ours: Callable[[], Iterable[str]]
    theirs: Callable[[], Iterable[str]]


def types_with(pattern: str, depth: int = 4) -> set[str]:
    """The resource types that have a property whose name a regular expression finds."""
    return {name for name in files_by_type() if paths_to(name, pattern, depth)}


def types_that_rules_ask_for(*names: str) -> set[str]:
    """The resource types of which a rule reads a property with one of these names."""
    return {
        resource_type
        for rule in load_rules()
        for read in read_paths(rule)
        if read.steps[-1] in names
        for resource_type in read.types
        if paths_to(resource_type, f"^{read.steps[-1]}$")
    }


def stateful_types() -> set[str]:
    return set(rule_content("cloudformation/stateful-deletion-policy")["resources"])


def cfn_lint_data(path: str) -> Any:
    return json.loads((schema_folder().parent / path).read_text())


def snapshot_types_of_cfn_lint() -> set[str]:
    """The types with the policy Snapshot, from a constant of cfn-lint that is read without importing cfn-lint."""
    package = importlib.util.find_spec("cfnlint")
    assert package is not None and package.origin is not None
    for node in ast.parse((Path(package.origin).parent / "helpers.py").read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "valid_snapshot_types":
            return {item.value for item in ast.walk(node.value) if isinstance(item, ast.Constant)}
    raise AssertionError("cfn-lint has no list of the types with snapshots any more")


def engines_of_cfn_lint() -> set[str]:
    [first, *_] = cfn_lint_data("schemas/extensions/aws_rds_dbinstance/engine_version.json")["allOf"]
    return set(first["then"]["properties"]["Engine"]["enum"])


def update_policies() -> set[str]:
    """The resource types with an UpdatePolicy and its keys, as "Type Key"."""
    content = cfn_lint_data("schemas/other/resources/update_policy.json")
    keys = set()
    for branch in content["allOf"]:
        types, policy = branch["if"]["properties"]["Type"], branch.get("then")
        if policy is not None:
            definition = content["definitions"][policy["properties"]["UpdatePolicy"]["$ref"].rsplit("/", 1)[-1]]
            keys |= {
                f"{name} {key}" for name in types.get("enum", [types.get("const")]) for key in definition["properties"]
            }
    return keys


def retired_types(rows: Iterable[dict[str, Any]]) -> set[str]:
    """The types with a schema that rows of retired services name, alone or by `AWS::Service::*`."""
    names = {name for row in rows for name in row["types"]}
    return {name for name in files_by_type() if names & {name, "::".join((*name.split("::")[:2], "*"))}}


LISTS = {
    "keys of UpdatePolicy": ClosedList(
        "params of rules/cloudformation/update-policy-effective",
        lambda: (
            f"{name} {key}"
            for name, keys in rule_content("cloudformation/update-policy-effective")["params"]["update"].items()
            for key in keys
        ),
        update_policies,
    ),
    "types with the policy Snapshot": ClosedList(
        "SNAPSHOT_TYPES in relint/checks/kms/key_deleted_before_data.py",
        lambda: SNAPSHOT_TYPES,
        snapshot_types_of_cfn_lint,
    ),
    "types with the policy Snapshot in the rule": ClosedList(
        "not_in of rules/cloudformation/snapshot-policy-supported",
        lambda: rule_content("cloudformation/snapshot-policy-supported")["cases"][1]["when"][0]["not_in"],
        snapshot_types_of_cfn_lint,
    ),
    "types with data": ClosedList(
        "resources of rules/cloudformation/stateful-deletion-policy",
        stateful_types,
        lambda: {
            *cfn_lint_data("AdditionalSpecs/StatefulResources.json")["ResourceTypes"],
            *types_with(
                rf"{PROTECTION}|^(BackupRetentionPeriod|SnapshotRetentionLimit|PointInTimeRecovery\w*)$", depth=0
            ),
        },
    ),
    "types with data and a key": ClosedList(
        "KEY_PROPERTIES in relint/checks/kms/key_deleted_before_data.py",
        lambda: KEY_PROPERTIES,
        lambda: (
            stateful_types() & types_with(r"(?i)kms_?(master)?(encryption)?key|^EncryptionKey|VolumeKMSKey", depth=3)
        ),
    ),
    "types with deletion protection": ClosedList(
        "rules that ask for DeletionProtection",
        lambda: types_that_rules_ask_for("DeletionProtection", "DeletionProtectionEnabled", "DeleteProtection"),
        lambda: types_with(PROTECTION),
    ),
    "types with automatic upgrades": ClosedList(
        "rules/rds/auto-minor-upgrade and db-auto-minor-upgrade",
        lambda: types_that_rules_ask_for("AutoMinorVersionUpgrade", "AllowVersionUpgrade"),
        lambda: types_with(r"^(AutoMinorVersionUpgrade|AllowVersionUpgrade)$"),
    ),
    "types with lists of subnets": ClosedList(
        "SUBNET_LISTS in relint/model/subnet_lists.py",
        lambda: SUBNET_LISTS,
        lambda: types_with(r"(?i)subnet_?(ids|arns|s|mappings)$|VPCZoneIdentifier"),
    ),
    "types that name a function": ClosedList(
        "_INVOKING_PROPERTIES in relint/model/aws/lambda_invokers.py",
        lambda: _INVOKING_PROPERTIES,
        lambda: types_with(r"(?i)lambda|functionarn|functionname|^function$"),
    ),
    "destinations of Firehose that transform": ClosedList(
        "_FIREHOSE_DESTINATIONS in relint/model/aws/lambda_invokers.py",
        lambda: _FIREHOSE_DESTINATIONS,
        lambda: {
            path.split(".")[0] for path in paths_to("AWS::KinesisFirehose::DeliveryStream", "^ProcessingConfiguration$")
        },
    ),
    "kinds of event sources by property": ClosedList(
        "_KIND_BY_PROPERTY in relint/model/aws/lambda_functions.py",
        lambda: _KIND_BY_PROPERTY,
        lambda: paths_to("AWS::Lambda::EventSourceMapping", "EventSource|^Topics$|^Queues$", depth=0),
    ),
    "types with dead-letter queues": ClosedList(
        "_ARN_PATHS in relint/model/aws/sqs.py",
        lambda: _ARN_PATHS,
        lambda: types_with(r"^(DeadLetter\w*|RedrivePolicy|OnFailure)$"),
    ),
    "types with policies of IAM": ClosedList(
        "_DOCUMENT_PATHS in relint/model/aws/policies/statements.py",
        lambda: _DOCUMENT_PATHS,
        lambda: types_with("PolicyDocument$"),
    ),
    "types with container images": ClosedList(
        "_CONTAINER_PATHS in relint/model/aws/container_images.py",
        lambda: IMAGE_CONSUMERS,
        lambda: types_with("^(Image|ImageUri|ContainerImage)$"),
    ),
    "dimensions of Application Auto Scaling": ClosedList(
        "params of rules/appautoscaling/scalable-target-headroom",
        lambda: rule_content("appautoscaling/scalable-target-headroom")["params"]["dimensions"],
        lambda: service_model("application-autoscaling")["shapes"]["ScalableDimension"]["enum"],
    ),
    "engines of RDS": ClosedList(
        "params of rules/rds/db-engine-version-supported",
        lambda: rule_content("rds/db-engine-version-supported")["params"]["engines"],
        engines_of_cfn_lint,
    ),
    "runtimes of Lambda": ClosedList(
        "params of rules/awslambda/lambda-runtime-supported",
        lambda: (row["what"] for row in rule_content("awslambda/lambda-runtime-supported")["params"]["table"]["rows"]),
        lambda: cfn_lint_data("AdditionalSpecs/LmbdRuntimeLifecycle.json"),
    ),
    "types of retired services": ClosedList(
        "params of rules/cloudformation/service-lifecycle",
        lambda: retired_types(rule_content("cloudformation/service-lifecycle")["params"]["table"]["rows"]),
        lambda: (name for name in files_by_type() if "lifecycle" in schema(name)),
    ),
}
PARAMETERS = pytest.mark.parametrize("name", LISTS)


def excepted(name: str, side: str) -> set[str]:
    return {entry for entries in EXCEPTIONS.get(name, {}).get(side, {}).values() for entry in entries}


@PARAMETERS
def test_names_of_aws_are_in_the_list(name: str) -> None:
    place, ours, theirs = LISTS[name]
    missing = set(theirs()) - set(ours()) - excepted(name, "theirs")
    assert sorted(missing) == [], f"add to {place}, or to '{name}', theirs, in {FILE.name} with the reason"


@PARAMETERS
def test_names_in_the_list_are_those_of_aws(name: str) -> None:
    place, ours, theirs = LISTS[name]
    surplus = set(ours()) - set(theirs()) - excepted(name, "ours")
    assert sorted(surplus) == [], f"remove from {place}, or add to '{name}', ours, in {FILE.name} with the reason"


@PARAMETERS
def test_exceptions_are_differences(name: str) -> None:
    ours, theirs = set(LISTS[name].ours()), set(LISTS[name].theirs())
    stale = (excepted(name, "theirs") - (theirs - ours)) | (excepted(name, "ours") - (ours - theirs))
    assert sorted(stale) == [], f"remove from '{name}' in {FILE.name}"


def test_exceptions_belong_to_lists() -> None:
    assert EXCEPTIONS.keys() - LISTS.keys() == set()


def test_replaced_types_have_properties_that_replace_them() -> None:
    types = rule_content("cloudformation/stateful-update-replace-policy")["resources"]
    conditional = "conditionalCreateOnlyProperties"
    assert [
        name for name in types if not properties(name, "createOnlyProperties") | properties(name, conditional)
    ] == []


def test_types_with_data_are_in_both_rules_unless_nothing_replaces_them() -> None:
    replaced = set(rule_content("cloudformation/stateful-update-replace-policy")["resources"])
    assert replaced <= stateful_types()
    assert {name for name in stateful_types() - replaced if properties(name, "createOnlyProperties")} == set()


def test_fixed_names_are_those_of_types_that_other_properties_replace() -> None:
    wrong = []
    for row in rule_content("cloudformation/no-global-names")["table"]:
        name = row["name"].rsplit(".", 1)[-1]
        create_only = properties(row["resources"], "createOnlyProperties")
        others = create_only | properties(row["resources"], "conditionalCreateOnlyProperties")
        is_global = row["resources"].startswith(("AWS::S3::", "AWS::IAM::"))
        if name not in create_only or not (is_global or others - {name}):
            wrong.append(row["resources"])
    assert wrong == []


def test_types_that_every_change_replaces_have_no_other_properties() -> None:
    cases = rule_content("cloudformation/no-global-names")["cases"]
    [case] = [case for case in cases if "a change replaces it" in case.get("message", "")]
    changeable = {}
    for resource_type in case["when"][0]["in"]:
        writable = set(schema(resource_type)["properties"]) - properties(resource_type, "readOnlyProperties")
        changeable[resource_type] = writable - properties(resource_type, "createOnlyProperties") - {"Tags"}
    group = changeable.pop("AWS::AutoScaling::AutoScalingGroup")
    assert group
    assert {resource_type: names for resource_type, names in changeable.items() if names} == {}
