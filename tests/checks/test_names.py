"""Names of types and properties in the tables, paths and arguments of checks, against CloudFormation's schemas."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import relint
from tests.helpers.resource_schemas import files_by_type, schema

CHECKS = Path(relint.__file__).parent / "checks"
FILES = sorted(CHECKS.rglob("*.py"))
READERS = ("get", "select", "resources", "referrers", "target")
"""Methods of a view whose texts are names of types and properties."""
OTHER_NAMES = frozenset(
    {
        *("*", "Type", "Metadata", "relint", "role", "AWS::CloudFormation::Init", "AWS::Serverless::LayerVersion"),
        "AWS::Serverless::Application",  # a nested stack, which is not expanded
        *("DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "AutoScalingRollingUpdate", "MinInstancesInService"),
        *("AutoScalingReplacingUpdate", "WillReplace", "AutoScalingInstanceRefresh", "CodeDeployLambdaAliasUpdate"),
        *("Ref", "Fn::Base64", "Fn::FindInMap", "Fn::GetAtt", "Fn::GetStackOutput", "Fn::Join"),
        *("Custom::", "Route53", "redrivePermission", "sourceQueueArns", "AWS"),
        *("ItemProcessor", "ProcessorConfig", "ExecutionType", "ErrorEquals", "TimeoutSecondsPath"),
        *("HeartbeatSeconds", "HeartbeatSecondsPath", "ToleratedFailureCount", "ToleratedFailureCountPath"),
        *("ToleratedFailurePercentage", "ToleratedFailurePercentagePath"),
        *("AWS::AccountId", "AWS::Region", "CreationPolicy", "Fn::ImportValue", "Fn::Transform", "ContentUri"),
        *("Compute", "Invoke", "INSTANCE", "VOLUME", "db-cluster", "db-instance"),
        *("load_balancing.cross_zone.enabled", "0.0.0.0/0", "64:ff9b::/96"),
    }
)
"""Names outside of the schemas: attributes of resources, functions, SAM, policies of IAM, definitions of state
machines; and values of properties beside which they stand."""
WORDS = frozenset(
    {
        *("validation", "reads", "writes", "read capacity units", "write capacity units"),
        *("it is deleted", "it is replaced", "logs", "artifacts", "website", "tasks", "instances"),
        *("damage to its data", "the failure of a host", "the loss of an Availability Zone", "the loss of the Region"),
    }
)
"""Parts of messages, and names of ours, beside the names that they explain."""


@cache
def property_names() -> frozenset[str]:
    """The names of all properties in all schemas."""
    names: set[str] = set()

    def collect(node: Any) -> None:
        if isinstance(node, dict):
            names.update(node["properties"] if isinstance(node.get("properties"), dict) else ())
            for child in node.values():
                collect(child)
        elif isinstance(node, list):
            for child in node:
                collect(child)

    for resource_type in files_by_type():
        collect(schema(resource_type))
    return frozenset(names)


def is_type_or_prefix(name: str) -> bool:
    """Whether a name is that of a type, or the beginning of some ."""
    return name.startswith("AWS::") and any(resource_type.startswith(name) for resource_type in files_by_type())


def is_name(text: str) -> bool:
    return is_type_or_prefix(text) or text in OTHER_NAMES | WORDS or has_names(text)


def has_names(path: str) -> bool:
    """Whether each step of a dotted path is the name of a property."""
    return all(step in property_names() | {"*", "bucketName", "ContentUri"} for step in path.split("."))


def texts_in(node: ast.expr | None) -> Iterator[str]:
    """Yield the texts in a table of tuples, lists, sets and dictionaries."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for element in node.elts:
            yield from texts_in(element)
    elif isinstance(node, ast.Starred):
        yield from texts_in(node.value)
    elif isinstance(node, ast.Dict):
        for part in (*node.keys, *node.values):
            yield from texts_in(part)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "frozenset":
        yield from texts_in(node.args[0])


def groups(tree: ast.Module) -> Iterator[tuple[int, list[str]]]:
    """Yield the texts that belong together, with their line: tables, paths, and arguments of the methods of a view."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and not isinstance(statement.value, ast.Constant):
            yield statement.lineno, list(texts_in(statement.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS:
            yield node.lineno, [text for argument in node.args for text in texts_in(argument)]
        elif isinstance(node, ast.Tuple | ast.List):
            yield node.lineno, list(texts_in(node))


def names_of_views(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the texts in arguments of the methods of `view`, with their line; all of them are names."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in READERS
            and ast.unparse(node.func.value) == "view"
        ):
            yield from ((node.lineno, text) for argument in node.args for text in texts_in(argument))


def is_of_names(texts: list[str]) -> bool:
    """Whether a group names types or properties: most of it does."""
    named = [text for text in texts if text[:1].isupper() and is_name(text)]
    return len(named) * 2 >= len(texts) and bool(named)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(CHECKS).as_posix())
def test_names_in_code_are_those_of_aws(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    wrong = {(line, text) for line, text in names_of_views(tree) if not is_name(text)}
    wrong |= {(line, text) for line, texts in groups(tree) if is_of_names(texts) for text in texts if not is_name(text)}
    assert sorted(wrong) == []
