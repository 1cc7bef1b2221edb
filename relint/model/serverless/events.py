"""The `Events` of a SAM function or state machine: the resources that invoke it.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import Any, NamedTuple
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

_SOURCE_PROPERTIES = {
    "SQS": "Queue",
    "Kinesis": "Stream",
    "DynamoDB": "Stream",
    "MSK": "Stream",
    "MQ": "Broker",
    "DocumentDB": "Cluster",
    "SelfManagedKafka": "",
}
"""The types of events that Lambda polls, and the property of each that names the source."""

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

_SOURCES = {
    "Api": ("RestApiId", "ServerlessRestApi"),
    "HttpApi": ("ApiId", "ServerlessHttpApi"),
    "S3": ("Bucket", None),
    "Cognito": ("UserPool", None),
}
"""The property of an event that names what invokes the function, and the logical id of SAM's own without it."""

_STATES = {True: "ENABLED", "true": "ENABLED", False: "DISABLED", "false": "DISABLED"}


class _Event(NamedTuple):
    """An event of a SAM resource; `logical_id` is that of the resource that SAM generates from the event."""

    logical_id: str
    type: str
    properties: Mapping[str, Any]
    path: Steps


def _events_of(logical_id: str, events: Mapping[str, Any]) -> Iterator[_Event]:
    for name, event in events.items():
        event_type = as_mapping(event).get("Type")
        if isinstance(event_type, str):
            yield _Event(
                logical_id=f"{logical_id}{name}",
                type=event_type,
                properties=as_mapping(event.get("Properties")),
                path=("Properties", "Events", name),
            )


