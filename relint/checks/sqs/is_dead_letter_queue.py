"""Queues for messages that could not be processed."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING
from relint.logic.truth import Truth
from relint.model.aws.sqs import dead_letter_sources
from relint.resolve.value import ABSENT, Unknown, expression_of, literal_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_NAME = re.compile(r"dlq|dead.?letter|failed|(?<!with)(?<!without)redrive", re.IGNORECASE)
"""Names of dead-letter queues; a queue "with redrive" sends dead letters."""


def fact(resource: Resource, view: View) -> Truth:
    """Whether the queue receives dead letters, accepts them, or is named for them.

    The name counts because the source queues may belong to other templates. RedriveAllowPolicy with denyAll does not
    count: it forbids the use as a dead-letter queue. Unknown if nothing but an unknown permission tells.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    permission = view.get(resource, "Properties", "RedriveAllowPolicy", "redrivePermission").value
    if permission in ("allowAll", "byQueue"):
        return True
    name = view.get(resource, "Properties", "QueueName").value
    literal_name = "" if name is ABSENT else literal_text(expression_of(name))
    if _NAME.search(resource.logical_id) or _NAME.search(literal_name):
        return True
    if next(dead_letter_sources(view, resource), None) is not None:
        return True
    return permission if isinstance(permission, Unknown) else False
