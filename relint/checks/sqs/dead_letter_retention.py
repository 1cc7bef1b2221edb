"""Dead-letter queues that keep messages no longer than the queues from which they come."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test, as_number
from relint.model.aws.sqs import QUEUE, dead_letter_sources, redrive_policy
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

DEFAULT_RETENTION = 345_600
MAX_RETENTION = 1_209_600
"""Four days, and the maximum of fourteen days, in seconds.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
"""
_DEFAULT_VISIBILITY_TIMEOUT = 30
_NEGLIGIBLE_SHARE = 0.1
"""The share of the retention that receive attempts may take without more than a note."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield one problem at MessageRetentionPeriod if that is no longer than that of a source.

    The age of a message counts from the first send. Message `default` for a shorter retention. For an equal one, a
    message loses the time of its receive attempts: message `brief` (a note) up to a tenth of the retention, `equal`
    above. Message values: `source`, `value`, `theirs`. Unknown if a retention decides and is unknown.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html
    """
    retention = _retention(view, resource)
    if apply_test("min", retention, MAX_RETENTION) is True:
        return
    path = view.get(resource, "Properties", "MessageRetentionPeriod").path
    problems: list[Problem] = []
    for source in dead_letter_sources(view, resource, QUEUE):
        source_retention = _retention(view, source)
        is_longer = apply_test("above", retention, source_retention)
        if is_longer is True:
            continue
        source_path = (*source.path, "Properties", "MessageRetentionPeriod")
        problem = Problem(
            path,
            values={"source": source.logical_id, "value": retention, "theirs": source_retention},
            related=((source_path, f'"{source.logical_id}" sends them here.'),),
        )
        if apply_test("below", retention, source_retention) is True:
            problems.insert(0, problem)
        elif apply_test("equals", retention, source_retention) is True:
            negligible_seconds = _NEGLIGIBLE_SHARE * (as_number(retention) or DEFAULT_RETENTION)
            if _seconds_of_attempts(view, source) < negligible_seconds:
                problems.append(problem._replace(message="brief", level="note"))
            else:
                problems.append(problem._replace(message="equal"))
        elif isinstance(is_longer, Unknown):
            yield is_longer
    problems.sort(key=lambda problem: problem.level is not None)
    yield from problems[:1]


def _retention(view: View, queue: Resource) -> Any:
    value = view.get(queue, "Properties", "MessageRetentionPeriod").value
    return DEFAULT_RETENTION if value is ABSENT else value


def _seconds_of_attempts(view: View, source: Resource) -> float:
    """Return the seconds that receive attempts take if each reaches the visibility timeout; 0 if unknown."""
    timeout = view.get(source, "Properties", "VisibilityTimeout").value
    attempts = as_number(redrive_policy(view, source, "maxReceiveCount").value)
    return (as_number(_DEFAULT_VISIBILITY_TIMEOUT if timeout is ABSENT else timeout) or 0) * (attempts or 0)
