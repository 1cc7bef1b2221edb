"""Data that outlives its key: which resources leave some behind."""

from __future__ import annotations

from typing import Any

import pytest

from relint.checks.kms.key_deleted_before_data import KEY_PROPERTIES, SNAPSHOT_TYPES, check, fact
from relint.checks.problem import Problem
from tests.helpers.views import view_of

KEY = {"Ref": "Key"}


def survivors(resource: dict[str, Any], key: dict[str, Any] | None = None) -> Any:
    """Return the number of survivors, and the level of the finding at the key."""
    view = view_of({"Key": {"Type": "AWS::KMS::Key", **(key or {})}, "Data": resource})
    resources = view.template.resources
    problems = list(check(resources["Key"], view))
    levels = [problem.level for problem in problems if isinstance(problem, Problem)]
    return fact(resources["Key"], view), levels


def with_key(resource_type: str) -> dict[str, Any]:
    """Return the properties of a resource that refer to the key where its type has it."""
    value: Any = KEY
    for step in reversed(KEY_PROPERTIES[resource_type]):
        value = [value] if step == "*" else {step: value}
    return value


@pytest.mark.parametrize("resource_type", KEY_PROPERTIES)
@pytest.mark.parametrize("policy", ["Retain", "RetainExceptOnCreate", "Snapshot", "Delete"])
def test_data_stays_by_deletion_policy(resource_type: str, policy: str) -> None:
    stays = policy.startswith("Retain") or (policy == "Snapshot" and resource_type in SNAPSHOT_TYPES)
    properties = with_key(resource_type)
    for attributes in (
        {"DeletionPolicy": policy, "UpdateReplacePolicy": "Delete"},
        {"DeletionPolicy": "Delete", "UpdateReplacePolicy": policy},
    ):
        data = {"Type": resource_type, "Properties": properties, **attributes}
        assert survivors(data) == ((1, [None]) if stays else (0, []))


@pytest.mark.parametrize(
    "member", ["DBClusterIdentifier", "SourceDBInstanceIdentifier", "SourceDBClusterIdentifier", None]
)
def test_members_and_replicas_leave_no_snapshot(member: str | None) -> None:
    others = {member: "orders"} if member else {}
    database = {"Type": "AWS::RDS::DBInstance", "Properties": {"KmsKeyId": KEY, **others}, "DeletionPolicy": "Snapshot"}
    assert survivors(database)[0] == (0 if member else 1)


@pytest.mark.parametrize(("value", "count"), [(False, 1), ("false", 1), (True, 0), (None, 0)])
def test_automated_backups_that_stay(value: Any, count: int) -> None:
    others = {} if value is None else {"DeleteAutomatedBackups": value}
    database = {"Type": "AWS::RDS::DBInstance", "Properties": {"KmsKeyId": KEY, **others}, "DeletionPolicy": "Delete"}
    assert survivors(database)[0] == count


@pytest.mark.parametrize(
    ("statements", "levels"),
    [
        ([{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}}], []),
        ([{"Effect": "Allow", "Principal": "*"}], []),
        ([{"Effect": "Deny", "Principal": "*"}], ["warning"]),
        ([{"Effect": "Allow", "Principal": {"AWS": {"Fn::GetAtt": ["Data", "Arn"]}}}], ["warning"]),
        ([{"Effect": "Allow", "Principal": {"AWS": [{"Fn::GetAtt": ["Data", "Arn"]}, "arn:aws:iam::1:root"]}}], []),
        ({"Effect": "Allow", "Principal": "*"}, []),
        ({"Effect": "Deny", "Principal": "*"}, ["warning"]),
        ("many", []),
    ],
)
def test_key_that_stays_for_principals_of_the_stack_only(statements: Any, levels: list[str]) -> None:
    data = {"Type": "AWS::EFS::FileSystem", "Properties": {"KmsKeyId": KEY}, "DeletionPolicy": "Retain"}
    key = {"DeletionPolicy": "Retain", "Properties": {"KeyPolicy": {"Statement": statements}}}
    assert survivors(data, key) == (1, levels)
    assert survivors(data, {"DeletionPolicy": "RetainExceptOnCreate"}) == (1, [])
