"""The properties of the resources that SAM generates, whole.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sam import bodies, properties_of

WORKER = {"Ref": "Worker"}


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        pytest.param(
            {"MemorySize": 128, "Policies": [], "Events": {}},
            {"MemorySize": 128, "Policies": []},
            id="what a function has",
        ),
        pytest.param({"CodeUri": "s3://b/k"}, {"Code": "s3://b/k"}, id="code in a bucket"),
        pytest.param({"InlineCode": "x = 1"}, {"Code": "x = 1"}, id="code in the template"),
        pytest.param({"Tracing": "Active"}, {"TracingConfig": {"Mode": "Active"}}, id="tracing"),
        pytest.param(
            {"DeadLetterQueue": {"Type": "SQS", "TargetArn": "arn"}},
            {"DeadLetterConfig": {"TargetArn": "arn"}},
            id="a queue of dead letters",
        ),
        pytest.param({"DeadLetterQueue": {"Ref": "Q"}}, {"DeadLetterConfig": {}}, id="a queue by a function"),
        pytest.param(
            {
                "AutoPublishAlias": "live",
                "AutoPublishAliasAllProperties": True,
                "AutoPublishCodeSha256": "abc",
                "DeploymentPreference": {},
                "EventInvokeConfig": {},
                "FunctionUrlConfig": {},
                "ProvisionedConcurrencyConfig": {},
                "VersionDescription": "new",
            },
            {},
            id="what other resources have",
        ),
    ],
)
def test_function_has(properties: dict[str, Any], expected: dict[str, Any]) -> None:
    assert properties_of("Function", properties, "Worker") == expected


DEPLOYED = {
    "AutoPublishAlias": "live",
    "DeploymentPreference": {"Type": "Canary10Percent5Minutes", "Alarms": ["A", "B"]},
}
GROUP = {
    "ApplicationName": {"Ref": "ServerlessDeploymentApplication"},
    "DeploymentConfigName": "CodeDeployDefault.LambdaCanary10Percent5Minutes",
    "DeploymentStyle": {"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL"},
    "AutoRollbackConfiguration": {
        "Enabled": True,
        "Events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
    },
    "AlarmConfiguration": {"Enabled": True, "Alarms": [{"Name": "A"}, {"Name": "B"}]},
}


def test_function_with_an_alias_is_deployed_by_codedeploy() -> None:
    concurrency = {"ProvisionedConcurrentExecutions": 5}
    function = {
        "Type": "AWS::Serverless::Function",
        "Properties": {**DEPLOYED, "ProvisionedConcurrencyConfig": concurrency},
    }
    resources = bodies({"Worker": function})
    del resources["Worker"]
    assert resources == {
        "WorkerVersion": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": WORKER}},
        "WorkerAliaslive": {
            "Type": "AWS::Lambda::Alias",
            "Properties": {
                "Name": "live",
                "FunctionName": WORKER,
                "FunctionVersion": {"Fn::GetAtt": ["WorkerVersion", "Version"]},
                "ProvisionedConcurrencyConfig": concurrency,
            },
            "UpdatePolicy": {"CodeDeployLambdaAliasUpdate": {"DeploymentGroupName": {"Ref": "WorkerDeploymentGroup"}}},
        },
        "ServerlessDeploymentApplication": {
            "Type": "AWS::CodeDeploy::Application",
            "Properties": {"ComputePlatform": "Lambda"},
        },
        "WorkerDeploymentGroup": {"Type": "AWS::CodeDeploy::DeploymentGroup", "Properties": GROUP},
    }


@pytest.mark.parametrize(
    ("preference", "is_deployed"),
    [
        ({"Type": "AllAtOnce", "Enabled": True}, True),
        ({"Type": "AllAtOnce", "Enabled": False}, False),
        ({"Type": "AllAtOnce", "Enabled": "false"}, False),
        ({"Enabled": True}, False),
        ({"Ref": "Type"}, False),
    ],
)
def test_deployment_needs_a_type_and_may_be_switched_off(preference: dict[str, Any], is_deployed: bool) -> None:
    properties = {"AutoPublishAlias": "live", "DeploymentPreference": preference}
    resources = bodies({"Worker": {"Type": "AWS::Serverless::Function", "Properties": properties}})
    assert ("UpdatePolicy" in resources["WorkerAliaslive"]) is is_deployed
    assert ("WorkerDeploymentGroup" in resources) is is_deployed


@pytest.mark.parametrize(
    ("preference", "changed"),
    [
        ({"Type": {"Ref": "Kind"}}, {"DeploymentConfigName": {"Ref": "Kind"}, "AlarmConfiguration": None}),
        (
            {"Type": "AllAtOnce"},
            {"DeploymentConfigName": "CodeDeployDefault.LambdaAllAtOnce", "AlarmConfiguration": None},
        ),
        (
            {"Type": "Canary10Percent5Minutes", "Alarms": {"Fn::If": ["C", [], []]}},
            {"AlarmConfiguration": {"Enabled": True, "Alarms": {"Fn::If": ["C", [], []]}}},
        ),
    ],
    ids=["by a parameter", "without alarms", "alarms by a condition"],
)
def test_deployment_group_has(preference: dict[str, Any], changed: dict[str, Any]) -> None:
    properties = {"AutoPublishAlias": {"Ref": "Alias"}, "DeploymentPreference": preference}
    expected = {name: value for name, value in {**GROUP, **changed}.items() if value is not None}
    assert properties_of("Function", properties, "WorkerDeploymentGroup") == expected
    assert properties_of("Function", properties, "WorkerAlias")["Name"] == {"Ref": "Alias"}


ON_DEMAND = {
    "BillingMode": "PAY_PER_REQUEST",
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
}


@pytest.mark.parametrize(
    ("sam_type", "properties", "expected"),
    [
        pytest.param("SimpleTable", {}, {"Worker": ON_DEMAND}, id="a table with the key of SAM"),
        pytest.param(
            "SimpleTable",
            {"PrimaryKey": {"Name": "no", "Type": "Number"}, "ProvisionedThroughput": {"ReadCapacityUnits": 1}},
            {
                "Worker": {
                    "ProvisionedThroughput": {"ReadCapacityUnits": 1},
                    "AttributeDefinitions": [{"AttributeName": "no", "AttributeType": "N"}],
                    "KeySchema": [{"AttributeName": "no", "KeyType": "HASH"}],
                }
            },
            id="a table of fixed capacity",
        ),
        pytest.param(
            "StateMachine",
            {
                "DefinitionUri": {"Bucket": "b", "Key": "k"},
                "Logging": {"Level": "ALL"},
                "Name": "n",
                "Role": "r",
                "Tracing": {"Enabled": True},
                "Type": "EXPRESS",
                "Policies": [],
                "AutoPublishAlias": "live",
                "DeploymentPreference": {},
                "Events": {"One": {"Type": "Schedule", "Properties": {"Schedule": "rate(1 day)"}}},
            },
            {
                "Worker": {
                    "DefinitionS3Location": {"Bucket": "b", "Key": "k"},
                    "LoggingConfiguration": {"Level": "ALL"},
                    "StateMachineName": "n",
                    "Policies": [],
                    "RoleArn": "r",
                    "TracingConfiguration": {"Enabled": True},
                    "StateMachineType": "EXPRESS",
                },
                "WorkerOne": {"ScheduleExpression": "rate(1 day)", "Targets": [{"Id": "WorkerOne", "Arn": WORKER}]},
            },
            id="a state machine and its schedule",
        ),
        pytest.param(
            "Api",
            {
                "Name": "n",
                "StageName": "prod",
                "EndpointConfiguration": {"Type": "EDGE", "IpAddressType": "ipv4"},
                "DefinitionBody": {},
            },
            {
                "Worker": {
                    "Name": "n",
                    "StageName": "prod",
                    "EndpointConfiguration": {"IpAddressType": "ipv4", "Types": ["EDGE"]},
                    "Body": {},
                },
                "WorkerprodStage": {
                    "StageName": "prod",
                    "EndpointConfiguration": {"Type": "EDGE", "IpAddressType": "ipv4"},
                    "DefinitionBody": {},
                    "RestApiId": WORKER,
                },
            },
            id="a REST API and its stage",
        ),
        pytest.param(
            "HttpApi",
            {"Name": "n", "DefinitionUri": "s3://b/k"},
            {
                "Worker": {"ProtocolType": "HTTP", "Name": "n", "BodyS3Location": "s3://b/k"},
                "WorkerApiGatewayDefaultStage": {"DefinitionUri": "s3://b/k", "ApiId": WORKER, "StageName": "$default"},
            },
            id="an HTTP API and its stage",
        ),
        pytest.param(
            "HttpApi",
            {"StageName": "v-1"},
            {
                "Worker": {"ProtocolType": "HTTP", "StageName": "v-1"},
                "WorkerStage": {"ApiId": WORKER, "StageName": "v-1"},
            },
            id="a stage whose name is no part of an id",
        ),
        pytest.param(
            "WebSocketApi",
            {"StageName": "live"},
            {
                "Worker": {"ProtocolType": "WEBSOCKET", "StageName": "live"},
                "WorkerliveStage": {"ApiId": WORKER, "StageName": "live"},
            },
            id="a WebSocket API and its stage",
        ),
    ],
)
def test_other_types_make(sam_type: str, properties: dict[str, Any], expected: dict[str, Any]) -> None:
    resources = bodies({"Worker": {"Type": f"AWS::Serverless::{sam_type}", "Properties": properties}})
    assert {logical_id: body["Properties"] for logical_id, body in resources.items()} == expected


def test_implicit_apis_take_the_globals() -> None:
    sections = {"Globals": {"Api": {"CacheClusterEnabled": True}, "HttpApi": {"FailOnWarnings": True}}}
    events = {
        "Rest": {"Type": "Api"},
        "Http": {"Type": "HttpApi"},
        "Other": {"Type": "Api", "Properties": {"RestApiId": {"Ref": "Mine"}}},
        "Another": {"Type": "HttpApi", "Properties": {"ApiId": {"Ref": "Mine"}}},
    }
    resources = bodies({"Worker": {"Type": "AWS::Serverless::Function", "Properties": {"Events": events}}}, sections)
    assert {name: body["Properties"] for name, body in resources.items() if name.startswith("Serverless")} == {
        "ServerlessRestApi": {"StageName": "Prod", "CacheClusterEnabled": True},
        "ServerlessRestApiProdStage": {
            "StageName": "Prod",
            "CacheClusterEnabled": True,
            "RestApiId": {"Ref": "ServerlessRestApi"},
        },
        "ServerlessHttpApi": {"ProtocolType": "HTTP", "FailOnWarnings": True},
        "ServerlessHttpApiApiGatewayDefaultStage": {
            "FailOnWarnings": True,
            "ApiId": {"Ref": "ServerlessHttpApi"},
            "StageName": "$default",
        },
    }


@pytest.mark.parametrize(
    ("default", "value", "expected"),
    [
        pytest.param({"A": 1, "B": 2}, {"B": 3}, {"A": 1, "B": 3}, id="members of both"),
        pytest.param({"A": {"B": 1, "C": 2}}, {"A": {"B": 3}}, {"A": {"B": 3, "C": 2}}, id="members at any depth"),
        pytest.param({"A": [1]}, {"A": [2]}, {"A": [1, 2]}, id="lists one after the other"),
        pytest.param({"A": [1]}, {"A": {"Ref": "L"}}, {"A": {"Ref": "L"}}, id="a function in place of a list"),
        pytest.param({"A": {"B": 1}}, {"A": {"Ref": "L"}}, {"A": {"Ref": "L"}}, id="a function in place of a mapping"),
        pytest.param({"A": {"Ref": "L"}}, {"A": {"B": 1}}, {"A": {"B": 1}}, id="a mapping in place of a function"),
    ],
)
def test_globals_are_merged_with_properties(default: Any, value: Any, expected: Any) -> None:
    worker = {"Type": "AWS::Serverless::LayerVersion", "Properties": value}
    sections = {"Globals": {"LayerVersion": default}}
    assert bodies({"Worker": worker}, sections)["Worker"]["Properties"] == expected
