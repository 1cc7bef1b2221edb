"""Lambda functions: which one a property names, and what an event source mapping reads from.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from relint.resolve.value import ABSENT, Expression, Unknown, expression_of, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

FUNCTION = "AWS::Lambda::Function"
ALIAS = "AWS::Lambda::Alias"
VERSION = "AWS::Lambda::Version"
EVENT_SOURCE_MAPPING = "AWS::Lambda::EventSourceMapping"

_NAME = ("Properties", "FunctionName")
_SOURCE = ("Properties", "EventSourceArn")
_SERVICES = {
    "sqs": "queue",
    "kinesis": "stream",
    "dynamodb": "stream",
    "kafka": "topic",
    "mq": "broker",
    "rds": "database",
}
_TYPES = {
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
_TELLING = (
    ("SelfManagedEventSource", "topic"),
    ("SelfManagedKafkaEventSourceConfig", "topic"),
    ("AmazonManagedKafkaEventSourceConfig", "topic"),
    ("Topics", "topic"),
    ("Queues", "broker"),
    ("DocumentDBEventSourceConfig", "database"),
)
"""Properties of a mapping that one kind of source has and no other."""


def referenced_function(view: View, resource: Resource, steps: Sequence[str] = _NAME) -> Resource | None:
    """The function of the template that the property at `steps` names, also by an alias, a version or its name."""
    key = ("function_of", resource.logical_id, ".".join(steps))
    if key not in view.cache:
        view.cache[key] = _function_of(view, resource, steps)
    found: Resource | None = view.cache[key]
    return found


def _function_of(view: View, resource: Resource, steps: Sequence[str]) -> Resource | None:
    named = next(iter(view.referents(resource, (FUNCTION, ALIAS, VERSION), steps)), None)
    if named is not None and named.type != FUNCTION:
        resource, steps = named, _NAME
        named = next(iter(view.referents(resource, (FUNCTION,), steps)), None)
    return named or _called(view, view.get(resource, *steps).value)


def _called(view: View, value: Any) -> Resource | None:
    """The function whose FunctionName is equal to a name or to the name in an ARN."""
    if value is ABSENT or isinstance(value, dict | list):
        return None
    form = expression_of(value)
    name = form.split(":function:")[-1].split(":")[0] if isinstance(form, str) else form
    for function in view.resources(FUNCTION):
        own = view.get(function, *_NAME).value
        if own is not ABSENT and not isinstance(own, dict | list) and expression_of(own) == name:
            return function
    return None


def event_source_mappings_of(view: View, function: Resource) -> Iterator[Resource]:
    """The event source mappings of the template that invoke the function."""
    for mapping in view.resources(EVENT_SOURCE_MAPPING):
        if referenced_function(view, mapping) is function:
            yield mapping


def event_source_kind(view: View, mapping: Resource) -> str | Unknown:
    """What a mapping reads from: `queue` (SQS), `stream` (Kinesis, DynamoDB), `topic` (Kafka), `broker` or `database`.

    The resource or the ARN says so, else the properties that go with one kind of source only. Of the sources without
    such properties, streams need a StartingPosition and queues take none.
    """
    arn = view.get(mapping, *_SOURCE).value
    for resource in view.referents(mapping, tuple(_TYPES), _SOURCE):
        return _TYPES[resource.type]
    kind = _SERVICES.get(_service(expression_of(arn))) if arn is not ABSENT else None
    if kind is not None:
        return kind
    for name, meant in _TELLING:
        if _given(view, mapping, name) is True:
            return meant
    doubts = [name for name, _ in _TELLING if _given(view, mapping, name) is None]
    position = _given(view, mapping, "StartingPosition")
    if arn is ABSENT or doubts or position is None:
        return Unknown(("Source", mapping.logical_id), "what the mapping reads from is not known")
    return "stream" if position else "queue"


def _given(view: View, mapping: Resource, name: str) -> bool | None:
    """Whether a property was given; None if that cannot be told."""
    value = view.get(mapping, "Properties", name).value
    if isinstance(value, Unknown) and value.optional:
        return None
    return value is not ABSENT


def _service(form: Expression) -> str:
    """The service in the written beginning of an ARN."""
    first = form[1] if isinstance(form, tuple) and form and form[0] == "Concat" else form
    parts = scalar_text(first).split(":") if isinstance(first, str) else []
    if parts and parts[0] == "arn" and len(parts) > 2:
        return parts[2]
    if isinstance(form, tuple) and form and form[0] == "Concat":  # arn:${AWS::Partition}:sqs:...
        later = next((piece for piece in form[2:] if isinstance(piece, str) and piece.startswith(":")), "")
        return later.split(":")[1] if first == "arn:" and later else ""
    return ""
