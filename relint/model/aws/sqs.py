"""SQS queues: which others put into a queue what they could not process.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.resolve.value import ABSENT, Expression, expression_of, text_with_markers

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View

QUEUE = "AWS::SQS::Queue"

DEAD_LETTER_PROPERTIES = frozenset({"RedrivePolicy", "DeadLetterConfig", "DeadLetterQueue", "OnFailure", "ErrorAction"})
"""What properties are called that name a queue for what could not be processed."""

_PLACES: dict[str, tuple[Steps, ...]] = {
    QUEUE: (("Properties", "RedrivePolicy", "deadLetterTargetArn"),),
    "AWS::SNS::Subscription": (("Properties", "RedrivePolicy", "deadLetterTargetArn"),),
    "AWS::Lambda::Function": (("Properties", "DeadLetterConfig", "TargetArn"),),
    "AWS::Lambda::EventInvokeConfig": (("Properties", "DestinationConfig", "OnFailure", "Destination"),),
    "AWS::Lambda::EventSourceMapping": (("Properties", "DestinationConfig", "OnFailure", "Destination"),),
    "AWS::Events::Rule": (("Properties", "Targets", "*", "DeadLetterConfig", "Arn"),),
    "AWS::Scheduler::Schedule": (("Properties", "Target", "DeadLetterConfig", "Arn"),),
}
"""Where the types that mostly do so name it by its ARN."""


def dead_letter_sources(view: View, queue: Resource, *types: str) -> Iterator[Resource]:
    """The resources (of the given types) whose failed messages go to the queue, named by reference or ARN."""
    seen = {queue.logical_id}
    for edge in view.template.graph.incoming.get(queue.logical_id, ()):
        source = view.template.resources[edge.source]
        if edge.source in seen or (types and source.type not in types):
            continue
        if DEAD_LETTER_PROPERTIES & set(edge.property) and view.exists(source) and view.is_active(edge):
            seen.add(edge.source)
            yield source
    name = view.get(queue, "Properties", "QueueName").value
    if name is not ABSENT and not isinstance(name, dict | list):
        for source in _naming(view, expression_of(name), types or tuple(_PLACES)):
            if source.logical_id not in seen:
                seen.add(source.logical_id)
                yield source


def _naming(view: View, name: Expression, types: tuple[str, ...]) -> Iterator[Resource]:
    """The resources of the given types that send dead letters to an ARN which ends with a name."""
    ending = ":" + text_with_markers(name)
    if isinstance(name, str) and ending not in view.template.document.text:
        return
    last = name[-1] if isinstance(name, tuple) and isinstance(name[-1], str) else ""
    for kind in types:
        for source in view.resources(kind):
            for steps in _PLACES.get(kind, ()):
                if last in str(source.body.get("Properties")) and any(
                    text_with_markers(expression_of(value.value)).endswith(ending)
                    for value in view.select(source, steps)
                    if value.value is not ABSENT
                ):
                    yield source
