"""Resources that backup selections and snapshot policies select, by ARN, tag or condition."""

from __future__ import annotations

import json
from typing import Any

import pytest

from relint.checks.backup.is_backed_up import fact
from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.resolve.value import Unknown
from relint.source.read import read_document

STORES: dict[str, Any] = {
    "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {"TableName": "prod-orders"}},
    "Unnamed": {"Type": "AWS::DynamoDB::Table"},
    "Given": {"Type": "AWS::DynamoDB::Table", "Properties": {"TableName": {"Ref": "Name"}}},
    "Disk": {"Type": "AWS::EC2::Volume", "Properties": {"Tags": [{"Key": "tier", "Value": {"Ref": "Name"}}]}},
    "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "prod-files"}},
    "Files": {"Type": "AWS::EFS::FileSystem", "Properties": {"FileSystemTags": [{"Key": "tier", "Value": "data"}]}},
}


def is_store_backed_up(name: str, extra: dict[str, Any], min_days: int = 0) -> bool | None:
    """Return whether a store is backed up in a template with some other resources; None if it is unknown."""
    data = {"Parameters": {"Name": {"Type": "String"}}, "Resources": {**STORES, **extra}}
    template = Template(read_document(json.dumps(data).encode(), "t.json"))
    result = fact(template.resources[name], View(template, Scenario(template.deployments)), min_days)
    return None if isinstance(result, Unknown) else result


def plan(selection: dict[str, Any], *lifecycles: dict[str, Any]) -> dict[str, Any]:
    """Return a plan with a rule for each lifecycle (or one rule without a lifecycle), and its selection."""
    rules = [{"RuleName": "r", "TargetBackupVault": "v", **lifecycle} for lifecycle in lifecycles or ({},)]
    return {
        "Plan": {"Type": "AWS::Backup::BackupPlan", "Properties": {"BackupPlan": {"BackupPlanRule": rules}}},
        "Selection": {
            "Type": "AWS::Backup::BackupSelection",
            "Properties": {"BackupPlanId": {"Ref": "Plan"}, "BackupSelection": selection},
        },
    }


@pytest.mark.parametrize(
    ("name", "arn", "expected"),
    [
        pytest.param("Table", {"Fn::GetAtt": ["Table", "Arn"]}, True, id="its ARN attribute"),
        pytest.param("Table", {"Fn::GetAtt": ["Unnamed", "Arn"]}, False, id="the ARN attribute of another resource"),
        pytest.param("Table", "*", True, id="a star is everything"),
        pytest.param("Table", "arn:aws:dynamodb:*", True, id="a star ends an ARN early"),
        pytest.param("Table", "arn:aws:ec2:*:*:volume/*", False, id="an ARN of another service"),
        pytest.param(
            "Table", "arn:aws:dynamodb:eu-west-1:111122223333:table/prod-*", True, id="a pattern that matches its name"
        ),
        pytest.param(
            "Table",
            "arn:aws:dynamodb:eu-west-1:111122223333:table/test-*",
            False,
            id="a pattern that does not match its name",
        ),
        pytest.param("Unnamed", "arn:aws:dynamodb:*:*:table/*", True, id="a star matches a generated name"),
        pytest.param("Unnamed", "arn:aws:dynamodb:*:*:table/prod-*", None, id="a generated name may match a prefix"),
        pytest.param(
            "Unnamed", "arn:aws:dynamodb:*:*:table/orders", False, id="a generated name differs from a literal name"
        ),
        pytest.param(
            "Given", {"Fn::Sub": "arn:aws:dynamodb:*:*:table/${Name}"}, True, id="its name is the same parameter"
        ),
        pytest.param(
            "Table", {"Fn::Sub": "arn:aws:dynamodb:*:*:table/${Name}"}, None, id="a parameter may be its name"
        ),
        pytest.param(
            "Bucket", {"Fn::Sub": "arn:aws:dynamodb:*:*:table/${Name}"}, False, id="an ARN of another resource type"
        ),
        pytest.param("Table", {"Ref": "Name"}, None, id="a whole ARN from a parameter"),
        pytest.param("Table", {"Fn::ImportValue": "other"}, False, id="an import is of another stack"),
        pytest.param("Bucket", {"Fn::Sub": "arn:${AWS::Partition}:s3:::prod-*"}, True, id="a bucket without a Region"),
        pytest.param("Disk", "arn:aws:ec2:*:*:volume/vol-*", True, id="the prefix of volume ids"),
        pytest.param("Disk", "arn:aws:ec2:*:*:volume/vol-0123", False, id="a literal id is of another resource"),
    ],
)
def test_backup_selection_matches_resources_by_arn(name: str, arn: Any, expected: bool | None) -> None:
    assert is_store_backed_up(name, plan({"Resources": [arn]})) is expected


