"""SQS queues: which others put into a queue what they could not process.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.resolve.value import ABSENT, expression_of, marked_text, references

if TYPE_CHECKING:
    from relint.model.template import Resource
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


def dead_letters_from(view: View, queue: Resource, *types: str) -> Iterator[Resource]:
    """The resources (of the given types) whose failed messages go to the queue, named by reference or ARN."""
    seen = {queue.logical_id}
    for edge in view.template.graph.incoming.get(queue.logical_id, ()):
        source = view.template.resources[edge.source]
        if edge.source in seen or (types and source.type not in types):
            continue
        if DEAD_LETTER_PROPERTIES & set(edge.property) and view.exists(source) and view.holds(edge):
            seen.add(edge.source)
            yield source
    name = view.get(queue, "Properties", "QueueName").value
    if name is ABSENT or isinstance(name, dict | list) or references(expression_of(name)) & {queue.logical_id}:
        return
    ending = ":" + marked_text(expression_of(name))
    if "\0" not in ending and ending not in view.template.document.text:
        return
    for kind in types or _PLACES:
        for source in view.resources(kind):
            if source.logical_id not in seen and any(
                marked_text(expression_of(value.value)).endswith(ending)
                for steps in _PLACES.get(kind, ())
                for value in view.select(source, steps)
                if value.value is not ABSENT
            ):
                seen.add(source.logical_id)
                yield source
