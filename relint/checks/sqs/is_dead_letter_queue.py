"""Whether a queue is there for messages that others could not process."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relint.model.aws.sqs import dead_letter_sources
from relint.resolve.value import ABSENT, expression_of, text_with_markers

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_NAME = re.compile(r"dlq|dead.?letter|failed|(?<!with)(?<!without)redrive", re.IGNORECASE)
"""A queue "with redrive" is one that sends dead letters, not one that takes them."""


def fact(resource: Resource, view: View) -> bool:
    """True if another resource sends dead letters to the AWS::SQS::Queue, if it lets queues do so, or is called so.

    The name counts because the queues whose dead letters it takes may belong to other templates. RedriveAllowPolicy
    with denyAll is no sign: it forbids the use as a dead-letter queue.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    if view.get(resource, "Properties", "RedriveAllowPolicy", "redrivePermission").value in ("allowAll", "byQueue"):
        return True
    name = view.get(resource, "Properties", "QueueName").value
    called = "" if name is ABSENT else re.sub("\0.*?\0", "", text_with_markers(expression_of(name)))
    if _NAME.search(resource.logical_id) or _NAME.search(called):
        return True
    return next(dead_letter_sources(view, resource), None) is not None