@pytest.mark.parametrize(
    ("resource_type", "arn"),
    [
        ("AWS::DocDB::DBCluster", "arn:aws:rds:*:*:cluster:*"),
        ("AWS::DynamoDB::GlobalTable", "arn:aws:dynamodb:*:*:table/*"),
        ("AWS::DynamoDB::Table", "arn:aws:dynamodb:*:*:table/*"),
        ("AWS::EC2::Instance", "arn:aws:ec2:*:*:instance/i-*"),
        ("AWS::EC2::Volume", "arn:aws:ec2:*:*:volume/vol-*"),
        ("AWS::EFS::FileSystem", "arn:aws:elasticfilesystem:*:*:file-system/fs-*"),
        ("AWS::FSx::FileSystem", "arn:aws:fsx:*:*:file-system/fs-*"),
        ("AWS::FSx::Volume", "arn:aws:fsx:*:*:volume/fs-*"),
        ("AWS::Neptune::DBCluster", "arn:aws:rds:*:*:cluster:*"),
        ("AWS::RDS::DBCluster", "arn:aws:rds:*:*:cluster:*"),
        ("AWS::RDS::DBInstance", "arn:aws:rds:*:*:db:*"),
        ("AWS::Redshift::Cluster", "arn:aws:redshift:*:*:cluster:*"),
        ("AWS::S3::Bucket", "arn:aws:s3:::*"),
        ("AWS::Timestream::Table", "arn:aws:timestream:*:*:database/*"),
    ],
)
def test_all_resources_of_a_type_have_arns_of_its_form(resource_type: str, arn: str) -> None:
    """https://docs.aws.amazon.com/service-authorization/latest/reference/ (looked up 2026-11-28)"""
    store, others = {"Store": {"Type": resource_type}}, {"Store": {"Type": "AWS::SQS::Queue"}}
    assert is_store_backed_up("Store", {**store, **plan({"Resources": [arn]})}) is True
    assert is_store_backed_up("Store", {**others, **plan({"Resources": [arn]})}) is False