def generate_invokers(logical_id: str, target: Any, events: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    """Yield the mappings, rules, schedules, subscriptions and permissions for the events of a function.

    They invoke `target`: a Ref of the function, or of the alias that SAM publishes for the function.
    """
    arn = target if target != {"Ref": logical_id} else arn_of(logical_id)
    for event in _events_of(logical_id, events):
        if event.type in _SOURCE_PROPERTIES:
            yield _event_source_mapping(event, target)
        if event.type in _PRINCIPALS and not (event.type == "SNS" and _queue_subscription(event)):
            permission = {
                "FunctionName": target,
                "Principal": _PRINCIPALS[event.type],
                "Action": "lambda:InvokeFunction",
                **_invocation(event, target),
            }
            yield GeneratedResource(f"{event.logical_id}Permission", "AWS::Lambda::Permission", permission, event.path)
        if event.type == "SNS":
            yield from _subscription(event, target, arn)
        yield from _schedule(event, arn)


def _invocation(event: _Event, target: Any) -> dict[str, Any]:
    """Return a property of relint's own, Event, with the API, bucket or pool that invokes the function, and the latter.

    SAM writes the function into the Body of the API, the NotificationConfiguration of the bucket, or the LambdaConfig
    of the pool instead.
    """
    source = _source_of(event)
    return {"Event": {"Source": source, "Target": target}} if source else {}


def _source_of(event: _Event) -> Any:
    """Return the reference to the API, bucket or pool of an event, or None if it has another source."""
    name, default = _SOURCES.get(event.type, ("", None))
    source = event.properties.get(name) or default
    return {"Ref": source} if isinstance(source, str) else source


def starters(events: Mapping[str, Any]) -> dict[str, Any]:
    """Return a property of relint's own, Event, with the APIs that start a state machine, by the name of the event.

    SAM writes the state machine into the Body of the API instead.
    """
    sources = {event.logical_id: _source_of(event) for event in _events_of("", events) if event.type == "Api"}
    return {"Event": {name: {"Source": source} for name, source in sources.items()}} if sources else {}


def generate_schedules(logical_id: str, events: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    """Yield the rules and schedules for the events of a state machine."""
    for event in _events_of(logical_id, events):
        yield from _schedule(event, {"Ref": logical_id})


def _schedule(event: _Event, arn: Any) -> Iterator[GeneratedResource]:
    """Yield the EventBridge rule or the schedule for an event, if it has such a type."""
    target = {"Arn": arn, **_delivery(event)}
    if event.type in ("Schedule", "EventBridgeRule", "CloudWatchEvent"):
        properties, source_paths = rename_properties(
            omit(event.properties, "RetryPolicy", "DeadLetterConfig", "Input", "InputPath", "Enabled", "Target"),
            {"Schedule": "ScheduleExpression", "Pattern": "EventPattern"},
        )
        yield GeneratedResource(
            event.logical_id,
            "AWS::Events::Rule",
            {**_state(event), **properties, "Targets": [{"Id": event.logical_id, **target}]},
            event.path,
            source_paths=_source_paths_below(event, source_paths, target_path=("Properties", "Targets", 0)),
        )
    elif event.type == "ScheduleV2":
        yield GeneratedResource(
            event.logical_id,
            "AWS::Scheduler::Schedule",
            {**omit(event.properties, "RetryPolicy", "DeadLetterConfig", "Input", "Enabled"), "Target": target},
            event.path,
            source_paths=_source_paths_below(event, {}, target_path=("Properties", "Target")),
        )


def _event_source_mapping(event: _Event, target: Any) -> GeneratedResource:
    source = _SOURCE_PROPERTIES[event.type]
    renamed, source_paths = rename_properties(event.properties, {source: "EventSourceArn"} if source else {})
    properties = {**renamed, "FunctionName": target}
    on_failure = as_mapping(as_mapping(properties.get("DestinationConfig")).get("OnFailure"))
    if on_failure and "Destination" not in on_failure:  # SAM generates a queue or topic
        properties["DestinationConfig"] = {"OnFailure": {"Destination": arn_of(f"{event.logical_id}OnFailure")}}
    return GeneratedResource(
        event.logical_id,
        "AWS::Lambda::EventSourceMapping",
        properties,
        event.path,
        source_paths=_source_paths_below(event, source_paths),
    )


def _subscription(event: _Event, target: Any, arn: Any) -> Iterator[GeneratedResource]:
    queue_subscription = _queue_subscription(event)
    properties, source_paths = rename_properties(omit(event.properties, "SqsSubscription"), {"Topic": "TopicArn"})
    if not queue_subscription:
        properties = {**properties, "Protocol": "lambda", "Endpoint": arn}
    else:
        settings = as_mapping(queue_subscription)
        queue = settings.get("QueueArn", arn_of(f"{event.logical_id}Queue"))
        properties = {**properties, "Protocol": "sqs", "Endpoint": queue}
        yield GeneratedResource(
            f"{event.logical_id}EventSourceMapping",
            "AWS::Lambda::EventSourceMapping",
            {
                **omit(settings, "QueueArn", "QueueUrl", "QueuePolicyLogicalId"),
                "EventSourceArn": queue,
                "FunctionName": target,
            },
            event.path,
        )
    yield GeneratedResource(
        event.logical_id,
        "AWS::SNS::Subscription",
        properties,
        event.path,
        source_paths=_source_paths_below(event, source_paths),
    )


def _queue_subscription(event: _Event) -> Any:
    """Return the settings of the queue between a topic and the function, or None without such a queue."""
    queue_subscription = event.properties.get("SqsSubscription")
    return None if queue_subscription in (False, "false") else queue_subscription


def _delivery(event: _Event) -> dict[str, Any]:
    """Return the properties of a target that decide about retries and dead letters."""
    dead_letters = event.properties.get("DeadLetterConfig")
    if isinstance(dead_letters, dict) and not is_function(dead_letters) and "Arn" not in dead_letters:
        queue_id = dead_letters.get("QueueLogicalId")  # SAM rejects a function here
        dead_letters = {"Arn": arn_of(queue_id if isinstance(queue_id, str) else f"{event.logical_id}Queue")}
    return drop_none(
        RetryPolicy=event.properties.get("RetryPolicy"),
        DeadLetterConfig=dead_letters,
        Input=event.properties.get("Input"),
    )


def _state(event: _Event) -> dict[str, Any]:
    if "Enabled" not in event.properties:
        return {}
    enabled = event.properties["Enabled"]
    return {"State": enabled if isinstance(enabled, dict | list) else _STATES.get(enabled, enabled)}


def _source_paths_below(
    event: _Event, source_paths: Mapping[Steps, Steps], target_path: Steps | None = None
) -> dict[Steps, Steps]:
    """Return source paths relative to the SAM resource, with those of the delivery properties of a target."""
    paths: dict[Steps, Steps] = {path: (*event.path, *source_path) for path, source_path in source_paths.items()}
    if target_path is not None:
        for name in ("RetryPolicy", "DeadLetterConfig"):
            paths[(*target_path, name)] = (*event.path, "Properties", name)
    return paths
