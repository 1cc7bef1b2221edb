"""Statements of a queue policy, and whether they let a topic send to the queue.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.aws.deliveries.delivery import deliveries
from relint.model.aws.deliveries.permission import permission_of
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

ALLOW: dict[str, Any] = {
    "Effect": "Allow",
    "Principal": {"Service": "sns.amazonaws.com"},
    "Action": "sqs:SendMessage",
    "Resource": "*",
}
DENY = {**ALLOW, "Effect": "Deny"}
ACCOUNT, REGION = {"Ref": "AWS::AccountId"}, {"Ref": "AWS::Region"}
OPEN = "open"


def sub(text: str) -> dict[str, str]:
    return {"Fn::Sub": text}


def if_source(**operators: Any) -> dict[str, Any]:
    """Return the statement with a condition on the ARN of the source for each operator."""
    names = {name.replace("__", ":"): value for name, value in operators.items()}
    return {**ALLOW, "Condition": {operator: {"aws:SourceArn": value} for operator, value in names.items()}}


def judge(statements: Any, **topic: Any) -> bool | str:
    """Return whether statements permit the delivery, or "open"."""
    view = view_of(
        {
            "Topic": {"Type": "AWS::SNS::Topic", "Properties": topic},
            "Other": {"Type": "AWS::SNS::Topic"},
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders"}},
            "Unnamed": {"Type": "AWS::SQS::Queue"},
            "ToQueue": {
                "Type": "AWS::SNS::Subscription",
                "Properties": {
                    "Protocol": "sqs",
                    "TopicArn": {"Ref": "Topic"},
                    "Endpoint": {"Fn::GetAtt": ["Queue", "Arn"]},
                },
            },
            "Policy": {
                "Type": "AWS::SQS::QueuePolicy",
                "Properties": {"Queues": [{"Ref": "Queue"}], "PolicyDocument": {"Statement": statements}},
            },
        },
        Parameters={"Unknown": {"Type": "String"}, "Condition": {"Type": "String"}},
    )
    (delivery,) = deliveries(view)
    truth = permission_of(view, delivery).truth
    return OPEN if isinstance(truth, Unknown) else truth


PRINCIPALS = [
    ("*", True),
    ({"AWS": "*"}, True),
    ({"AWS": ["123456789012", "*"]}, True),
    ({"AWS": "123456789012"}, False),
    ({"AWS": {"Ref": "Unknown"}}, OPEN),
    ({"AWS": {"Ref": "AWS::AccountId"}}, False),
    ({"AWS": sub("arn:aws:iam::${AWS::AccountId}:root")}, False),
    ({"Service": ["events.amazonaws.com", "sns.amazonaws.com"]}, True),
    ({"Service": "events.amazonaws.com"}, False),
    ({"Service": "sns.eu-south-1.amazonaws.com"}, True),
    ({"Service": sub("sns.${AWS::Region}.amazonaws.com")}, True),
    ({"Service": sub("sns.${AWS::URLSuffix}")}, True),
    ({"Service": sub("events.${AWS::URLSuffix}")}, False),
    ({"Service": "sns.events.amazonaws.com"}, False),
    ({"Service": {"Ref": "Unknown"}}, OPEN),
    ({"Ref": "Unknown"}, OPEN),
    ({"Federated": "cognito-identity.amazonaws.com"}, False),
]


@pytest.mark.parametrize(("principal", "expected"), PRINCIPALS, ids=lambda value: str(value))
def test_principal(principal: Any, expected: bool | str) -> None:
    assert judge({**ALLOW, "Principal": principal}) == expected


WITHOUT = {key: value for key, value in ALLOW.items() if key not in ("Principal", "Action", "Resource")}

STATEMENTS = [
    pytest.param([], False, id="no statement"),
    pytest.param({**ALLOW, "Action": "SQS:sendmessage"}, True, id="actions are compared without case"),
    pytest.param({**ALLOW, "Action": ["sqs:Receive*", "sqs:Send*"]}, True, id="a wildcard in a list of actions"),
    pytest.param({**ALLOW, "Action": "*"}, True, id="all actions"),
    pytest.param({**ALLOW, "Action": "sqs:SendMessage?"}, False, id="one more character"),
    pytest.param(
        {**WITHOUT, "Principal": "*", "NotAction": "sqs:Delete*", "Resource": "*"}, True, id="all actions but one"
    ),
    pytest.param(
        {**WITHOUT, "Principal": "*", "NotAction": "sqs:*", "Resource": "*"}, False, id="all actions of other services"
    ),
    pytest.param(
        {**WITHOUT, "NotPrincipal": {"Service": "sns.amazonaws.com"}, "Action": "*", "Resource": "*"},
        False,
        id="everybody but the service",
    ),
    pytest.param(
        {**WITHOUT, "NotPrincipal": {"AWS": "123456789012"}, "Action": "*", "Resource": "*"},
        True,
        id="everybody but an account",
    ),
    pytest.param(
        {**WITHOUT, "Principal": "*", "Action": "*", "NotResource": sub("arn:aws:sqs:*:*:other")}, True, id="not"
    ),
    pytest.param({**ALLOW, "Resource": {"Fn::GetAtt": ["Queue", "Arn"]}}, True, id="the queue"),
    pytest.param({**ALLOW, "Resource": {"Fn::GetAtt": ["Unnamed", "Arn"]}}, False, id="another queue"),
    pytest.param({**ALLOW, "Resource": {"Ref": "Queue"}}, False, id="a URL is no ARN"),
    pytest.param(
        {**ALLOW, "Resource": sub("arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Queue.QueueName}")},
        True,
        id="the ARN that is put together",
    ),
    pytest.param({**ALLOW, "Resource": sub("arn:aws:sqs:*:${AWS::AccountId}:ord*")}, True, id="the ARN with wildcards"),
    pytest.param({**ALLOW, "Resource": sub("arn:aws:sqs:${AWS::Region}:*:order")}, False, id="another name"),
    pytest.param({**ALLOW, "Resource": "arn:aws:sqs:eu-west-1:123456789012:orders"}, OPEN, id="a literal account"),
    pytest.param({**ALLOW, "Resource": {"Ref": "Unknown"}}, OPEN, id="a parameter"),
    pytest.param([ALLOW, {**DENY, "Action": "sqs:*"}], False, id="a denial wins"),
    pytest.param([ALLOW, {**DENY, "Principal": {"AWS": "*"}, "Action": "sqs:Delete*"}], True, id="another denial"),
    pytest.param({"Ref": "Unknown"}, OPEN, id="unknown statements"),
    pytest.param(
        [
            ALLOW,
            {**DENY, "Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
            {
                **DENY,
                "Principal": "*",
                "Condition": {
                    "StringNotEquals": {"aws:PrincipalOrgID": "o-a"},
                    "BoolIfExists": {"aws:PrincipalIsAWSService": False},
                },
            },
        ],
        True,
        id="denials that leave services out",
    ),
    pytest.param(
        [ALLOW, {**DENY, "Principal": "*", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-a"}}}],
        False,
        id="a service belongs to no organization",
    ),
    pytest.param(
        [ALLOW, {**DENY, "Principal": "*", "Condition": {"StringNotEqualsIfExists": {"aws:SourceVpc": "vpc-1"}}}],
        False,
        id="a negated condition holds for an absent key, also with IfExists",
    ),
    pytest.param([ALLOW, {**DENY, "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}], OPEN, id="an address"),
]


@pytest.mark.parametrize(("statements", "expected"), STATEMENTS)
def test_statements(statements: Any, expected: bool | str) -> None:
    assert judge(statements) == expected


TOPIC_OF_ACCOUNT = sub("arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:*")

CONDITIONS = [
    pytest.param(if_source(ArnEquals={"Ref": "Topic"}), True, id="the topic"),
    pytest.param(if_source(StringEquals=[{"Ref": "Other"}, {"Ref": "Topic"}]), True, id="one of several"),
    pytest.param(if_source(ArnLike={"Ref": "Other"}), False, id="another topic"),
    pytest.param(if_source(ArnEquals=TOPIC_OF_ACCOUNT), True, id="ArnEquals knows wildcards"),
    pytest.param(if_source(StringLike=TOPIC_OF_ACCOUNT), True, id="StringLike knows wildcards"),
    pytest.param(if_source(StringEquals=TOPIC_OF_ACCOUNT), False, id="StringEquals knows none"),
    pytest.param(if_source(ArnNotLike={"Ref": "Other"}), True, id="any but another"),
    pytest.param(if_source(ArnNotEquals={"Ref": "Topic"}), False, id="any but this"),
    pytest.param(if_source(ForAnyValue__ArnLike={"Ref": "Topic"}), True, id="ForAnyValue"),
    pytest.param(if_source(ArnLikeIfExists={"Ref": "Topic"}), True, id="IfExists"),
    pytest.param(if_source(ArnLike={"Ref": "Unknown"}), OPEN, id="a parameter"),
    pytest.param(if_source(Null="false"), True, id="the key is present"),
    pytest.param(if_source(Null=True), False, id="the key is absent"),
    pytest.param(if_source(ArnLike={"Ref": "Topic"}, StringEquals={"Ref": "Other"}), False, id="all conditions"),
    pytest.param(if_source(ArnLike=sub("arn:aws:sns:*:*:${AWS::StackName}-Topic-*")), True, id="a generated name"),
    pytest.param(if_source(ArnLike=sub("arn:aws:sns:*:*:alerts")), False, id="no generated name is so short"),
    pytest.param(if_source(NumericEquals="1"), OPEN, id="an operator for numbers"),
    pytest.param({**ALLOW, "Condition": {"StringEquals": {"AWS:PrincipalOrgID": "o-a"}}}, False, id="an organization"),
    pytest.param({**ALLOW, "Condition": {"StringEquals": {"aws:SourceOrgID": "o-a"}}}, OPEN, id="that of the source"),
    pytest.param({**ALLOW, "Condition": {"Ref": "Unknown"}}, OPEN, id="unknown conditions"),
]


@pytest.mark.parametrize(("statement", "expected"), CONDITIONS)
def test_conditions(statement: Any, expected: bool | str) -> None:
    assert judge(statement) == expected


def test_name_of_the_topic_may_be_written_or_referred_to() -> None:
    written = if_source(ArnLike=sub("arn:aws:sns:${AWS::Region}:${AWS::AccountId}:alerts"))
    assert judge(written, TopicName="alerts") is True
    assert judge(if_source(ArnLike=sub("arn:aws:sns:*:*:${Topic.TopicName}")), TopicName={"Ref": "Unknown"}) is True


def test_hostile_patterns_take_bounded_time() -> None:
    assert judge(if_source(ArnLike="a*" * 50_000)) == OPEN
