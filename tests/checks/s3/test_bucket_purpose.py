"""References to a bucket, and the purpose that they reveal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from relint.checks.s3.bucket_purpose import fact
from relint.model.aws.s3 import refers_to_bucket
from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.resolve.value import Located
from relint.source.read import read_document

NAMED = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "${AWS::AccountId}-logs"}}}
LITERAL = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "logs"}}


def view_of(resources: dict[str, Any]) -> View:
    """A template of some resources in the deployment that is assumed."""
    data = {"Parameters": {"Off": {"Type": "String", "Default": "yes"}}, "Resources": resources}
    data["Conditions"] = {"IsOn": {"Fn::Equals": [{"Ref": "Off"}, "no"]}}
    template = Template(read_document(json.dumps(data).encode(), "t.json"))
    return View(template, Scenario(template.deployments))


@pytest.mark.parametrize(
    ("bucket", "value", "expected"),
    [
        pytest.param(LITERAL, "logs", True, id="its name"),
        pytest.param(LITERAL, "arn:aws:s3:::logs", True, id="its ARN"),
        pytest.param(LITERAL, "arn:aws:s3:::logs/flow", True, id="an ARN with a prefix"),
        pytest.param(LITERAL, "s3://logs/results/", True, id="a URL"),
        pytest.param(LITERAL, "logs.s3.eu-west-1.amazonaws.com", True, id="its domain name"),
        pytest.param(LITERAL, "logs-archive", False, id="a name that begins like it"),
        pytest.param(LITERAL, "old-logs", False, id="a name that ends like it"),
        pytest.param(LITERAL, {"Fn::GetAtt": ["Bucket", "Arn"]}, True, id="a reference to it"),
        pytest.param(LITERAL, {"Fn::Sub": "s3://${Bucket}/cache"}, True, id="a text with a reference to it"),
        pytest.param(NAMED, {"Fn::Sub": "arn:aws:s3:::${AWS::AccountId}-logs"}, True, id="an ARN made as its name is"),
        pytest.param(NAMED, {"Fn::Sub": "arn:aws:s3:::${AWS::Region}-logs"}, False, id="an ARN made in another way"),
        pytest.param({"Type": "AWS::S3::Bucket"}, "logs", False, id="a name, where the bucket has a generated one"),
    ],
)
def test_value_refers_to_the_bucket(bucket: dict[str, Any], value: Any, expected: bool) -> None:
    view = view_of({"Bucket": bucket})
    resolved: Located = view.scenario.resolve(value, ())
    assert refers_to_bucket(view, resolved.value, view.template.resources["Bucket"]) is expected


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        pytest.param(
            {"Type": "AWS::CloudTrail::Trail", "Properties": {"S3BucketName": {"Ref": "Bucket"}}}, "logs", id="a trail"
        ),
        pytest.param(
            {"Type": "AWS::EC2::FlowLog", "Properties": {"LogDestination": {"Fn::Sub": "${Bucket.Arn}/vpc"}}},
            "logs",
            id="flow logs",
        ),
        pytest.param(
            {"Type": "AWS::CloudTrail::Trail", "Condition": "IsOn", "Properties": {"S3BucketName": {"Ref": "Bucket"}}},
            "logs",
            id="a trail that another deployment has",
        ),
        pytest.param(
            {
                "Type": "AWS::CloudTrail::Trail",
                "Properties": {"S3BucketName": {"Fn::If": ["IsOn", {"Ref": "Bucket"}, "other"]}},
            },
            "logs",
            id="a trail that goes elsewhere in this deployment, and here in another",
        ),
        pytest.param(
            {"Type": "AWS::CodeBuild::Project", "Properties": {"Cache": {"Location": {"Fn::Sub": "${Bucket}/cache"}}}},
            "artifacts",
            id="the cache of a build",
        ),
        pytest.param(
            {"Type": "AWS::CodeBuild::Project", "Properties": {"Source": {"Location": {"Fn::Sub": "${Bucket}/a.zip"}}}},
            "data",
            id="the source of a build",
        ),
        pytest.param(
            {"Type": "AWS::KinesisFirehose::DeliveryStream", "Properties": {"S3DestinationConfiguration": {}}},
            "data",
            id="a stream without a bucket",
        ),
    ],
)
def test_purpose_of_a_bucket_follows_from_its_users(user: dict[str, Any], expected: str) -> None:
    view = view_of({"Bucket": {"Type": "AWS::S3::Bucket"}, "User": user})
    assert fact(view.template.resources["Bucket"], view) == expected


def test_policy_for_a_role_does_not_make_a_log_bucket() -> None:
    statements = [
        {"Effect": "Allow", "Principal": {"Service": ["config.amazonaws.com"]}, "Action": "s3:PutObject"},
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:role/app"}, "Action": "s3:PutObject"},
    ]

    def role(allowed: list[dict[str, Any]]) -> str:
        policy = {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": {"Statement": allowed}}
        view = view_of(
            {"Bucket": {"Type": "AWS::S3::Bucket"}, "Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": policy}}
        )
        return fact(view.template.resources["Bucket"], view)

    assert (role(statements[:1]), role(statements)) == ("logs", "data")


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        *[(f"{name}.amazonaws.com", "logs") for name in ("cloudtrail", "config", "delivery.logs", "logging.s3")],
        ("logdelivery.elasticloadbalancing.amazonaws.com", "logs"),
        ("lambda.amazonaws.com", "data"),
    ],
)
def test_policy_for_a_service_that_delivers_logs(service: str, expected: str) -> None:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "s3:PutObject"}
    policy = {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": {"Statement": [statement]}}
    view = view_of(
        {"Bucket": {"Type": "AWS::S3::Bucket"}, "Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": policy}}
    )
    assert fact(view.template.resources["Bucket"], view) == expected


@pytest.mark.parametrize("name", ["Prefix", "TagFilters", "ObjectSizeGreaterThan", "ObjectSizeLessThan", None])
@pytest.mark.parametrize(("days", "status"), [(7, "Enabled"), (8, "Enabled"), (7, "Disabled")])
def test_bucket_whose_objects_all_expire_is_scratch(name: str | None, days: int, status: str) -> None:
    rule = {"Status": status, "ExpirationInDays": days, **({name: "5"} if name else {})}
    properties = {"LifecycleConfiguration": {"Rules": [rule]}}
    view = view_of({"Bucket": {"Type": "AWS::S3::Bucket", "Properties": properties}})
    is_scratch = name is None and days == 7 and status == "Enabled"
    assert fact(view.template.resources["Bucket"], view) == ("scratch" if is_scratch else "data")
