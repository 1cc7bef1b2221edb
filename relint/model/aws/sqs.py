"""SQS queues that receive the failed messages of other resources.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.model.aws.arn_names import is_named_by, referents_by_arn, referrers_by_arn, text_of_name
from relint.model.text.json_text import parse_json
from relint.resolve.value import Located, arguments_of, expression_of, is_concat

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View

QUEUE = "AWS::SQS::Queue"
_MAPPING = "AWS::Lambda::EventSourceMapping"
_SOURCE_ARN = ("Properties", "EventSourceArn")

DEAD_LETTER_PROPERTIES = frozenset({"RedrivePolicy", "DeadLetterConfig", "DeadLetterQueue", "OnFailure", "ErrorAction"})
"""The names of properties that refer to a queue for failed messages."""

_REDRIVE_ARN = ("Properties", "RedrivePolicy", "deadLetterTargetArn")
_ARN_PATHS: dict[str, tuple[Steps, ...]] = {
    QUEUE: (_REDRIVE_ARN,),
    "AWS::SNS::Subscription": (_REDRIVE_ARN,),
    "AWS::Lambda::Function": (("Properties", "DeadLetterConfig", "TargetArn"),),
    "AWS::Lambda::EventInvokeConfig": (("Properties", "DestinationConfig", "OnFailure", "Destination"),),
    "AWS::Lambda::EventSourceMapping": (("Properties", "DestinationConfig", "OnFailure", "Destination"),),
    "AWS::Events::EventBus": (("Properties", "DeadLetterConfig", "Arn"),),
    "AWS::Events::Rule": (("Properties", "Targets", "*", "DeadLetterConfig", "Arn"),),
    "AWS::Pipes::Pipe": (
        ("Properties", "SourceParameters", "DynamoDBStreamParameters", "DeadLetterConfig", "Arn"),
        ("Properties", "SourceParameters", "KinesisStreamParameters", "DeadLetterConfig", "Arn"),
    ),
    "AWS::Scheduler::Schedule": (("Properties", "Target", "DeadLetterConfig", "Arn"),),
}
"""The paths of ARNs of dead-letter queues, by the resource types that use most of them."""


def dead_letter_sources(view: View, queue: Resource, *types: str) -> Iterator[Resource]:
    """Yield the resources (of the given types) whose failed messages go to the queue, by reference or by ARN."""
    yielded_ids = {queue.logical_id}
    for reference in view.template.references.incoming.get(queue.logical_id, ()):
        source = view.template.resources[reference.source]
        if reference.source in yielded_ids or (types and source.type not in types):
            continue
        if DEAD_LETTER_PROPERTIES & set(reference.property) and view.exists(source) and view.is_active(reference):
            yielded_ids.add(reference.source)
            yield source
    for source in _sources_by_name(view, view.get(queue, "Properties", "QueueName").value, types or tuple(_ARN_PATHS)):
        if source.logical_id not in yielded_ids:
            yielded_ids.add(source.logical_id)
            yield source


def redrive_policy(view: View, resource: Resource, *steps: str) -> Located:
    """Return the RedrivePolicy of a queue or a subscription, or what is at `steps` in it; also of one that is a text.

    The paths in a text continue the path of the text, so that findings point to the property.
    """
    policy = view.get(resource, "Properties", "RedrivePolicy")
    if isinstance(policy.value, str) or is_concat(expression_of(policy.value)):
        policy = Located(parse_json(policy.value), policy.path)
    return view.get(policy, *steps)


def mappings_of_queue(view: View, queue: Resource) -> list[Resource]:
    """Return the event source mappings that read the queue, by reference or by an ARN with its name."""
    return referrers_by_arn(view, queue, _MAPPING, _SOURCE_ARN, "QueueName")


def queues_of_mapping(view: View, mapping: Resource) -> list[Resource]:
    """Return the queues of the template that an event source mapping reads, by reference or by an ARN with the name."""
    return referents_by_arn(view, mapping, _SOURCE_ARN, QUEUE, "QueueName")


def _sources_by_name(view: View, queue_name: Any, types: tuple[str, ...]) -> Iterator[Resource]:
    """Yield the resources of the given types that send failed messages to an ARN with the name of a queue."""
    name = text_of_name(queue_name)
    if name is None or (isinstance(queue_name, str) and f":{name}" not in view.template.document.text):
        return
    # Resources that do not contain the end of the name, or the parameter that is the name, are skipped for speed.
    last_argument = next(reversed(arguments_of(expression_of(queue_name))), "")
    needle = last_argument if isinstance(last_argument, str) else ""
    for resource_type in types:
        for source in view.resources(resource_type):
            for path in _ARN_PATHS.get(resource_type, ()):
                if needle in str(source.body.get("Properties")) and any(
                    is_named_by(value.value, queue_name) for value in _arns(view, source, path)
                ):
                    yield source


def _arns(view: View, source: Resource, path: Steps) -> list[Located]:
    return [redrive_policy(view, source, *_REDRIVE_ARN[2:])] if path is _REDRIVE_ARN else view.select(source, path)
