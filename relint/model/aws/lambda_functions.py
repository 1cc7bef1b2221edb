"""Lambda functions to which properties refer, and the sources of event source mappings.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.model.aws.arn_names import text_of_name
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of, parts_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

FUNCTION = "AWS::Lambda::Function"
ALIAS = "AWS::Lambda::Alias"
VERSION = "AWS::Lambda::Version"
EVENT_SOURCE_MAPPING = "AWS::Lambda::EventSourceMapping"

_FUNCTION_NAME = ("Properties", "FunctionName")
_SOURCE_ARN = ("Properties", "EventSourceArn")
_KIND_BY_SERVICE = {
    "sqs": "queue",
    "kinesis": "stream",
    "dynamodb": "stream",
    "kafka": "topic",
    "mq": "broker",
    "rds": "database",
}
_KIND_BY_TYPE = {
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
_KIND_BY_PROPERTY = {
    "SelfManagedEventSource": "topic",
    "SelfManagedKafkaEventSourceConfig": "topic",
    "AmazonManagedKafkaEventSourceConfig": "topic",
    "Topics": "topic",
    "Queues": "broker",
    "DocumentDBEventSourceConfig": "database",
}
"""Properties of a mapping that are valid for one kind of source only."""


def referenced_function(view: View, resource: Resource, path: Sequence[str] = _FUNCTION_NAME) -> Resource | None:
    """Return the function to which the property at `path` refers, also through an alias, a version or a name."""
    key = f"function at {'.'.join(path)}"
    return view.remembered(key, resource, lambda view, resource: _find_function(view, resource, path))


def _find_function(view: View, resource: Resource, path: Sequence[str]) -> Resource | None:
    referent = next(iter(view.referents(resource, (FUNCTION, ALIAS, VERSION), path)), None)
    if referent is not None and referent.type != FUNCTION:
        resource, path = referent, _FUNCTION_NAME
        referent = next(iter(view.referents(resource, (FUNCTION,), path)), None)
    return referent or _function_by_name(view, view.get(resource, *path).value)


def _function_by_name(view: View, value: Any) -> Resource | None:
    """Return the function whose FunctionName equals a name, or the name in an ARN."""
    text = text_of_name(value)
    if text is None:
        return None
    name_and_qualifier = text.rpartition(":function:")[2]
    for function in view.resources(FUNCTION):
        name = text_of_name(view.get(function, *_FUNCTION_NAME).value)
        if name is not None and (name_and_qualifier == name or name_and_qualifier.startswith(f"{name}:")):
            return function
    return None


def event_source_mappings_of(view: View, function: Resource) -> Iterator[Resource]:
    """Yield the event source mappings of the template that invoke the function."""
    for mapping in view.resources(EVENT_SOURCE_MAPPING):
        if referenced_function(view, mapping) is function:
            yield mapping


def event_source_kind(view: View, mapping: Resource) -> str | Unknown:
    """Return the kind of source: `queue` (SQS), `stream` (Kinesis, DynamoDB), `topic` (Kafka), `broker` or `database`.

    The kind follows from the resource or ARN, else from the properties that are valid for one kind only. Streams and
    queues have no such properties, but streams need a StartingPosition and queues allow none.
    """
    arn = view.get(mapping, *_SOURCE_ARN).value
    for resource in view.referents(mapping, tuple(_KIND_BY_TYPE), _SOURCE_ARN):
        return _KIND_BY_TYPE[resource.type]
    kind = _KIND_BY_SERVICE.get(_service_of_arn(expression_of(arn))) if arn is not ABSENT else None
    if kind is not None:
        return kind
    is_set = {name: _is_set(view, mapping, name) for name in (*_KIND_BY_PROPERTY, "StartingPosition")}
    for name, kind in _KIND_BY_PROPERTY.items():
        if is_set[name] is True:
            return kind
    if arn is ABSENT or None in is_set.values():
        return Unknown(("Source", mapping.logical_id), "what the mapping reads from is not known")
    return "stream" if is_set["StartingPosition"] else "queue"


def event_source_service(view: View, mapping: Resource) -> str | Unknown:
    """Return the service of the source, as ARNs name it: `kinesis`, `dynamodb`, `sqs` and so on.

    A resource of the template has the service of its type, whatever its ARN will be; what its type leaves open, the
    beginning of the ARN decides, or a property that mappings of streams do not have. Else it is unknown.
    """
    arn = view.get(mapping, *_SOURCE_ARN).value
    if arn is ABSENT:
        return "none"
    resource = view.target(arn)
    if resource is not None and resource.logical_id in view.scenario.deployments.named_ids:
        return resource.type.split("::")[1].lower()
    service = _service_of_arn(expression_of(arn))
    if service or not isinstance(arn, Unknown):
        return service or "none"
    kind = event_source_kind(view, mapping)
    return kind if kind in ("topic", "broker", "database") else arn


def _is_set(view: View, mapping: Resource, name: str) -> bool | None:
    """Return whether a property is set; None if that is unknown."""
    value = view.get(mapping, "Properties", name).value
    if isinstance(value, Unknown) and value.optional:
        return None
    return value is not ABSENT


def _service_of_arn(expression: Expression) -> str:
    """Return the service in the literal beginning of an ARN, or an empty text."""
    first_part, *other_parts = parts_of(expression)
    fields = first_part.split(":") if isinstance(first_part, str) else []
    if len(fields) > 2 and fields[0] == "arn":
        return str(fields[2])
    if first_part == "arn:":  # arn:${AWS::Partition}:sqs:...
        after_partition = next((part for part in other_parts if isinstance(part, str) and part.startswith(":")), "")
        return after_partition.split(":")[1] if after_partition else ""
    return ""
