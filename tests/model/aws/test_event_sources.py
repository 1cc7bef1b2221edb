"""What an event source mapping of Lambda reads from."""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.aws.lambda_functions import event_source_kind, event_source_service, referenced_function
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

SOURCES = {
    "AWS::SQS::Queue": "queue",
    "AWS::Kinesis::Stream": "stream",
    "AWS::Kinesis::StreamConsumer": "stream",
    "AWS::DynamoDB::Table": "stream",
    "AWS::DynamoDB::GlobalTable": "stream",
    "AWS::MSK::Cluster": "topic",
    "AWS::MSK::ServerlessCluster": "topic",
    "AWS::AmazonMQ::Broker": "broker",
    "AWS::DocDB::DBCluster": "database",
}
FREE = {"Ref": "Free"}
KNOWN = object()


def kind_and_service(properties: dict[str, Any], resource_type: str = "AWS::SQS::Queue") -> tuple[Any, Any]:
    mapping = {"Type": "AWS::Lambda::EventSourceMapping", "Properties": properties}
    view = view_of({"Source": {"Type": resource_type}, "Mapping": mapping}, Parameters={"Free": {"Type": "String"}})
    resource = view.template.resources["Mapping"]
    results = (event_source_kind(view, resource), event_source_service(view, resource))
    return results[0], None if isinstance(results[1], Unknown) else results[1]


@pytest.mark.parametrize(("resource_type", "kind"), SOURCES.items())
def test_resource_has_a_kind_and_a_service(resource_type: str, kind: str) -> None:
    properties = {"EventSourceArn": {"Fn::GetAtt": ["Source", "Arn"]}}
    assert kind_and_service(properties, resource_type) == (kind, resource_type.split("::")[1].lower())


@pytest.mark.parametrize(
    ("properties", "kind", "service"),
    [
        ({"EventSourceArn": "arn:aws:sqs:eu-west-1:1:q"}, "queue", "sqs"),
        ({"EventSourceArn": "arn:aws:kinesis:eu-west-1:1:stream/s"}, "stream", "kinesis"),
        ({"EventSourceArn": "arn:aws:dynamodb:eu-west-1:1:table/t/stream/2026"}, "stream", "dynamodb"),
        ({"EventSourceArn": "arn:aws:kafka:eu-west-1:1:cluster/c/1"}, "topic", "kafka"),
        ({"EventSourceArn": "arn:aws:mq:eu-west-1:1:broker:b:1"}, "broker", "mq"),
        ({"EventSourceArn": "arn:aws:rds:eu-west-1:1:cluster:c"}, "database", "rds"),
        ({"EventSourceArn": {"Fn::Sub": "arn:${AWS::Partition}:sqs:${AWS::Region}:1:q"}}, "queue", "sqs"),
        ({"EventSourceArn": {"Fn::Sub": "arn:aws:kinesis:${AWS::Region}:1:stream/s"}}, "stream", "kinesis"),
        ({"EventSourceArn": FREE, "StartingPosition": "LATEST"}, "stream", None),
        ({"EventSourceArn": FREE}, "queue", None),
        ({"EventSourceArn": FREE, "Topics": ["t"]}, "topic", "topic"),
        ({"EventSourceArn": FREE, "Queues": ["q"]}, "broker", "broker"),
        ({"EventSourceArn": FREE, "DocumentDBEventSourceConfig": {}}, "database", "database"),
        ({"EventSourceArn": FREE, "AmazonManagedKafkaEventSourceConfig": {}}, "topic", "topic"),
        ({"SelfManagedEventSource": {}}, "topic", "none"),
        ({"SelfManagedKafkaEventSourceConfig": {}}, "topic", "none"),
        ({"EventSourceArn": "nonsense"}, "queue", "none"),
    ],
    ids=str,
)
def test_arn_or_properties_tell_the_kind(properties: dict[str, Any], kind: str, service: str | None) -> None:
    assert kind_and_service(properties) == (kind, service)


def test_mapping_without_a_source_is_unknown() -> None:
    kind, service = kind_and_service({})
    assert (kind.reason, service) == ("what the mapping reads from is not known", "none")


@pytest.mark.parametrize(
    ("name", "is_found"),
    [
        ({"Ref": "Worker"}, True),
        ({"Fn::GetAtt": ["Worker", "Arn"]}, True),
        ({"Ref": "Live"}, True),
        ({"Ref": "First"}, True),
        ({"Ref": "ByName"}, True),
        ("worker", True),
        ("worker:live", True),
        ("arn:aws:lambda:eu-west-1:111122223333:function:worker", True),
        ("arn:aws:lambda:eu-west-1:111122223333:function:worker:live", True),
        ("worker-2", False),
        ({"Ref": "Free"}, False),
        ({"Ref": "Elsewhere"}, False),
        ({"Ref": "AWS::NoValue"}, False),
    ],
    ids=str,
)
def test_function_of_a_mapping_is_found(name: Any, is_found: bool) -> None:
    view = view_of(
        {
            "Other": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "other"}},
            "Worker": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "worker"}},
            "Live": {"Type": "AWS::Lambda::Alias", "Properties": {"FunctionName": {"Ref": "Worker"}, "Name": "live"}},
            "First": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": "Worker"}}},
            "ByName": {"Type": "AWS::Lambda::Alias", "Properties": {"FunctionName": "worker", "Name": "named"}},
            "Elsewhere": {"Type": "AWS::Lambda::Alias", "Properties": {"FunctionName": "another", "Name": "live"}},
            "Mapping": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {"FunctionName": name}},
        },
        Parameters={"Free": {"Type": "String"}},
    )
    function = referenced_function(view, view.template.resources["Mapping"])
    assert (function.logical_id if function else None) == ("Worker" if is_found else None)
