"""Number of queues whose failed messages go to a dead-letter queue."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.sqs import QUEUE, dead_letter_sources

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> int:
    """Return the number of queues that name this one in their redrive policies, by reference or by ARN."""
    return sum(1 for _ in dead_letter_sources(view, resource, QUEUE))
