"""Which alarms are about a resource: one case for each way of naming it, and for what nobody would write on purpose."""

from __future__ import annotations

import json
from typing import Any

import pytest

from relint.checks.cloudwatch.alarm_on_resource import fact
from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.resolve.value import Unknown
from relint.source.read import read_document

QUEUES: dict[str, Any] = {
    "Unnamed": {"Type": "AWS::SQS::Queue"},
    "Named": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "prod-orders"}},
    "Given": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Ref": "Name"}}},
    "Made": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "${Stage}-orders-${Name}"}}},
    "Other": {"Type": "AWS::SQS::Queue", "Properties": {"RedrivePolicy": {"x": {"Fn::GetAtt": ["Unnamed", "Arn"]}}}},
    "Finder": {"Type": "Custom::Finder", "Properties": {"ServiceToken": "arn:x", "Queue": {"Ref": "Unnamed"}}},
}


def answer(name: str, alarm: dict[str, Any], **arguments: Any) -> bool | None:
    """What the fact says of a queue beside one alarm; None if it cannot tell."""
    data = {
        "Parameters": {"Name": {"Type": "String"}, "Stage": {"Type": "String"}},
        "Resources": {**QUEUES, "Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": alarm}},
    }
    template = Template(read_document(json.dumps(data).encode(), "t.json"))
    view = View(template, Scenario(template.deployments))
    found = fact(
        template.resources[name],
        view,
        namespace="AWS/SQS",
        metrics=["Age"],
        dimensions=["QueueName"],
        name=("Properties", "QueueName"),
        **arguments,
    )
    return None if isinstance(found, Unknown) else found


def metric(value: Any, **others: Any) -> dict[str, Any]:
    return {
        "Namespace": "AWS/SQS",
        "MetricName": "Age",
        "Dimensions": [{"Name": "QueueName", "Value": value}],
        **others,
    }


@pytest.mark.parametrize(
    ("queue", "value", "expected"),
    [
        ("Unnamed", {"Fn::GetAtt": ["Unnamed", "QueueName"]}, True),
        ("Unnamed", {"Fn::Sub": "${Unnamed.QueueName}"}, True),
        ("Unnamed", {"Fn::Select": [5, {"Fn::Split": [":", {"Fn::GetAtt": ["Unnamed", "Arn"]}]}]}, True),
        ("Unnamed", {"Fn::GetAtt": ["Other", "QueueName"]}, False),
        ("Unnamed", {"Fn::GetAtt": ["Finder", "Name"]}, None),
        ("Named", {"Fn::GetAtt": ["Finder", "Name"]}, False),
        ("Unnamed", "prod-orders", False),
        ("Unnamed", {"Fn::Sub": "${AWS::StackName}-orders"}, False),
        ("Unnamed", {"Ref": "Name"}, None),
        ("Unnamed", {"Fn::ImportValue": "queue"}, None),
        ("Named", "prod-orders", True),
        ("Named", "prod-bills", False),
        ("Named", {"Ref": "Name"}, None),
        ("Named", {"Fn::Sub": "${Stage}-orders"}, None),
        ("Named", {"Fn::Sub": "${Stage}-bills"}, False),
        ("Named", {"Fn::Sub": "${Stage}-prod-orders-dlq"}, False),
        ("Named", {"Fn::Sub": "prod${Stage}"}, None),
        ("Given", {"Ref": "Name"}, True),
        ("Given", {"Ref": "Stage"}, None),
        ("Given", "prod-orders", None),
        ("Given", {"Fn::Sub": "${Name}-dlq"}, False),
        ("Made", {"Fn::Join": ["-", [{"Ref": "Stage"}, "orders", {"Ref": "Name"}]]}, True),
        ("Made", {"Fn::Sub": "${Stage}-others-${Name}"}, False),
        ("Made", {"Fn::Sub": "${Stage}-orders-dlq-${Name}"}, False),
        ("Made", {"Fn::Sub": "${Name}-orders-${Stage}"}, None),
        ("Made", "prod-orders-eu", None),
        ("Made", "prod-bills-eu", False),
        ("Unnamed", 7, False),
        ("Unnamed", ["a"], False),
        ("Unnamed", {"a": "b"}, False),
        ("Unnamed", None, False),
    ],
)
def test_alarm_dimension_matches_the_resource(queue: str, value: Any, expected: bool | None) -> None:
    assert answer(queue, metric(value)) is expected


@pytest.mark.parametrize(
    ("alarm", "expected"),
    [
        (metric("prod-orders", Namespace={"Ref": "Name"}), None),
        (metric("prod-orders", MetricName={"Ref": "Name"}), None),
        (metric("prod-bills", MetricName={"Ref": "Name"}), False),
        (metric("prod-orders", Namespace="AWS/Lambda"), False),
        (metric("prod-orders", MetricName="Depth"), False),
        ({**metric(""), "Dimensions": {"Ref": "Name"}}, None),
        ({**metric(""), "Dimensions": [{"Name": {"Ref": "Name"}, "Value": "prod-orders"}]}, None),
        ({**metric(""), "Dimensions": [{"Name": "Queue", "Value": "prod-orders"}]}, False),
        ({**metric(""), "Dimensions": "prod-orders"}, False),
        ({"Metrics": [{"Id": "m", "MetricStat": {"Metric": metric("prod-orders")}}]}, True),
        ({"Metrics": [{"Id": "m", "MetricStat": {"Metric": metric("prod-bills")}}]}, False),
        ({"Metrics": {"Ref": "Name"}}, None),
        ({"Metrics": [{"Id": "m", "Expression": "SEARCH('{AWS/SQS,QueueName} Age', 'Maximum')"}]}, None),
        ({"Metrics": [{"Id": "m", "Expression": "SEARCH('{AWS/SQS,QueueName} Depth', 'Maximum')"}]}, False),
        ({"Metrics": [{"Id": "m", "Expression": {"Fn::Sub": "SELECT MAX(Age) FROM ${Name}"}}]}, None),
        ({"Metrics": [{"Id": "m", "Expression": {"Ref": "Name"}}]}, None),
        ({"Metrics": [{"Id": "m", "Expression": "a / b"}, "odd", 7, None]}, False),
        ({"MetricName": 7, "Namespace": [], "Dimensions": 7}, False),
        ({}, False),
    ],
)
def test_alarm_metrics_match_the_resource(alarm: dict[str, Any], expected: bool | None) -> None:
    assert answer("Named", alarm) is expected


@pytest.mark.parametrize(
    ("operator", "threshold", "expected"),
    [
        ("GreaterThanThreshold", 59, True),
        ("GreaterThanThreshold", "60", False),
        ("GreaterThanOrEqualToThreshold", 60, True),
        ("LessThanThreshold", 59, False),
        ("GreaterThanThreshold", {"Ref": "Name"}, None),
        ({"Ref": "Name"}, 59, None),
        ("GreaterThanUpperThreshold", 59, None),
        ("GreaterThanThreshold", "soon", None),
        ("GreaterThanThreshold", [], None),
        (7, None, None),
    ],
)
def test_alarm_fires_above_the_threshold(operator: Any, threshold: Any, expected: bool | None) -> None:
    alarm = metric("prod-orders", ComparisonOperator=operator, Threshold=threshold)
    assert answer("Named", alarm, breached_by=60) is expected
