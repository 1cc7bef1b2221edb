"""What holds for every template, whatever stands in it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import relint
from relint.errors import RelintError
from relint.finding import Report

NAMES = st.sampled_from(["A", "B", "Vpc", "Queue", "IsProd", "Env", "__class__", "x y"])
TEXTS = st.one_of(st.text(max_size=8), st.sampled_from(["true", "7", "no", "0x1F"]))
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-5, 40), st.floats(), TEXTS)
PROPERTIES = st.sampled_from(
    [
        "MultiAZ",
        "Engine",
        "BackupRetentionPeriod",
        "MinSize",
        "MaxSize",
        "VPCZoneIdentifier",
        "SubnetIds",
        "Tags",
        "Subnets",
        "DesiredCount",
        "Timeout",
        "RedrivePolicy",
        "VpcId",
        "AvailabilityZone",
        "DeletionProtection",
        "VersioningConfiguration",
    ]
)
TYPES = st.sampled_from(
    [
        "AWS::RDS::DBInstance",
        "AWS::RDS::DBCluster",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::SQS::Queue",
        "AWS::S3::Bucket",
        "AWS::EC2::Subnet",
        "AWS::EC2::VPC",
        "AWS::ECS::Service",
        "AWS::Lambda::Function",
        "AWS::Serverless::Function",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::DynamoDB::Table",
        "AWS::CloudFormation::Stack",
        "AWS::Route53::RecordSet",
    ]
)


def functions(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value made of others: a list, a mapping, or any intrinsic function, right or wrong."""
    two = st.tuples(inner, inner).map(list)
    return st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(PROPERTIES, inner, max_size=3),
        st.one_of(NAMES, st.sampled_from(["AWS::Region", "AWS::NoValue"])).map(lambda name: {"Ref": name}),
        st.tuples(NAMES, inner, inner).map(lambda parts: {"Fn::If": list(parts)}),
        st.tuples(NAMES, NAMES).map(lambda parts: {"Fn::GetAtt": list(parts)}),
        st.text("${}AB,.", max_size=8).map(lambda text: {"Fn::Sub": text}),
        st.tuples(st.sampled_from(["Fn::Join", "Fn::Select", "Fn::Split", "Fn::Cidr", "Fn::FindInMap"]), two).map(
            lambda pair: dict([pair])
        ),
        st.tuples(st.sampled_from(["Fn::GetAZs", "Fn::ImportValue", "Fn::Base64", "Fn::Length"]), inner).map(
            lambda pair: dict([pair])
        ),
    )


VALUES = st.recursive(SCALARS, functions, max_leaves=6)
RESOURCES = st.fixed_dictionaries(
    {"Type": TYPES, "Properties": st.dictionaries(PROPERTIES, VALUES, max_size=4)},
    optional={
        "Condition": NAMES,
        "DeletionPolicy": VALUES,
        "DependsOn": VALUES,
        "Metadata": VALUES,
        "UpdatePolicy": VALUES,
    },
)
PARAMETERS = st.fixed_dictionaries(
    {"Type": st.sampled_from(["String", "Number", "CommaDelimitedList", "AWS::EC2::Subnet::Id"])},
    optional={"Default": SCALARS, "AllowedValues": st.lists(SCALARS, max_size=3)},
)
TEMPLATES = st.fixed_dictionaries(
    {"Resources": st.dictionaries(NAMES, RESOURCES, min_size=1, max_size=4)},
    optional={
        "Parameters": st.dictionaries(NAMES, PARAMETERS, max_size=3),
        "Conditions": st.dictionaries(NAMES, functions(SCALARS), max_size=3),
        "Transform": st.sampled_from(["AWS::Serverless-2016-10-31", "Macro", ["AWS::LanguageExtensions"]]),
    },
)
FEW = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def checked(template: Any) -> Report:
    report = relint.check_text(json.dumps(template), "a.json", ruleset="all", allow_empty=True)
    assert not [failure.message for failure in report.failures if failure.stage == "check"]
    return report


@FEW
@given(TEMPLATES)
def test_no_rule_crashes_and_every_finding_stands_in_the_text(template: Any) -> None:
    report = checked(template)
    text = json.dumps(template)
    for finding in report.findings:
        span = finding.span
        assert span.start.line == span.end.line == 1
        assert 1 <= span.start.column <= span.end.column <= len(text) + 1
        if finding.logical_id and finding.path[:1] == ("Resources",):
            key = json.dumps(finding.path[1])
            assert key in text
            assert text.index(key) + 1 <= span.start.column


@FEW
@given(TEMPLATES)
def test_a_rule_says_one_thing_of_a_place(template: Any) -> None:
    said: dict[tuple[str, object], set[str]] = {}
    for finding in checked(template).findings:
        if finding.verdict in ("fail", "review"):
            said.setdefault((finding.rule.id, finding.path, finding.message), set()).add(finding.verdict)  # type: ignore[index]
    assert all(len(verdicts) == 1 for verdicts in said.values())


@FEW
@given(st.binary(max_size=300))
def test_bytes_are_a_template_or_an_error(content: bytes) -> None:
    for file in ("a.yaml", "a.json"):
        try:
            relint.check_text(content, file, allow_empty=True)
        except RelintError:
            raise AssertionError("a text that is no template is a failure of the report") from None


@FEW
@given(TEMPLATES)
def test_a_resource_that_nobody_refers_to_changes_nothing_else(template: Any) -> None:
    lonely = {"Type": "Custom::Nothing"}
    more = {**template, "Resources": {**template["Resources"], "Lonely0": lonely}}

    def told(report: Report) -> list[tuple[str, str, str]]:
        return sorted((one.rule.id, one.verdict, one.message) for one in report.findings if one.logical_id != "Lonely0")

    assert told(checked(more)) == told(checked(template))
