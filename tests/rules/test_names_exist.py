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
from relint.model.aws.iam import _DOCUMENT_PATHS
from relint.model.aws.lambda_invokers import _INVOKING_PROPERTIES
from relint.model.aws.lambda_names import _NAMING_PROPERTIES
from relint.model.aws.sqs import _ARN_PATHS
from relint.model.subnet_lists import SUBNET_LISTS
from tests.helpers.resource_schemas import Step, enum_at, files_by_type, nodes_at
from tests.helpers.rule_clauses import ReadPath, read_paths

ENUMERATIONS = Path(__file__).parents[1] / "data" / "enumerations.yaml"
NAME = re.compile(r"\bAWS::[A-Za-z0-9]+::[A-Za-z0-9]+\b")
OTHER = re.compile(
    r"^AWS::(Serverless::\w+|CloudFormation::(CustomResource|Interface|Init|Authentication|Designer)"
    r"|EC2::(AvailabilityZone|Image)|S3::Object)$"
)
"""Types of SAM, keys of Metadata, types of parameters, and what CloudTrail records."""
RETIRED = re.compile(r"^AWS::(OpsWorks|OpsWorksCM|IoTEvents|IoT1Click|IoTFleetHub|LookoutMetrics|NimbleStudio|SDB)::")
"""Services whose types CloudFormation had, and of which templates still speak."""
TABLES: dict[str, Mapping[str, Iterable[str | tuple[Step, ...]]]] = {
    "KEY_PROPERTIES": {name: [path] for name, path in KEY_PROPERTIES.items()},
    "SUBNET_LISTS": SUBNET_LISTS,
    "_INVOKING_PROPERTIES": {name: [path for path, _ in paths] for name, paths in _INVOKING_PROPERTIES.items()},
    "_NAMING_PROPERTIES": {name: [path for path, _ in paths] for name, paths in _NAMING_PROPERTIES.items()},
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
