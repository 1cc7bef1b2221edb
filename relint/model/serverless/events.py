"""What invokes a serverless function or state machine: the `Events` of the SAM resource.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from relint.model.serverless.generated import (
    GeneratedResource,
    Steps,
    arn_of,
    as_mapping,
    drop_none,
    is_function,
    omit,
    rename_properties,
)

_STREAMS = {
    "SQS": "Queue",
    "Kinesis": "Stream",
    "DynamoDB": "Stream",
    "MSK": "Stream",
    "MQ": "Broker",
    "DocumentDB": "Cluster",
    "SelfManagedKafka": "",
}
"""The events that Lambda polls, and the property of each that names the source."""

_PRINCIPALS = {
    "Api": "apigateway.amazonaws.com",
    "HttpApi": "apigateway.amazonaws.com",
    "S3": "s3.amazonaws.com",
    "SNS": "sns.amazonaws.com",
    "CloudWatchLogs": "logs.amazonaws.com",
    "IoTRule": "iot.amazonaws.com",
    "Cognito": "cognito-idp.amazonaws.com",
    "AlexaSkill": "alexa-appkit.amazon.com",
    "Schedule": "events.amazonaws.com",
    "EventBridgeRule": "events.amazonaws.com",
    "CloudWatchEvent": "events.amazonaws.com",
}
"""The services that are permitted to invoke the function, by the type of the event."""


def generate_invokers(logical_id: str, target: Any, events: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    """The mappings, rules, schedules, subscriptions and permissions that the events of a function become.

    They invoke `target`: a call that gives the function, or the alias that SAM publishes for it.
    """
    arn = target if target != {"Ref": logical_id} else arn_of(logical_id)
    for name, event in events.items():
        kind = as_mapping(event).get("Type")
        if not isinstance(kind, str):
            continue
        written = as_mapping(event.get("Properties"))
        source_path = ("Properties", "Events", name)
        resource_id = f"{logical_id}{name}"
        if kind in _STREAMS:
            yield _polled(resource_id, target, _STREAMS[kind], written, source_path)
        if kind in _PRINCIPALS and not (kind == "SNS" and _queued(written)):
            permission = {
                "FunctionName": target,
                "Principal": _PRINCIPALS[kind],
                "Action": "lambda:InvokeFunction",
            }
            yield GeneratedResource(f"{resource_id}Permission", "AWS::Lambda::Permission", permission, source_path)
        if kind == "SNS":
            yield from _subscribed(resource_id, target, arn, written, source_path)
        yield from generate_schedules(resource_id, arn, kind, written, source_path)


def generate_schedules(
    resource_id: str, arn: Any, kind: str, written: Mapping[str, Any], source_path: Steps
) -> Iterator[GeneratedResource]:
    """The rule or schedule that an event of a function or state machine becomes, if it is one of those."""
    if kind in ("Schedule", "EventBridgeRule", "CloudWatchEvent"):
        target = {"Id": resource_id, "Arn": arn, **_delivery(resource_id, written)}
        own_properties, source_paths = rename_properties(
            omit(written, "RetryPolicy", "DeadLetterConfig", "Input", "InputPath", "Enabled", "Target"),
            {"Schedule": "ScheduleExpression", "Pattern": "EventPattern"},
        )
        properties = {**_state(written), **own_properties, "Targets": [target]}
        source_paths = _below(source_path, source_paths, ("Properties", "Targets", 0))
        yield GeneratedResource(resource_id, "AWS::Events::Rule", properties, source_path, {}, source_paths)
    elif kind == "ScheduleV2":
        own_properties = omit(written, "RetryPolicy", "DeadLetterConfig", "Input", "Enabled")
        properties = {**own_properties, "Target": {"Arn": arn, **_delivery(resource_id, written)}}
        yield GeneratedResource(
            resource_id,
            "AWS::Scheduler::Schedule",
            properties,
            source_path,
            {},
            _below(source_path, {}, ("Properties", "Target")),
        )


def _polled(
    resource_id: str, target: Any, source: str, written: Mapping[str, Any], source_path: Steps
) -> GeneratedResource:
    own_properties, source_paths = rename_properties(written, {source: "EventSourceArn"} if source else {})
    own_properties = {**own_properties, "FunctionName": target}
    failed = as_mapping(as_mapping(own_properties.get("DestinationConfig")).get("OnFailure"))
    if failed and "Destination" not in failed:  # SAM makes a queue or topic
        own_properties["DestinationConfig"] = {"OnFailure": {"Destination": arn_of(f"{resource_id}OnFailure")}}
    return GeneratedResource(
        resource_id,
        "AWS::Lambda::EventSourceMapping",
        own_properties,
        source_path,
        {},
        _below(source_path, source_paths),
    )


def _subscribed(
    resource_id: str, target: Any, arn: Any, written: Mapping[str, Any], source_path: Steps
) -> Iterator[GeneratedResource]:
    queued = _queued(written)
    own_properties, source_paths = rename_properties(omit(written, "SqsSubscription"), {"Topic": "TopicArn"})
    if not queued:
        own_properties = {**own_properties, "Protocol": "lambda", "Endpoint": arn}
    else:
        queue = as_mapping(queued).get("QueueArn", arn_of(f"{resource_id}Queue"))
        own_properties = {**own_properties, "Protocol": "sqs", "Endpoint": queue}
        polled = {**omit(as_mapping(queued), "QueueArn", "QueueUrl", "QueuePolicyLogicalId"), "EventSourceArn": queue}
        polled["FunctionName"] = target
        yield GeneratedResource(
            f"{resource_id}EventSourceMapping", "AWS::Lambda::EventSourceMapping", polled, source_path
        )
    yield GeneratedResource(
        resource_id, "AWS::SNS::Subscription", own_properties, source_path, {}, _below(source_path, source_paths)
    )


def _queued(written: Mapping[str, Any]) -> Any:
    """What a subscription says of the queue between topic and function, if there is one."""
    queued = written.get("SqsSubscription")
    return None if queued in (False, "false") else queued


def _delivery(resource_id: str, written: Mapping[str, Any]) -> dict[str, Any]:
    letters = written.get("DeadLetterConfig")
    if isinstance(letters, dict) and not is_function(letters) and "Arn" not in letters:
        letters = {"Arn": arn_of(str(letters.get("QueueLogicalId", f"{resource_id}Queue")))}
    return drop_none(RetryPolicy=written.get("RetryPolicy"), DeadLetterConfig=letters, Input=written.get("Input"))


def _state(written: Mapping[str, Any]) -> dict[str, Any]:
    if "Enabled" not in written:
        return {}
    known = {True: "ENABLED", "true": "ENABLED", False: "DISABLED", "false": "DISABLED"}
    enabled = written["Enabled"]
    return {"State": enabled if isinstance(enabled, dict | list) else known.get(enabled, enabled)}


def _below(source_path: Steps, source_paths: Mapping[Steps, Steps], *targets: Steps) -> dict[Steps, Steps]:
    """Where the event says what SAM calls otherwise, and what SAM writes into a target of the rule."""
    found: dict[Steps, Steps] = {new: (*source_path, *old) for new, old in source_paths.items()}
    for target in targets:
        for name in ("RetryPolicy", "DeadLetterConfig"):
            found[(*target, name)] = (*source_path, "Properties", name)
    return found
