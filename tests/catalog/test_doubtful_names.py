"""Types and properties that rules of users name, compared with those of CloudFormation.

`python -m tests.catalog.test_doubtful_names` writes the list anew, from the schemas of the installed cfn-lint.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from relint.api import load_rules
from relint.catalog.doubtful_names import doubtful_names
from relint.catalog.resource_types import ResourceTypes
from relint.system import package_directory
from tests.helpers.project import Project
from tests.helpers.resource_schemas import schema_folder
from tests.helpers.rules import rule_text
from tests.helpers.valid_templates import NEWER

FILE = Path(package_directory()) / "catalog" / "resource_types.txt"
BUCKET = ["AWS::S3::Bucket"]
VERSIONED = "{path: $.Properties.VersioningConfiguration.Status, equals: Enabled}"


def generated() -> str:
    """Return the list: a line for each type, with its properties, " / " and all names below them."""
    folder = schema_folder()
    date = json.loads((folder / "version.json").read_text())["schema_date"][:10]
    files: dict[str, str] = {}
    providers = sorted((folder / "providers").glob("*.json"), key=lambda file: (file.stem != "us-east-1", file))
    for provider in providers:
        files = {**json.loads(provider.read_text()), **files}
    lines = [f"# Types of CloudFormation with their properties (name: if those below are known) as of {date}"]
    for resource_type, file in sorted(files.items()):
        schema = json.loads((folder / "resources" / f"{file}.json").read_text())
        nested: dict[str, bool] = {}
        top: dict[str, bool] = {}
        for depth, name, is_known in members(schema, schema, 0, ()):
            names = nested if depth else top
            names[name] = is_known and names.get(name, True)
        if resource_type.startswith("AWS::QuickSight::"):  # a tenth of all names, which hardly a rule speaks of
            top, nested = dict.fromkeys(top, False), {}
        words = [words_of(top), *(["/", words_of(nested)] if nested else [])]
        lines.append(" ".join([resource_type, *filter(None, words)]))
    return "\n".join(lines) + "\n"


def words_of(names: dict[str, bool]) -> str:
    return " ".join(f"{name}:" if is_known else name for name, is_known in sorted(names.items()))


def members(schema: Any, node: Any, depth: int, visited: tuple[str, ...]) -> Iterator[tuple[int, str, bool]]:
    """Yield depth, name, and whether the names below are known, of each property in a node of a schema."""
    for name, value in sorted((node.get("properties") or {}).items()):
        target, references = resolved(schema, value, visited)
        below = [] if target is None or is_open(target) else list(members(schema, target, depth + 1, references))
        yield depth, name, bool(below) or target is None
        yield from below
    for keyword in ("anyOf", "oneOf", "allOf"):
        for option in node.get(keyword, ()):
            target, references = resolved(schema, option, visited)
            if target is not None:
                yield from members(schema, target, depth, references)


def resolved(schema: Any, node: Any, visited: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
    """Return the object behind references and lists; None for one that contains itself, which has been read."""
    for _ in range(20):
        if "$ref" in node:
            if node["$ref"] in visited:
                return None, visited
            visited = (*visited, node["$ref"])
            target: Any = schema
            for key in node["$ref"].removeprefix("#/").split("/"):
                target = target[key]
            node = target
        elif isinstance(node.get("items"), dict):
            node = node["items"]
    return node, visited


def is_open(node: Any) -> bool:
    """Whether an object may have other members than the schema names."""
    return bool(node.get("patternProperties")) or isinstance(node.get("additionalProperties"), dict)


def messages(folder: Path, body: str, **fields: Any) -> list[str]:
    file = folder / "rule.yaml"
    file.write_text(rule_text(body, **fields), encoding="utf-8")
    return [doubt.message for doubt in doubtful_names([str(file)])]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("AWS::S3::Buckett", "there is no resource type 'AWS::S3::Buckett'; did you mean 'AWS::S3::Bucket'?"),
        ("aws::s3::bucket", "there is no resource type 'aws::s3::bucket'; did you mean 'AWS::S3::Bucket'?"),
        ("AWS:S3:Bucket", "there is no resource type 'AWS:S3:Bucket'; did you mean 'AWS::S3::Bucket'?"),
        ("S3::Bucket", "there is no resource type 'S3::Bucket'; did you mean 'AWS::S3::Bucket'?"),
        ("AWS::RDS::Instance", "there is no resource type 'AWS::RDS::Instance'; did you mean 'AWS::RDS::DBInstance'?"),
        ("Bucket", "'Bucket' is no resource type, such as AWS::S3::Bucket or Custom::Name"),
        (
            "AWS::Serverless::Function",
            "'AWS::Serverless::Function' is judged as the resources that SAM makes of it; "
            "write 'AWS::Lambda::Function'",
        ),
        ("AWS::TeaParty::Samovar", "relint does not know the resource type 'AWS::TeaParty::Samovar' as of 2026-10-20"),
    ],
)
def test_doubtful_type_is_explained(tmp_path: Path, name: str, message: str) -> None:
    assert messages(tmp_path, "assert: [{path: $.Properties.Any.Thing, exists: true}]\n", resources=[name]) == [message]


@pytest.mark.parametrize(
    "name",
    [
        "*",
        "Custom::Anything",
        "ACME::S3::Bucket",
        "ACME::Net::Vpc::MODULE",
        "MongoDB::Atlas::Cluster",
        "AWS::S3::Bucket",
    ],
)
def test_other_types_are_not_doubted(tmp_path: Path, name: str) -> None:
    assert messages(tmp_path, f"assert: [{VERSIONED}]\n", resources=[name]) == []


@pytest.mark.parametrize(
    ("clause", "message"),
    [
        ("{path: $.Properties.VersioningConfig, exists: true}", "no property 'VersioningConfig'"),
        ("{path: $.Properties.VersioningConfiguration.status, exists: true}", "did you mean 'Status'?"),
        ("{path: $.Propertys.BucketName, exists: true}", "a resource has no 'Propertys'; did you mean 'Properties'?"),
        (
            "{path: $.BucketName, exists: true}",
            "a resource has no 'BucketName'; did you mean '$.Properties.BucketName'?",
        ),
        ("{every: '$.Properties.LifecycleConfiguration.Rules', satisfy: [{path: $.Staus, exists: true}]}", "'Status'?"),
        ("{related: {type: AWS::S3::BucketPolicyy, by: $.Properties.Bucket}}", "did you mean 'AWS::S3::BucketPolicy'?"),
        ("{related: {type: AWS::S3::BucketPolicy, by: $.Properties.Buckt}}", "did you mean 'Bucket'?"),
        ("{not: [{path: $.Properties.BucketNam, exists: true}]}", "did you mean 'BucketName'?"),
        ("{path: $.Properties.BucketName, equals: {path: $.Properties.Acl}}", "no property 'Acl'"),
        ("{path: \"$.Properties.Tags[?(@.Kee == 'a')].Value\", exists: true}", "did you mean 'Key'?"),
    ],
)
def test_mistyped_property_is_explained(tmp_path: Path, clause: str, message: str) -> None:
    (doubt,) = messages(tmp_path, f"assert: [{clause}]\n", resources=BUCKET)
    assert message in doubt


@pytest.mark.parametrize(
    "clause",
    [
        VERSIONED,
        "{path: $.Metadata.Owner, exists: true}",
        "{path: $.DeletionPolicy, equals: Retain}",
        "{every: '$.Properties.LifecycleConfiguration.Rules', satisfy: [{path: $.Status, exists: true}]}",
        "{related: {type: AWS::S3::BucketPolicy, by: $.Properties.Bucket}}",
        "{some: {related: {type: AWS::S3::BucketPolicy, by: $.Properties.Bucket}}, satisfy: "
        "[{path: $.Properties.PolicyDocument.Any, exists: true}]}",
    ],
)
def test_right_property_is_not_doubted(tmp_path: Path, clause: str) -> None:
    assert messages(tmp_path, f"assert: [{clause}]\n", resources=BUCKET) == []


def test_property_of_one_of_several_types_is_not_doubted(tmp_path: Path) -> None:
    types = ["AWS::SQS::Queue", "AWS::S3::Bucket"]
    assert messages(tmp_path, f"assert: [{VERSIONED}]\n", resources=types) == []
    (message,) = messages(tmp_path, "assert: [{path: $.Properties.Queuename, exists: true}]\n", resources=types)
    assert message.startswith("neither AWS::SQS::Queue nor AWS::S3::Bucket has a property 'Queuename' as of 2026-")
    assert message.endswith("; did you mean 'QueueName'?")


def test_rules_of_relint_are_not_doubted() -> None:
    files = sorted(rule.file for rule in load_rules())
    doubts = [doubt for doubt in doubtful_names(files) if not any(f"'{name}'" in doubt.message for name in NEWER)]
    assert doubts == []


def test_list_is_that_of_the_schemas() -> None:
    """The list may be older than the schemas of the installed cfn-lint, but not of another shape."""
    stored, new = ResourceTypes(), generated().splitlines()
    if new[0].endswith(stored.date):
        assert FILE.read_text(encoding="utf-8").splitlines() == new, "run: python -m tests.catalog.test_doubtful_names"
    assert len(stored.names) > 1800


@pytest.mark.parametrize(
    "command",
    [["check", "."], ["rules"], ["explain", "TST-701"], ["test", "mine"], ["check", ".", "--env", "a,b"]],
)
def test_commands_that_load_the_rule_warn_once(tmp_path: Path, command: list[str]) -> None:
    text = rule_text("assert: [{path: $.Properties.Multiaz, equals: true}]\n", resources=["AWS::RDS::DBInstanc"])
    project = (
        Project(tmp_path).write("mine/rule.yaml", text).write("a.yaml", "Resources: {A: {Type: AWS::SQS::Queue}}\n")
    )
    run = project.configure("rules: [mine]\nselect: [RDS-701]\nenvironments: {a: {}, b: {}}\n").run(*command)
    assert run.exit_code == 0
    warning = "there is no resource type 'AWS::RDS::DBInstanc'; did you mean 'AWS::RDS::DBInstance'?"
    assert run.stderr.count(f"rule.yaml:6:13: warning: TST-701: {warning}") == 1


if __name__ == "__main__":
    FILE.write_text(generated(), encoding="utf-8", newline="\n")
