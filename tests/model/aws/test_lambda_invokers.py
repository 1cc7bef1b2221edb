"""Invokers of a function, and the alias or version that they invoke."""

from __future__ import annotations

import json
from typing import Any

import pytest

from relint.model.aws.lambda_invokers import _INVOKING_PROPERTIES, invokers_of
from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.source.read import read_document

NAMED_BY_STACK = {"Fn::Sub": "${AWS::StackName}-worker"}


def invocation_of(resource_type: str, properties: dict[str, Any], name: Any = None) -> tuple[str, Any] | None:
    """Return the invocation type and the qualifier of the one resource that invokes the function; None without one."""
    function = {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": name} if name else {}}
    alias = {"Type": "AWS::Lambda::Alias", "Properties": {"Name": "live", "FunctionName": {"Ref": "Worker"}}}
    invoker = {"Type": resource_type, "Properties": properties}
    resources = {"Worker": function, "Live": alias, "Invoker": invoker}
    template = Template(read_document(json.dumps({"Resources": resources}).encode(), "t.json"))
    view = View(template, Scenario(template.deployments))
    invokers = invokers_of(view, template.resources["Worker"])
    assert len(invokers) <= 1
    return (invokers[0].invocation_type, invokers[0].qualifier) if invokers else None


@pytest.mark.parametrize(
    ("endpoint", "qualifier"),
    [
        pytest.param({"Fn::GetAtt": ["Worker", "Arn"]}, "$LATEST", id="the function"),
        pytest.param({"Fn::Sub": "${Worker.Arn}:$LATEST"}, "$LATEST", id="the function in words"),
        pytest.param({"Ref": "Live"}, "live", id="an alias"),
        pytest.param({"Fn::Sub": "${Worker.Arn}:blue"}, "blue", id="a name behind the ARN"),
        pytest.param({"Fn::Join": [":", [{"Fn::GetAtt": ["Worker", "Arn"]}, "7"]]}, "7", id="a version behind the ARN"),
    ],
)
def test_subscription_invokes_the_qualifier_that_it_names(endpoint: Any, qualifier: str) -> None:
    assert invocation_of("AWS::SNS::Subscription", {"Endpoint": endpoint}) == ("event", qualifier)


@pytest.mark.parametrize(
    ("name", "endpoint", "qualifier"),
    [
        pytest.param("worker", "arn:aws:lambda:eu-west-1:123456789012:function:worker", "$LATEST", id="a literal"),
        pytest.param(
            "worker",
            {"Fn::Sub": "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:worker:live"},
            "live",
            id="a literal with an alias",
        ),
        pytest.param(
            NAMED_BY_STACK,
            {"Fn::Sub": "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${AWS::StackName}-worker"},
            "$LATEST",
            id="the name of the stack in it",
        ),
    ],
)
def test_function_is_found_by_its_name(name: Any, endpoint: Any, qualifier: str) -> None:
    assert invocation_of("AWS::SNS::Subscription", {"Endpoint": endpoint}, name) == ("event", qualifier)


def test_function_of_a_longer_name_is_another() -> None:
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:worker-two"
    assert invocation_of("AWS::SNS::Subscription", {"Endpoint": arn}, "worker") is None


@pytest.mark.parametrize("actions", ["AlarmActions", "OKActions", "InsufficientDataActions"])
@pytest.mark.parametrize("resource_type", ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"])
def test_alarm_invokes_asynchronously(resource_type: str, actions: str) -> None:
    properties = {actions: [{"Fn::GetAtt": ["Worker", "Arn"]}]}
    assert invocation_of(resource_type, properties) == ("event", "$LATEST")


@pytest.mark.parametrize("value", [False, "false"])
def test_alarm_without_actions_invokes_nothing(value: Any) -> None:
    properties = {"ActionsEnabled": value, "AlarmActions": [{"Fn::GetAtt": ["Worker", "Arn"]}]}
    assert invocation_of("AWS::CloudWatch::Alarm", properties) is None


@pytest.mark.parametrize(
    ("principal", "invocation_type"),
    [
        pytest.param("lambda.alarms.cloudwatch.amazonaws.com", "event", id="alarms"),
        pytest.param("logs.eu-west-1.amazonaws.com", "event", id="logs of a Region"),
        ("logs.amazonaws.com", "event"),
        ("codecommit.amazonaws.com", "event"),
        ("iot.amazonaws.com", "event"),
        ("s3.amazonaws.com", "event"),
        ("sns.amazonaws.com", "event"),
        ("alexa-appkit.amazon.com", "request"),
        ("apigateway.amazonaws.com", "request"),
        ("bedrock.amazonaws.com", "request"),
        ("cognito-idp.amazonaws.com", "request"),
        ("elasticloadbalancing.amazonaws.com", "request"),
        ("lex.amazonaws.com", "request"),
        ("lexv2.amazonaws.com", "request"),
        ("vpc-lattice.amazonaws.com", "request"),
        ("config.amazonaws.com", "audit"),
        ("events.amazonaws.com", "unspecified"),
    ],
)
def test_permission_shows_the_manner_of_invocation(principal: str, invocation_type: str) -> None:
    properties = {"FunctionName": {"Ref": "Worker"}, "Principal": principal}
    assert invocation_of("AWS::Lambda::Permission", properties) == (invocation_type, "$LATEST")


def test_manners_of_invocation_are_those_that_checks_know() -> None:
    manners = {manner for properties in _INVOKING_PROPERTIES.values() for _, manner in properties}
    assert manners == {
        *("audit", "device", "edge", "event", "other", "permission", "pipeline", "poll", "request", "stack", "workflow")
    }
