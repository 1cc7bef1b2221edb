"""The resources that SAM generates from the events of a function, whole.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.sam import bodies, properties_of

WORKER = {"Ref": "Worker"}
WORKER_ARN = {"Fn::GetAtt": ["Worker", "Arn"]}
LIVE = {"Ref": "WorkerAliaslive"}
RETRIES = {"MaximumRetryAttempts": 2}


def permission(principal: str, target: Any = WORKER) -> dict[str, Any]:
    return {"FunctionName": target, "Principal": principal, "Action": "lambda:InvokeFunction"}


@pytest.mark.parametrize(
    ("event", "logical_id", "expected"),
    [
        pytest.param(
            {"Type": kind, "Properties": {name: "arn"}},
            "WorkerOne",
            {"EventSourceArn": "arn", "FunctionName": WORKER},
            id=kind,
        )
        for kind, name in (
            ("SQS", "Queue"),
            ("Kinesis", "Stream"),
            ("DynamoDB", "Stream"),
            ("MSK", "Stream"),
            ("MQ", "Broker"),
            ("DocumentDB", "Cluster"),
        )
    ]
    + [
        pytest.param(
            {"Type": kind, "Properties": properties},
            "WorkerOnePermission",
            {**permission(principal), "Event": {"Source": {"Ref": source}, "Target": WORKER}},
            id=f"{kind} {properties} invokes",
        )
        for kind, properties, source, principal in (
            ("Api", {}, "ServerlessRestApi", "apigateway.amazonaws.com"),
            ("Api", {"RestApiId": "Mine"}, "Mine", "apigateway.amazonaws.com"),
            ("HttpApi", {}, "ServerlessHttpApi", "apigateway.amazonaws.com"),
            ("HttpApi", {"ApiId": {"Ref": "Mine"}}, "Mine", "apigateway.amazonaws.com"),
            ("S3", {"Bucket": {"Ref": "Mine"}}, "Mine", "s3.amazonaws.com"),
            ("Cognito", {"UserPool": {"Ref": "Mine"}}, "Mine", "cognito-idp.amazonaws.com"),
        )
    ]
    + [
        pytest.param({"Type": kind}, "WorkerOnePermission", permission(principal), id=f"{kind} invokes")
        for kind, principal in (
            ("S3", "s3.amazonaws.com"),
            ("SNS", "sns.amazonaws.com"),
            ("CloudWatchLogs", "logs.amazonaws.com"),
            ("IoTRule", "iot.amazonaws.com"),
            ("Cognito", "cognito-idp.amazonaws.com"),
            ("AlexaSkill", "alexa-appkit.amazon.com"),
            ("Schedule", "events.amazonaws.com"),
            ("EventBridgeRule", "events.amazonaws.com"),
            ("CloudWatchEvent", "events.amazonaws.com"),
        )
    ]
    + [
        pytest.param(
            {"Type": "SelfManagedKafka", "Properties": {"Topics": ["t"]}},
            "WorkerOne",
            {"Topics": ["t"], "FunctionName": WORKER},
            id="SelfManagedKafka",
        ),
        pytest.param(
            {"Type": "Kinesis", "Properties": {"DestinationConfig": {"OnFailure": {"Type": "SQS"}}}},
            "WorkerOne",
            {
                "DestinationConfig": {"OnFailure": {"Destination": {"Fn::GetAtt": ["WorkerOneOnFailure", "Arn"]}}},
                "FunctionName": WORKER,
            },
            id="a queue of SAM takes what fails",
        ),
        pytest.param(
            {"Type": "Kinesis", "Properties": {"DestinationConfig": {"OnFailure": {"Destination": "arn"}}}},
            "WorkerOne",
            {"DestinationConfig": {"OnFailure": {"Destination": "arn"}}, "FunctionName": WORKER},
            id="a named queue takes what fails",
        ),
        pytest.param(
            {
                "Type": "Schedule",
                "Properties": {
                    "Schedule": "rate(1 day)",
                    "RetryPolicy": RETRIES,
                    "DeadLetterConfig": {"Type": "SQS"},
                    "Input": "{}",
                    "Enabled": False,
                    "Name": "n",
                },
            },
            "WorkerOne",
            {
                "ScheduleExpression": "rate(1 day)",
                "Name": "n",
                "State": "DISABLED",
                "Targets": [
                    {
                        "Id": "WorkerOne",
                        "Arn": WORKER_ARN,
                        "RetryPolicy": RETRIES,
                        "DeadLetterConfig": {"Arn": {"Fn::GetAtt": ["WorkerOneQueue", "Arn"]}},
                        "Input": "{}",
                    }
                ],
            },
            id="a schedule with all that belongs to its target",
        ),
        pytest.param(
            {
                "Type": "EventBridgeRule",
                "Properties": {"Pattern": {"source": ["a"]}, "InputPath": "$", "Target": {"Id": "t"}},
            },
            "WorkerOne",
            {"EventPattern": {"source": ["a"]}, "Targets": [{"Id": "WorkerOne", "Arn": WORKER_ARN}]},
            id="a rule by pattern",
        ),
        pytest.param(
            {"Type": "CloudWatchEvent", "Properties": {"Enabled": {"Ref": "On"}}},
            "WorkerOne",
            {"State": {"Ref": "On"}, "Targets": [{"Id": "WorkerOne", "Arn": WORKER_ARN}]},
            id="a rule that a parameter enables",
        ),
        pytest.param(
            {"Type": "Schedule", "Properties": {"Enabled": "true", "DeadLetterConfig": {"Arn": "dlq"}}},
            "WorkerOne",
            {
                "State": "ENABLED",
                "Targets": [{"Id": "WorkerOne", "Arn": WORKER_ARN, "DeadLetterConfig": {"Arn": "dlq"}}],
            },
            id="a schedule that is enabled, and a named queue",
        ),
        pytest.param(
            {
                "Type": "ScheduleV2",
                "Properties": {
                    "ScheduleExpression": "rate(1 day)",
                    "RetryPolicy": RETRIES,
                    "DeadLetterConfig": {"Type": "SQS", "QueueLogicalId": "Dead"},
                    "Enabled": True,
                },
            },
            "WorkerOne",
            {
                "ScheduleExpression": "rate(1 day)",
                "Target": {
                    "Arn": WORKER_ARN,
                    "RetryPolicy": RETRIES,
                    "DeadLetterConfig": {"Arn": {"Fn::GetAtt": ["Dead", "Arn"]}},
                },
            },
            id="a schedule of EventBridge Scheduler",
        ),
        pytest.param(
            {"Type": "SNS", "Properties": {"Topic": "t", "SqsSubscription": False}},
            "WorkerOne",
            {"TopicArn": "t", "Protocol": "lambda", "Endpoint": WORKER_ARN},
            id="a topic that invokes",
        ),
        pytest.param(
            {"Type": "SNS", "Properties": {"Topic": "t", "SqsSubscription": True}},
            "WorkerOne",
            {"TopicArn": "t", "Protocol": "sqs", "Endpoint": {"Fn::GetAtt": ["WorkerOneQueue", "Arn"]}},
            id="a topic by a queue of SAM",
        ),
        pytest.param(
            {
                "Type": "SNS",
                "Properties": {
                    "SqsSubscription": {"QueueArn": "q", "QueueUrl": "u", "QueuePolicyLogicalId": "P", "BatchSize": 5}
                },
            },
            "WorkerOneEventSourceMapping",
            {"EventSourceArn": "q", "FunctionName": WORKER, "BatchSize": 5},
            id="the mapping of a named queue",
        ),
    ],
)
def test_event_makes(event: dict[str, Any], logical_id: str, expected: dict[str, Any]) -> None:
    assert properties_of("Function", {"Events": {"One": event}}, logical_id) == expected


@pytest.mark.parametrize(
    ("properties", "logical_id", "expected"),
    [
        pytest.param(
            {"EventInvokeConfig": {"MaximumRetryAttempts": 0}},
            "WorkerEventInvokeConfig",
            {"MaximumRetryAttempts": 0, "FunctionName": WORKER, "Qualifier": "$LATEST", "DestinationConfig": {}},
            id="retries of the latest version",
        ),
        pytest.param(
            {
                "AutoPublishAlias": "live",
                "EventInvokeConfig": {
                    "DestinationConfig": {"OnFailure": {"Type": "SQS"}, "OnSuccess": {"Destination": "arn"}}
                },
            },
            "WorkerEventInvokeConfig",
            {
                "FunctionName": WORKER,
                "Qualifier": "live",
                "DestinationConfig": {
                    "OnFailure": {"Destination": {"Fn::GetAtt": ["WorkerEventInvokeConfigOnFailure", "Arn"]}},
                    "OnSuccess": {"Destination": "arn"},
                },
            },
            id="destinations of an alias",
        ),
        pytest.param(
            {"FunctionUrlConfig": {"AuthType": "NONE"}},
            "WorkerUrl",
            {"AuthType": "NONE", "TargetFunctionArn": WORKER},
            id="an address",
        ),
        pytest.param(
            {"AutoPublishAlias": "live", "FunctionUrlConfig": {"AuthType": "NONE"}},
            "WorkerUrl",
            {"AuthType": "NONE", "TargetFunctionArn": WORKER, "Qualifier": "live"},
            id="the address of an alias",
        ),
        pytest.param(
            {"AutoPublishAlias": "live", "Events": {"One": {"Type": "SNS"}}},
            "WorkerOne",
            {"Protocol": "lambda", "Endpoint": LIVE},
            id="a topic that invokes an alias",
        ),
    ],
)
def test_function_makes(properties: dict[str, Any], logical_id: str, expected: dict[str, Any]) -> None:
    assert properties_of("Function", properties, logical_id) == expected


@pytest.mark.parametrize("settings", [{"Ref": "Settings"}, "text"], ids=str)
def test_settings_that_cannot_be_read_make_nothing(settings: Any) -> None:
    properties = {"EventInvokeConfig": settings, "FunctionUrlConfig": settings}
    assert list(bodies({"Worker": {"Type": "AWS::Serverless::Function", "Properties": properties}})) == ["Worker"]


@pytest.mark.parametrize(
    ("properties", "api"),
    [({"Path": "/start", "Method": "post"}, "ServerlessRestApi"), ({"RestApiId": {"Ref": "Mine"}}, "Mine")],
)
def test_api_starts_a_state_machine(properties: dict[str, Any], api: str) -> None:
    events = {"One": {"Type": "Api", "Properties": properties}, "Two": {"Type": "Schedule"}}

    assert properties_of("StateMachine", {"Name": "n", "Events": events}, "Worker") == {
        "StateMachineName": "n",
        "Event": {"One": {"Source": {"Ref": api}}},
    }


def test_graphql_api_has_its_data_sources() -> None:
    sources = {
        "Lambda": {"Code": {"FunctionArn": {"Fn::GetAtt": ["Mine", "Arn"]}}},
        "DynamoDb": {"Rows": {"TableName": {"Ref": "Table"}}},
        "Other": {"None": {}},
    }
    resources = bodies(
        {"Worker": {"Type": "AWS::Serverless::GraphQLApi", "Properties": {"Name": "n", "DataSources": sources}}}
    )
    api = {"Fn::GetAtt": ["Worker", "ApiId"]}

    assert {name: body["Properties"] for name, body in resources.items()} == {
        "Worker": {"Name": "n"},
        "WorkerCodeLambdaDataSource": {
            "ApiId": api,
            "Type": "AWS_LAMBDA",
            "LambdaConfig": {"LambdaFunctionArn": {"Fn::GetAtt": ["Mine", "Arn"]}},
        },
        "WorkerRowsDynamoDbDataSource": {
            "ApiId": api,
            "Type": "AMAZON_DYNAMODB",
            "DynamoDBConfig": {"TableName": {"Ref": "Table"}},
        },
    }
