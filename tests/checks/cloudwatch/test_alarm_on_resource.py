"""Alarms on a resource: one case for each way to name the resource, and for malformed alarms."""

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
    """Return the fact about a queue in a template with one alarm; None if it is unknown."""
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
        pytest.param(
            "Unnamed", {"Fn::GetAtt": ["Unnamed", "QueueName"]}, True, id="the name attribute of a queue without a name"
        ),
        pytest.param("Unnamed", {"Fn::Sub": "${Unnamed.QueueName}"}, True, id="the name attribute in a text"),
        pytest.param(
            "Unnamed",
            {"Fn::Select": [5, {"Fn::Split": [":", {"Fn::GetAtt": ["Unnamed", "Arn"]}]}]},
            True,
            id="the name cut from the ARN",
        ),
        pytest.param(
            "Unnamed", {"Fn::GetAtt": ["Other", "QueueName"]}, False, id="the name attribute of another queue"
        ),
        pytest.param(
            "Unnamed",
            {"Fn::GetAtt": ["Finder", "Name"]},
            None,
            id="an attribute of a resource that refers to the queue",
        ),
        pytest.param(
            "Named",
            {"Fn::GetAtt": ["Finder", "Name"]},
            False,
            id="an attribute of a resource that refers to another queue",
        ),
        pytest.param("Unnamed", "prod-orders", False, id="a literal against a generated name"),
        pytest.param(
            "Unnamed", {"Fn::Sub": "${AWS::StackName}-orders"}, False, id="an assembled text against a generated name"
        ),
        pytest.param("Unnamed", {"Ref": "Name"}, None, id="a parameter against a generated name"),
        pytest.param("Unnamed", {"Fn::ImportValue": "queue"}, None, id="an import against a generated name"),
        pytest.param("Named", "prod-orders", True, id="the literal name"),
        pytest.param("Named", "prod-bills", False, id="another literal name"),
        pytest.param("Named", {"Ref": "Name"}, None, id="a parameter against a literal name"),
        pytest.param("Named", {"Fn::Sub": "${Stage}-orders"}, None, id="a text that may end with the name"),
        pytest.param("Named", {"Fn::Sub": "${Stage}-bills"}, False, id="a text that cannot end with the name"),
        pytest.param("Named", {"Fn::Sub": "${Stage}-prod-orders-dlq"}, False, id="a text with a longer end"),
        pytest.param("Named", {"Fn::Sub": "prod${Stage}"}, None, id="a text that may begin with the name"),
        pytest.param("Given", {"Ref": "Name"}, True, id="the same parameter"),
        pytest.param("Given", {"Ref": "Stage"}, None, id="another parameter"),
        pytest.param("Given", "prod-orders", None, id="a literal against a parameter"),
        pytest.param("Given", {"Fn::Sub": "${Name}-dlq"}, False, id="the same parameter with an end"),
        pytest.param(
            "Made",
            {"Fn::Join": ["-", [{"Ref": "Stage"}, "orders", {"Ref": "Name"}]]},
            True,
            id="the same parts in the same order",
        ),
        pytest.param("Made", {"Fn::Sub": "${Stage}-others-${Name}"}, False, id="other literal parts"),
        pytest.param("Made", {"Fn::Sub": "${Stage}-orders-dlq-${Name}"}, False, id="further literal parts"),
        pytest.param("Made", {"Fn::Sub": "${Name}-orders-${Stage}"}, None, id="parameters in another order"),
        pytest.param("Made", "prod-orders-eu", None, id="a literal that fits the parts"),
        pytest.param("Made", "prod-bills-eu", False, id="a literal that does not fit the parts"),
        pytest.param("Unnamed", 7, False, id="a number"),
        pytest.param("Unnamed", ["a"], False, id="a list"),
        pytest.param("Unnamed", {"a": "b"}, False, id="a mapping"),
        pytest.param("Unnamed", None, False, id="nothing"),
    ],
)
def test_alarm_dimension_matches_the_resource(queue: str, value: Any, expected: bool | None) -> None:
    assert answer(queue, metric(value)) is expected


