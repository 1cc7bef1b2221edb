"""Names of types, properties and values in rules and in code, against CloudFormation's schemas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import relint
from relint.api import load_rules
from relint.catalog.loader import builtin_rules_directory
from relint.checks.kms.key_deleted_before_data import KEY_PROPERTIES
from relint.checks.s3.bucket_purpose import _USER_PROPERTIES
from relint.model.aws.container_images import _CONTAINER_PATHS
from relint.model.aws.deliveries.senders import SENDERS
from relint.model.aws.lambda_invokers import _INVOKING_PROPERTIES
from relint.model.aws.lambda_names import _NAMING_PROPERTIES
from relint.model.aws.policies.statements import _DOCUMENT_PATHS
from relint.model.aws.sqs import _ARN_PATHS
from relint.model.subnet_lists import SUBNET_LISTS
from tests.helpers.resource_schemas import Step, enum_at, extension_values, files_by_type, nodes_at
from tests.helpers.rule_clauses import ReadPath, read_paths
from tests.helpers.rules import rule_content

ENUMERATIONS = Path(__file__).parents[1] / "data" / "enumerations.yaml"
NAME = re.compile(r"\bAWS::[A-Za-z0-9]+::[A-Za-z0-9]+\b")
OTHER = re.compile(
    r"^AWS::(Serverless::\w+|CodeDeploy::BlueGreen|CloudFormation::(CustomResource|Interface|Init|Authentication|Designer)"
    r"|EC2::(AvailabilityZone|Image)|S3::Object)$"
)
"""Types of SAM, hooks, keys of Metadata, types of parameters, and what CloudTrail records."""
RETIRED = re.compile(r"^AWS::(OpsWorks|OpsWorksCM|IoTEvents|IoT1Click|IoTFleetHub|LookoutMetrics|NimbleStudio|SDB)::")
"""Services whose types CloudFormation had, and of which templates still speak."""
TABLES: dict[str, Mapping[str, Iterable[str | tuple[Step, ...]]]] = {
    "KEY_PROPERTIES": {name: [path] for name, path in KEY_PROPERTIES.items()},
    "SUBNET_LISTS": SUBNET_LISTS,
    "_INVOKING_PROPERTIES": {name: [path for path, _ in paths] for name, paths in _INVOKING_PROPERTIES.items()},
    "_NAMING_PROPERTIES": {name: [path for path, _ in paths] for name, paths in _NAMING_PROPERTIES.items()},
    "SENDERS": {
        name: [(*row.item, *steps) for row in SENDERS if row.source_type == name for steps in (row.target, row.role)]
        for name in {row.source_type for row in SENDERS}
    },
    "_DOCUMENT_PATHS": _DOCUMENT_PATHS,
    "_CONTAINER_PATHS": _CONTAINER_PATHS,
    "_ARN_PATHS": _ARN_PATHS,
    **{f"_USER_PROPERTIES {purpose}": paths for purpose, paths in _USER_PROPERTIES.items()},
}
OF_SAM = {
    ("AWS::ApiGateway::RestApi", "Auth"),
    ("AWS::ApiGatewayV2::Api", "Auth"),
    ("AWS::ApiGatewayV2::Api", "Routes"),
    ("AWS::Lambda::Function", "Code.Bucket"),
}
"""Properties of SAM that are read on the type to which relint expands its resource."""
FREE_FORM = ("RedrivePolicy.", "LoggingConfiguration.LogDestinationConfigs.")
"""Beginnings of paths into values that the schemas leave open."""


def test_resource_types_have_schemas() -> None:
    files = [*Path(relint.__file__).parent.rglob("*.py"), *Path(builtin_rules_directory()).rglob("*.yaml")]
    named = {(name, path.name) for path in files for name in NAME.findall(path.read_text(encoding="utf-8"))}
    unknown = {
        name: file
        for name, file in named
        if name not in files_by_type() and not OTHER.match(name) and not RETIRED.match(name)
    }
    assert unknown == {}


@pytest.mark.parametrize("table", TABLES)
def test_paths_in_tables_lead_to_properties(table: str) -> None:
    wrong = []
    for resource_type, paths in TABLES[table].items():
        for path in paths:
            steps = tuple(path.split(".")) if isinstance(path, str) else path
            named = [step for step in steps if step not in ("Properties", "*")]
            text = ".".join(str(step) for step in named)
            if resource_type.startswith("AWS::Serverless::") or (resource_type, text) in OF_SAM:
                continue
            if not text.startswith(FREE_FORM) and not nodes_at(resource_type, named):
                wrong.append(f"{resource_type} {text}")
    assert wrong == []


def enumerated_values() -> Iterator[tuple[ReadPath, str, str, list[str], list[str]]]:
    """The clauses that compare an enumerated property: type, path, the values of the clause, and those of AWS."""
    for rule in load_rules():
        for read in read_paths(rule):
            value = read.clause.get("value")
            values = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
            if read.clause.get("test") not in ("equals", "in", "contains") or read.steps[0] != "Properties":
                continue
            for resource_type in read.types:
                if values and (known := enum_at(resource_type, read.steps[1:])):
                    path = ".".join(step for step in read.steps[1:] if isinstance(step, str) and step != "*")
                    yield read, resource_type, path, values, [str(member) for member in known]


def test_compared_values_are_values_of_aws() -> None:
    wrong: dict[tuple[str, str], set[str]] = {}
    valid: set[tuple[str, str]] = set()
    for read, _, path, values, known in enumerated_values():  # a clause for several types may suit some of them only
        for value in values:
            (
                valid.add((read.rule + path, value))
                if value in known
                else wrong.setdefault((read.rule + path, value), set()).add(path)
            )
    assert {key: paths for key, paths in wrong.items() if key not in valid} == {}


def test_values_of_aws_were_considered() -> None:
    considered: dict[str, dict[str, list[str]]] = yaml.safe_load(ENUMERATIONS.read_text())
    news = {
        f"{resource_type} {path}": sorted(new)
        for _, resource_type, path, _, known in enumerated_values()
        if (new := set(known) ^ set(considered.get(resource_type, {}).get(path, [])))
    }
    assert news == {}, f"decide what the rules that read it make of each value, and write it into {ENUMERATIONS.name}"


def test_lists_of_values_divide_those_of_aws() -> None:
    listed: dict[str, Any] = yaml.safe_load(ENUMERATIONS.read_text())["lists in rules"]
    found: dict[str, dict[str, list[list[str]]]] = {}
    for read, _, path, values, _ in enumerated_values():
        if len(values) > 1 and sorted(values) not in found.setdefault(read.rule, {}).setdefault(path, []):
            found[read.rule][path].append(sorted(values))
    assert found == listed, f"the lists of these rules differ from those that were considered in {ENUMERATIONS.name}"


FAMILIES = {
    "instance-status-alarm-recover": ("ec2", "aws_ec2_instance/instancetype_enum.json"),
    "redshift-resilient": ("redshift", "aws_redshift_cluster/nodetype_enum.json"),
    "rds-backups-enabled": ("rds", "aws_redshift_cluster/nodetype_enum.json"),
}
"""Rules with a regular expression on the type of instances or nodes: their folders, and the types that AWS has."""


def class_patterns(node: Any) -> Iterator[str]:
    """The regular expressions in a rule file on the type of instances or nodes."""
    if isinstance(node, dict):
        for test in ("matches", "not_matches"):
            if test in node and re.search("InstanceType|NodeType", str({**node, test: ""})):
                yield node[test]
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from class_patterns(child)


@pytest.mark.parametrize("name", FAMILIES)
def test_families_of_instances_were_considered(name: str) -> None:
    folder, values = FAMILIES[name]
    content = rule_content(f"{folder}/{name}")
    [pattern] = set(class_patterns({key: value for key, value in content.items() if key != "examples"}))
    divided: dict[str, set[str]] = {"matched": set(), "others": set()}
    for value in extension_values(values):
        family, _, size = value.partition(".")
        if not size.startswith("metal"):
            divided["matched" if re.search(pattern, value) else "others"].add(family)
    considered = yaml.safe_load(ENUMERATIONS.read_text())["families of instances"][name]
    assert {side: sorted(families) for side, families in divided.items()} == considered, f"see {ENUMERATIONS.name}"


def names_by_dimension(rule: str, key: str) -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = rule_content(f"cloudwatch/{rule}")["params"][key]
    return table


def test_names_of_dimensions_are_properties() -> None:
    table = names_by_dimension("alarm-covers-a-resource", "name_properties")
    pairs = {(name, path) for paths in table.values() for name, path in paths.items()}
    assert sorted(pair for pair in pairs if not nodes_at(pair[0], pair[1].split("."))) == []


def test_attributes_of_dimensions_are_returned() -> None:
    table = names_by_dimension("alarm-dimension-matches", "right_attributes")
    pairs = {(name, attribute) for types in table.values() for name, names in types.items() for attribute in names}
    known = {
        (name, attribute) for name, attribute in pairs if attribute == "Ref" or nodes_at(name, attribute.split("."))
    }
    assert sorted(pairs - known) == []
