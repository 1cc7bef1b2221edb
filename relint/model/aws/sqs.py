"""SQS queues that receive the failed messages of other resources.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.resolve.value import ABSENT, Expression, arguments_of, expression_of, text_with_markers

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View

QUEUE = "AWS::SQS::Queue"

DEAD_LETTER_PROPERTIES = frozenset({"RedrivePolicy", "DeadLetterConfig", "DeadLetterQueue", "OnFailure", "ErrorAction"})
"""The names of properties that refer to a queue for failed messages."""

_ARN_PATHS: dict[str, tuple[Steps, ...]] = {
    QUEUE: (("Properties", "RedrivePolicy", "deadLetterTargetArn"),),
    "AWS::SNS::Subscription": (("Properties", "RedrivePolicy", "deadLetterTargetArn"),),
    "AWS::Lambda::Function": (("Properties", "DeadLetterConfig", "TargetArn"),),
    "AWS::Lambda::EventInvokeConfig": (("Properties", "DestinationConfig", "OnFailure", "Destination"),),
    "AWS::Lambda::EventSourceMapping": (("Properties", "DestinationConfig", "OnFailure", "Destination"),),
    "AWS::Events::Rule": (("Properties", "Targets", "*", "DeadLetterConfig", "Arn"),),
    "AWS::Scheduler::Schedule": (("Properties", "Target", "DeadLetterConfig", "Arn"),),
}
"""The paths of ARNs of dead-letter queues, by the resource types that use most of them."""


def dead_letter_sources(view: View, queue: Resource, *types: str) -> Iterator[Resource]:
    """Yield the resources (of the given types) whose failed messages go to the queue, by reference or by ARN."""
    yielded_ids = {queue.logical_id}
    for edge in view.template.graph.incoming.get(queue.logical_id, ()):
        source = view.template.resources[edge.source]
        if edge.source in yielded_ids or (types and source.type not in types):
            continue
        if DEAD_LETTER_PROPERTIES & set(edge.property) and view.exists(source) and view.is_active(edge):
            yielded_ids.add(edge.source)
            yield source
    name = view.get(queue, "Properties", "QueueName").value
    if name is not ABSENT and not isinstance(name, dict | list):
        for source in _sources_by_name(view, expression_of(name), types or tuple(_ARN_PATHS)):
            if source.logical_id not in yielded_ids:
                yielded_ids.add(source.logical_id)
                yield source


def _sources_by_name(view: View, queue_name: Expression, types: tuple[str, ...]) -> Iterator[Resource]:
    """Yield the resources of the given types that send failed messages to an ARN with the name of a queue."""
    arn_ending = ":" + text_with_markers(queue_name)
    if isinstance(queue_name, str) and arn_ending not in view.template.document.text:
        return
    # Resources that do not contain the end of the name, or the parameter that is the name, are skipped for speed.
    last_argument = next(reversed(arguments_of(queue_name)), "")
    needle = last_argument if isinstance(last_argument, str) else ""
    for resource_type in types:
        for source in view.resources(resource_type):
            for path in _ARN_PATHS.get(resource_type, ()):
                if needle in str(source.body.get("Properties")) and any(
                    text_with_markers(expression_of(value.value)).endswith(arn_ending)
                    for value in view.select(source, path)
                    if value.value is not ABSENT
                ):
                    yield source