@pytest.mark.parametrize(
    ("alarm", "expected"),
    [
        pytest.param(metric("prod-orders", Namespace={"Ref": "Name"}), None, id="an unknown namespace"),
        pytest.param(metric("prod-orders", MetricName={"Ref": "Name"}), None, id="an unknown metric"),
        pytest.param(metric("prod-bills", MetricName={"Ref": "Name"}), False, id="an unknown metric of another queue"),
        pytest.param(metric("prod-orders", Namespace="AWS/Lambda"), False, id="another namespace"),
        pytest.param(metric("prod-orders", MetricName="Depth"), False, id="another metric"),
        pytest.param({**metric(""), "Dimensions": {"Ref": "Name"}}, None, id="unknown dimensions"),
        pytest.param(
            {**metric(""), "Dimensions": [{"Name": {"Ref": "Name"}, "Value": "prod-orders"}]},
            None,
            id="a dimension with an unknown name",
        ),
        pytest.param(
            {**metric(""), "Dimensions": [{"Name": "Queue", "Value": "prod-orders"}]},
            False,
            id="a dimension with another name",
        ),
        pytest.param({**metric(""), "Dimensions": "prod-orders"}, False, id="dimensions that are not a list"),
        pytest.param(
            {"Metrics": [{"Id": "m", "MetricStat": {"Metric": metric("prod-orders")}}]},
            True,
            id="a metric among several",
        ),
        pytest.param(
            {"Metrics": [{"Id": "m", "MetricStat": {"Metric": metric("prod-bills")}}]},
            False,
            id="a metric of another queue among several",
        ),
        pytest.param({"Metrics": {"Ref": "Name"}}, None, id="unknown metrics"),
        pytest.param(
            {"Metrics": [{"Id": "m", "Expression": "SEARCH('{AWS/SQS,QueueName} Age', 'Maximum')"}]},
            None,
            id="a search for the metric",
        ),
        pytest.param(
            {"Metrics": [{"Id": "m", "Expression": "SEARCH('{AWS/SQS,QueueName} Depth', 'Maximum')"}]},
            False,
            id="a search for another metric",
        ),
        pytest.param(
            {"Metrics": [{"Id": "m", "Expression": {"Fn::Sub": "SELECT MAX(Age) FROM ${Name}"}}]},
            None,
            id="a query that is assembled on deployment",
        ),
        pytest.param({"Metrics": [{"Id": "m", "Expression": {"Ref": "Name"}}]}, None, id="an unknown expression"),
        pytest.param(
            {"Metrics": [{"Id": "m", "Expression": "a / b"}, "odd", 7, None]},
            False,
            id="an expression over other metrics beside malformed ones",
        ),
        pytest.param({"MetricName": 7, "Namespace": [], "Dimensions": 7}, False, id="malformed fields"),
        pytest.param({}, False, id="an alarm without a metric"),
    ],
)
def test_alarm_metrics_match_the_resource(alarm: dict[str, Any], expected: bool | None) -> None:
    assert answer("Named", alarm) is expected


@pytest.mark.parametrize(
    ("operator", "threshold", "expected"),
    [
        pytest.param("GreaterThanThreshold", 59, True, id="above a lower threshold"),
        pytest.param("GreaterThanThreshold", "60", False, id="above an equal threshold"),
        pytest.param("GreaterThanOrEqualToThreshold", 60, True, id="at or above an equal threshold"),
        pytest.param("LessThanThreshold", 59, False, id="below a threshold"),
        pytest.param("GreaterThanThreshold", {"Ref": "Name"}, None, id="an unknown threshold"),
        pytest.param({"Ref": "Name"}, 59, None, id="an unknown operator"),
        pytest.param("GreaterThanUpperThreshold", 59, None, id="an operator of anomaly detection"),
        pytest.param("GreaterThanThreshold", "soon", None, id="a threshold that is not a number"),
        pytest.param("GreaterThanThreshold", [], None, id="a list as threshold"),
        pytest.param(7, None, None, id="malformed operator and threshold"),
    ],
)
def test_alarm_fires_above_the_threshold(operator: Any, threshold: Any, expected: bool | None) -> None:
    alarm = metric("prod-orders", ComparisonOperator=operator, Threshold=threshold)
    assert answer("Named", alarm, breached_by=60) is expected