@pytest.mark.parametrize(
    ("resource_type", "name_property", "arn"),
    [
        ("AWS::DocDB::DBCluster", "DBClusterIdentifier", "arn:aws:rds:eu-west-1:111122223333:cluster:orders"),
        ("AWS::DynamoDB::GlobalTable", "TableName", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"),
        ("AWS::DynamoDB::Table", "TableName", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"),
        ("AWS::Neptune::DBCluster", "DBClusterIdentifier", "arn:aws:rds:eu-west-1:111122223333:cluster:orders"),
        ("AWS::RDS::DBCluster", "DBClusterIdentifier", "arn:aws:rds:eu-west-1:111122223333:cluster:orders"),
        ("AWS::RDS::DBInstance", "DBInstanceIdentifier", "arn:aws:rds:eu-west-1:111122223333:db:orders"),
        ("AWS::Redshift::Cluster", "ClusterIdentifier", "arn:aws:redshift:eu-west-1:111122223333:cluster:orders"),
        ("AWS::S3::Bucket", "BucketName", "arn:aws:s3:::orders"),
    ],
)
def test_arn_ends_with_the_name(resource_type: str, name_property: str, arn: str) -> None:
    for name, expected in (("orders", True), ("users", False)):
        store = {"Store": {"Type": resource_type, "Properties": {name_property: name}}}
        assert is_store_backed_up("Store", {**store, **plan({"Resources": [arn]})}) is expected


@pytest.mark.parametrize(
    ("name", "selection", "expected"),
    [
        pytest.param("Files", {"ListOfTags": [{"ConditionKey": "tier", "ConditionValue": "data"}]}, True, id="its tag"),
        pytest.param(
            "Files",
            {"ListOfTags": [{"ConditionKey": k, "ConditionValue": "data"} for k in ("other", "tier")]},
            True,
            id="one of the listed tags is enough",
        ),
        pytest.param(
            "Files",
            {"Resources": ["*"], "ListOfTags": [{"ConditionKey": "other", "ConditionValue": "x"}]},
            True,
            id="listed tags do not narrow a wildcard",
        ),
        pytest.param(
            "Table",
            {"ListOfTags": [{"ConditionKey": "tier", "ConditionValue": "data"}]},
            False,
            id="a resource without tags is not taken by tag",
        ),
        pytest.param(
            "Disk",
            {"ListOfTags": [{"ConditionKey": "tier", "ConditionValue": "data"}]},
            None,
            id="the value of its tag is a parameter",
        ),
        pytest.param(
            "Files",
            {
                "Resources": ["*"],
                "Conditions": {"StringEquals": [{"ConditionKey": "aws:ResourceTag/tier", "ConditionValue": "data"}]},
            },
            True,
            id="a condition that it satisfies",
        ),
        pytest.param(
            "Files",
            {
                "Resources": ["*"],
                "Conditions": {
                    "StringLike": [{"ConditionKey": "aws:ResourceTag/tier", "ConditionValue": "da*"}],
                    "StringNotEquals": [{"ConditionKey": "aws:ResourceTag/tier", "ConditionValue": "data"}],
                },
            },
            False,
            id="all conditions count",
        ),
        pytest.param(
            "Table",
            {
                "Resources": ["*"],
                "Conditions": {"StringNotLike": [{"ConditionKey": "aws:ResourceTag/tier", "ConditionValue": "t*"}]},
            },
            True,
            id="a resource without tags meets a negative condition",
        ),
        pytest.param(
            "Table",
            {"Resources": ["*"], "NotResources": [{"Fn::GetAtt": ["Table", "Arn"]}]},
            False,
            id="it is excluded by name",
        ),
        pytest.param(
            "Table",
            {"Resources": ["*"], "NotResources": ["arn:aws:dynamodb:*:*:table/test-*"]},
            True,
            id="others are excluded",
        ),
        pytest.param(
            "Table",
            {"Conditions": {"StringNotEquals": [{"ConditionKey": "aws:ResourceTag/a", "ConditionValue": "b"}]}},
            False,
            id="conditions alone take nothing",
        ),
    ],
)
def test_backup_selection_matches_resources_by_tag_and_exclusion(
    name: str, selection: dict[str, Any], expected: bool | None
) -> None:
    assert is_store_backed_up(name, plan(selection)) is expected


@pytest.mark.parametrize(
    ("lifecycles", "expected"),
    [
        pytest.param([{}], True, id="kept for ever"),
        pytest.param([{"Lifecycle": {"DeleteAfterDays": 7}}], True, id="kept exactly as long"),
        pytest.param([{"Lifecycle": {"DeleteAfterDays": 6}}], False, id="kept too short"),
        pytest.param(
            [{"Lifecycle": {"DeleteAfterDays": 1}}, {"Lifecycle": {"DeleteAfterDays": 35}}],
            True,
            id="one of two rules keeps long enough",
        ),
        pytest.param([{"Lifecycle": {"DeleteAfterDays": {"Ref": "Name"}}}], None, id="a parameter says how long"),
    ],
)
def test_retention_is_that_of_the_longest_backup_rule(lifecycles: list[dict[str, Any]], expected: bool | None) -> None:
    assert is_store_backed_up("Table", plan({"Resources": ["*"]}, *lifecycles), min_days=7) is expected


def test_retention_of_a_plan_in_another_stack_is_unknown() -> None:
    resources = plan({"Resources": ["*"]})
    del resources["Plan"]
    resources["Selection"]["Properties"]["BackupPlanId"] = "5d0a9c1e"
    assert is_store_backed_up("Table", resources) is True
    assert is_store_backed_up("Table", resources, min_days=7) is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param({"RetainRule": {"Interval": 2, "IntervalUnit": "WEEKS"}}, True, id="by age"),
        pytest.param({"RetainRule": {"Interval": 3, "IntervalUnit": "DAYS"}}, False, id="by age, too short"),
        pytest.param({"CreateRule": {"Interval": 12}, "RetainRule": {"Count": 14}}, True, id="by number, twice a day"),
        pytest.param({"CreateRule": {"Interval": 1}, "RetainRule": {"Count": 24}}, False, id="by number, one day"),
        pytest.param(
            {"CreateRule": {"CronExpression": "cron(0 3 * * ? *)"}, "RetainRule": {"Count": 7}},
            True,
            id="by number, every night",
        ),
        pytest.param(
            {"CreateRule": {"CronExpression": "cron(0 3 L * ? *)"}, "RetainRule": {"Count": 1}},
            True,
            id="by number, once a month",
        ),
    ],
)
def test_retention_of_a_snapshot_policy_follows_from_age_or_count(rule: dict[str, Any], expected: bool | None) -> None:
    details = {"ResourceTypes": ["VOLUME"], "TargetTags": [{"Key": "a", "Value": "b"}], "Schedules": [rule]}
    extra = {
        "Tagged": {"Type": "AWS::EC2::Volume", "Properties": {"Tags": [{"Key": "a", "Value": "b"}]}},
        "Policy": {"Type": "AWS::DLM::LifecyclePolicy", "Properties": {"State": "ENABLED", "PolicyDetails": details}},
    }
    assert is_store_backed_up("Tagged", extra) is True
    assert is_store_backed_up("Tagged", extra, min_days=7) is expected


def test_disabled_snapshot_policy_is_ignored() -> None:
    details = {"ResourceTypes": ["VOLUME"], "TargetTags": [{"Key": "a", "Value": "b"}]}
    extra = {
        "Tagged": {"Type": "AWS::EC2::Volume", "Properties": {"Tags": [{"Key": "a", "Value": "b"}]}},
        "Policy": {"Type": "AWS::DLM::LifecyclePolicy", "Properties": {"State": "DISABLED", "PolicyDetails": details}},
    }
    assert is_store_backed_up("Tagged", extra) is False


@pytest.mark.parametrize(("min_days", "expected"), [(0, True), (1, None)], ids=["kept at all", "kept for a day"])
def test_length_of_retention_matters_only_where_one_is_wanted(min_days: int, expected: bool | None) -> None:
    days = {"Ref": "Name"}
    elsewhere = plan({"Resources": ["*"]})
    del elsewhere["Plan"]
    assert is_store_backed_up("Table", elsewhere, min_days) is expected
    unknown = plan({"Resources": ["*"]}, {"Lifecycle": {"DeleteAfterDays": days}})
    assert is_store_backed_up("Table", unknown, min_days) is expected
