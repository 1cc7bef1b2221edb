"""What invokes a serverless function or state machine: the `Events` of the SAM resource.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from relint.model.serverless.generated import Made, Steps, arn_of, is_function, mapping, present, renamed, without

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


def invokers(logical_id: str, target: Any, events: Mapping[str, Any]) -> Iterator[Made]:
    """The mappings, rules, schedules, subscriptions and permissions that the events of a function become.

    They invoke `target`: a call that gives the function, or the alias that SAM publishes for it.
    """
    arn = target if target != {"Ref": logical_id} else arn_of(logical_id)
    for name, event in events.items():
        kind = mapping(event).get("Type")
        if not isinstance(kind, str):
            continue
        written = mapping(event.get("Properties"))
        place = ("Properties", "Events", name)
        made = f"{logical_id}{name}"
        if kind in _STREAMS:
            yield _polled(made, target, _STREAMS[kind], written, place)
        if kind in _PRINCIPALS and not (kind == "SNS" and _queued(written)):
            permission = {
                "FunctionName": target,
                "Principal": _PRINCIPALS[kind],
                "Action": "lambda:InvokeFunction",
            }
            yield Made(f"{made}Permission", "AWS::Lambda::Permission", permission, place)
        if kind == "SNS":
            yield from _subscribed(made, target, arn, written, place)
        yield from schedules(made, arn, kind, written, place)


def schedules(made: str, arn: Any, kind: str, written: Mapping[str, Any], place: Steps) -> Iterator[Made]:
    """The rule or schedule that an event of a function or state machine becomes, if it is one of those."""
    if kind in ("Schedule", "EventBridgeRule", "CloudWatchEvent"):
        target = {"Id": made, "Arn": arn, **_delivery(made, written)}
        own, moved = renamed(
            without(written, "RetryPolicy", "DeadLetterConfig", "Input", "InputPath", "Enabled", "Target"),
            {"Schedule": "ScheduleExpression", "Pattern": "EventPattern"},
        )
        properties = {**_state(written), **own, "Targets": [target]}
        moved = _below(place, moved, ("Properties", "Targets", 0))
        yield Made(made, "AWS::Events::Rule", properties, place, {}, moved)
    elif kind == "ScheduleV2":
        own = without(written, "RetryPolicy", "DeadLetterConfig", "Input", "Enabled")
        properties = {**own, "Target": {"Arn": arn, **_delivery(made, written)}}
        yield Made(made, "AWS::Scheduler::Schedule", properties, place, {}, _below(place, {}, ("Properties", "Target")))


def _polled(made: str, target: Any, source: str, written: Mapping[str, Any], place: Steps) -> Made:
    own, moved = renamed(written, {source: "EventSourceArn"} if source else {})
    own = {**own, "FunctionName": target}
    failed = mapping(mapping(own.get("DestinationConfig")).get("OnFailure"))
    if failed and "Destination" not in failed:  # SAM makes a queue or topic
        own["DestinationConfig"] = {"OnFailure": {"Destination": arn_of(f"{made}OnFailure")}}
    return Made(made, "AWS::Lambda::EventSourceMapping", own, place, {}, _below(place, moved))


def _subscribed(made: str, target: Any, arn: Any, written: Mapping[str, Any], place: Steps) -> Iterator[Made]:
    queued = _queued(written)
    own, moved = renamed(without(written, "SqsSubscription"), {"Topic": "TopicArn"})
    if not queued:
        own = {**own, "Protocol": "lambda", "Endpoint": arn}
    else:
        queue = mapping(queued).get("QueueArn", arn_of(f"{made}Queue"))
        own = {**own, "Protocol": "sqs", "Endpoint": queue}
        polled = {**without(mapping(queued), "QueueArn", "QueueUrl", "QueuePolicyLogicalId"), "EventSourceArn": queue}
        polled["FunctionName"] = target
        yield Made(f"{made}EventSourceMapping", "AWS::Lambda::EventSourceMapping", polled, place)
    yield Made(made, "AWS::SNS::Subscription", own, place, {}, _below(place, moved))


def _queued(written: Mapping[str, Any]) -> Any:
    """What a subscription says of the queue between topic and function, if there is one."""
    queued = written.get("SqsSubscription")
    return None if queued in (False, "false") else queued


def _delivery(made: str, written: Mapping[str, Any]) -> dict[str, Any]:
    letters = written.get("DeadLetterConfig")
    if isinstance(letters, dict) and not is_function(letters) and "Arn" not in letters:
        letters = {"Arn": arn_of(str(letters.get("QueueLogicalId", f"{made}Queue")))}
    return present(RetryPolicy=written.get("RetryPolicy"), DeadLetterConfig=letters, Input=written.get("Input"))


def _state(written: Mapping[str, Any]) -> dict[str, Any]:
    if "Enabled" not in written:
        return {}
    known = {True: "ENABLED", "true": "ENABLED", False: "DISABLED", "false": "DISABLED"}
    enabled = written["Enabled"]
    return {"State": enabled if isinstance(enabled, dict | list) else known.get(enabled, enabled)}


def _below(place: Steps, moved: Mapping[Steps, Steps], *targets: Steps) -> dict[Steps, Steps]:
    """Where the event says what SAM calls otherwise, and what SAM writes into a target of the rule."""
    found: dict[Steps, Steps] = {new: (*place, *old) for new, old in moved.items()}
    for target in targets:
        for name in ("RetryPolicy", "DeadLetterConfig"):
            found[(*target, name)] = (*place, "Properties", name)
    return found
