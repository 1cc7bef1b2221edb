"""Whether a dead-letter queue keeps messages for longer than the queues that they come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.checks.problem import Problem
from relint.logic.predicates import apply_test, as_number
from relint.model.aws.sqs import QUEUE, dead_letter_sources
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

DEFAULT = 345_600
LONGEST = 1_209_600
"""Four days, and the fourteen to which retention can be set, in seconds.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
"""
_VISIBILITY = 30


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """One problem for a standard queue that takes the dead letters of queues which keep them as long, or longer.

    The age of a message counts from the first send. Where both keep it equally long this costs the time that the
    attempts take: up to a tenth of the retention this is a note (message `brief`), beyond it message `equal`.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html
    """
    kept = _retention(view, resource)
    if apply_test("min", kept, LONGEST) is True:
        return
    place = view.get(resource, "Properties", "MessageRetentionPeriod").path
    found: list[Problem] = []
    for source in dead_letter_sources(view, resource, QUEUE):
        sent = _retention(view, source)
        longer = apply_test("above", kept, sent)
        if longer is True:
            continue
        related = (((*source.path, "Properties", "MessageRetentionPeriod"), f'"{source.logical_id}" sends them here.'),)
        values = {"source": source.logical_id, "value": kept, "theirs": sent}
        if apply_test("below", kept, sent) is True:
            found.insert(0, Problem(place, values, related))
        elif apply_test("equals", kept, sent) is True:
            brief = _attempts(view, source) < 0.1 * (as_number(kept) or DEFAULT)
            found.append(Problem(place, values, related, "brief" if brief else "equal", "note" if brief else None))
        elif isinstance(longer, Unknown):
            yield longer
    found.sort(key=lambda problem: problem.level is not None)
    yield from found[:1]


def _retention(view: View, queue: Resource) -> Any:
    value = view.get(queue, "Properties", "MessageRetentionPeriod").value
    return DEFAULT if value is ABSENT else value


def _attempts(view: View, source: Resource) -> float:
    """How many seconds the attempts of a message take that each run into the visibility timeout; 0 if not known."""
    timeout = view.get(source, "Properties", "VisibilityTimeout").value
    attempts = as_number(view.get(source, "Properties", "RedrivePolicy", "maxReceiveCount").value)
    return (as_number(_VISIBILITY if timeout is ABSENT else timeout) or 0) * (attempts or 0)
