"""Deliveries to a function, a queue or with a role, and whether what a template permits is meant for them."""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.aws.deliveries.delivery import deliveries
from relint.model.aws.deliveries.permission import permission_of
from relint.model.aws.deliveries.senders import SENDERS
from relint.model.aws.deliveries.services import SERVICES
from relint.model.aws.lambda_invokers import _INVOKING_PROPERTIES
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

FUNCTION = {"Fn::GetAtt": ["Function", "Arn"]}
URI = {"Fn::Sub": "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations"}


def sub(text: str) -> dict[str, str]:
    return {"Fn::Sub": text}


def resource(type_name: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"AWS::{type_name}", "Properties": properties}


def fault_of(resources: dict[str, Any], **sections: Any) -> str:
    """Return the fault of the only delivery; "open" if it is unknown, "" if it is permitted."""
    view = view_of(resources, **sections)
    (delivery,) = deliveries(view)
    permission = permission_of(view, delivery)
    return "open" if isinstance(permission.truth, Unknown) else permission.fault if permission.truth is False else ""


METHOD = resource("ApiGateway::Method", RestApiId={"Ref": "Api"}, HttpMethod="GET", Integration={"Uri": URI})
ORDERS = resource("ApiGateway::Method", **METHOD["Properties"] | {"ResourceId": {"Ref": "Order"}})
ROOT = resource(
    "ApiGateway::Method", **METHOD["Properties"] | {"ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]}}
)
PATHS = {
    "Orders": resource("ApiGateway::Resource", ParentId={"Fn::GetAtt": ["Api", "RootResourceId"]}, PathPart="orders"),
    "Order": resource("ApiGateway::Resource", ParentId={"Ref": "Orders"}, PathPart="{id}"),
}
ANY = resource("ApiGateway::Method", RestApiId={"Ref": "Api"}, HttpMethod="ANY", Integration={"Uri": URI})
AUTHORIZER = resource("ApiGateway::Authorizer", RestApiId={"Ref": "Api"}, AuthorizerUri=URI)
INTEGRATION = resource("ApiGatewayV2::Integration", ApiId={"Ref": "Api"}, IntegrationUri=FUNCTION)
TARGETS = resource("ElasticLoadBalancingV2::TargetGroup", TargetType="lambda", Targets=[{"Id": FUNCTION}])
FILTER = resource("Logs::SubscriptionFilter", LogGroupName="/shop", DestinationArn=FUNCTION)
RULE = resource("Events::Rule", Targets=[{"Arn": FUNCTION}])
RULE_OF_BUS = resource("Events::Rule", Name="all", EventBusName="shop", Targets=[{"Arn": FUNCTION}])
BUCKET = resource("S3::Bucket", NotificationConfiguration={"LambdaConfigurations": [{"Function": FUNCTION}]})
USERS = resource("Cognito::UserPool", LambdaConfig={"PreSignUp": FUNCTION})
ALARM = resource("CloudWatch::Alarm", AlarmActions=[FUNCTION], AlarmName="errors")

API = "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}"
SOURCES = [
    pytest.param(METHOD, "apigateway", f"{API}/*", "", id="all requests of the API"),
    pytest.param(METHOD, "apigateway", f"{API}/*/GET/orders", "", id="a path, where that of the method is unknown"),
    pytest.param(ORDERS, "apigateway", f"{API}/*/GET/orders/*", "", id="the path with its variable"),
    pytest.param(ORDERS, "apigateway", f"{API}/*/GET/returns/*", "differs", id="another path"),
    pytest.param(ROOT, "apigateway", f"{API}/*/GET/", "", id="the root"),
    pytest.param(ROOT, "apigateway", f"{API}/*/GET/orders", "differs", id="a path, but not the root"),
    pytest.param(METHOD, "apigateway", f"{API}/prod/GET/*", "", id="a stage, which is not compared"),
    pytest.param(ORDERS, "apigateway", f"{API}/*/POST/*", "differs", id="another method"),
    pytest.param(ANY, "apigateway", f"{API}/*/POST/*", "", id="one of all methods"),
    pytest.param(METHOD, "apigateway", API, "differs", id="the API without its requests"),
    pytest.param(AUTHORIZER, "apigateway", f"{API}/authorizers/*", "", id="the authorizers of the API"),
    pytest.param(AUTHORIZER, "apigateway", f"{API}/*/GET/*", "differs", id="methods, but no authorizer"),
    pytest.param(INTEGRATION, "apigateway", f"{API}/*/*/orders", "", id="a route"),
    pytest.param(TARGETS, "elasticloadbalancing", "${Source}", "", id="the target group"),
    pytest.param(
        TARGETS,
        "elasticloadbalancing",
        "arn:aws:elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:${Source.TargetGroupFullName}",
        "",
        id="the full name of the target group",
    ),
    pytest.param(
        TARGETS,
        "elasticloadbalancing",
        "arn:aws:elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:targetgroup/web/*",
        "differs",
        id="another target group",
    ),
    pytest.param(FILTER, "logs.eu-west-1", "arn:aws:logs:*:${AWS::AccountId}:log-group:/shop:*", "", id="log group"),
    pytest.param(FILTER, "logs", "arn:aws:logs:*:${AWS::AccountId}:log-group:/other:*", "differs", id="another one"),
    pytest.param(RULE, "events", "${Source.Arn}", "", id="the rule"),
    pytest.param(RULE, "events", "arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/${Source}", "", id="its name"),
    pytest.param(RULE_OF_BUS, "events", "arn:aws:events:*:*:rule/shop/all", "", id="the rule of a bus"),
    pytest.param(RULE, "events", "arn:aws:events:*:*:rule/nightly", "differs", id="another rule"),
    pytest.param(BUCKET, "s3", "arn:${AWS::Partition}:s3:::${Source}", "", id="the bucket"),
    pytest.param(BUCKET, "s3", "arn:aws:s3:::uploads", "differs", id="another bucket"),
    pytest.param(USERS, "cognito-idp", "arn:aws:cognito-idp:*:*:userpool/${Source}", "", id="the user pool"),
    pytest.param(ALARM, "lambda.alarms.cloudwatch", "arn:aws:cloudwatch:*:*:alarm:err*", "", id="the alarm"),
    pytest.param(ALARM, "cloudwatch", "arn:aws:cloudwatch:*:*:alarm:err*", "missing", id="alarms have another name"),
]


@pytest.mark.parametrize(("source", "principal", "arn", "expected"), SOURCES)
def test_source_of_a_permission(source: dict[str, Any], principal: str, arn: str, expected: str) -> None:
    permission = resource(
        "Lambda::Permission",
        FunctionName={"Ref": "Function"},
        Action="lambda:InvokeFunction",
        Principal=f"{principal}.amazonaws.com",
        SourceArn=sub(arn),
    )
    function, api = resource("Lambda::Function"), resource("ApiGateway::RestApi")
    resources = {"Function": function, "Api": api, **PATHS, "Source": source, "Permission": permission}
    assert fault_of(resources) == expected


ALIAS = resource("Lambda::Alias", FunctionName={"Ref": "Function"}, Name="live")
NAMES = [
    pytest.param({"Ref": "Function"}, FUNCTION, "", id="the function by name"),
    pytest.param("orders", FUNCTION, "", id="the function by its written name"),
    pytest.param("returns", FUNCTION, "missing", id="another name"),
    pytest.param({"Ref": "Function"}, {"Ref": "Alias"}, "missing", id="the function, not the alias"),
    pytest.param({"Ref": "Alias"}, {"Ref": "Alias"}, "", id="the alias"),
    pytest.param("orders:live", sub("${Function.Arn}:live"), "", id="the alias by name"),
    pytest.param({"Ref": "Alias"}, FUNCTION, "missing", id="the alias, not the function"),
    pytest.param({"Ref": "Unknown"}, FUNCTION, "open", id="a parameter"),
]


@pytest.mark.parametrize(("function_name", "target", "expected"), NAMES)
def test_function_of_a_permission(function_name: Any, target: Any, expected: str) -> None:
    permission = resource(
        "Lambda::Permission", FunctionName=function_name, Action="lambda:*", Principal="sns.amazonaws.com"
    )
    resources = {
        "Function": resource("Lambda::Function", FunctionName="orders"),
        "Alias": ALIAS,
        "Source": resource("SNS::Subscription", Protocol="lambda", TopicArn={"Ref": "Unknown"}, Endpoint=target),
        "Permission": permission,
    }
    assert fault_of(resources, Parameters={"Unknown": {"Type": "String"}}) == expected


TRUST = {"Effect": "Allow", "Principal": {"Service": "scheduler.amazonaws.com"}, "Action": "sts:AssumeRole"}
SEND = {"Effect": "Allow", "Action": "sqs:Send*", "Resource": {"Fn::GetAtt": ["Queue", "Arn"]}}


def inline(*statements: Any) -> list[dict[str, Any]]:
    return [{"PolicyName": "p", "PolicyDocument": {"Statement": list(statements)}}]


ATTACHED = resource("IAM::Policy", PolicyName="p", Roles=[{"Ref": "Role"}], PolicyDocument={"Statement": [SEND]})
MANAGED = resource("IAM::ManagedPolicy", PolicyDocument={"Statement": SEND})
ROLES = [
    pytest.param({"Policies": inline(SEND)}, {}, "", id="an inline policy"),
    pytest.param({}, {"Policy": ATTACHED}, "", id="an attached policy"),
    pytest.param({"ManagedPolicyArns": [{"Ref": "Policy"}]}, {"Policy": MANAGED}, "", id="a managed policy"),
    pytest.param({"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AmazonSQSFullAccess"]}, {}, "", id="one of AWS"),
    pytest.param(
        {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AmazonSNSFullAccess"]}, {}, "role", id="another one of AWS"
    ),
    pytest.param({"ManagedPolicyArns": ["arn:aws:iam::aws:policy/Rare"]}, {}, "open", id="one that is not known"),
    pytest.param({}, {}, "role", id="no policy"),
    pytest.param({"Policies": inline({**SEND, "Resource": "arn:aws:sqs:*:*:other"})}, {}, "role", id="another queue"),
    pytest.param({"Policies": inline(SEND, {**SEND, "Effect": "Deny"})}, {}, "role", id="a denial"),
    pytest.param({"AssumeRolePolicyDocument": {"Statement": []}}, {}, "trust", id="nobody is trusted"),
]


@pytest.mark.parametrize(("properties", "resources", "expected"), ROLES)
def test_role_of_a_schedule(properties: dict[str, Any], resources: dict[str, Any], expected: str) -> None:
    role = resource("IAM::Role", **{"AssumeRolePolicyDocument": {"Statement": TRUST}, **properties})
    target = {"Arn": {"Fn::GetAtt": ["Queue", "Arn"]}, "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}}
    schedule = resource("Scheduler::Schedule", Target=target)
    assert fault_of({"Queue": resource("SQS::Queue"), "Schedule": schedule, "Role": role, **resources}) == expected


def test_every_service_is_described() -> None:
    assert {sender.service for sender in SENDERS} == set(SERVICES)


def test_sources_of_functions_are_known_as_invokers() -> None:
    to_functions = {sender.source_type for sender in SENDERS if "AWS::Lambda::Function" in sender.to}
    assert to_functions <= _INVOKING_PROPERTIES.keys()
