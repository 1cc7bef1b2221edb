"""Dead-letter queues in which messages lie without anybody being told."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.cloudwatch import alarm_on_resource
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of, negate
from relint.model.aws.sqs import QUEUE, dead_letter_sources, mappings_of_queue
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

_DEPTH, _AGE, _SENT = "ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage", "NumberOfMessagesSent"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at a queue that receives failed messages and has no alarm that the first of them sets off.

    A queue that a mapping or a pipe reads is left out, because it has a consumer. Message `default` without an alarm;
    `uncounted` for one on NumberOfMessagesSent only, which does not count what SQS moves from another queue; `late` (a
    note) for one on the depth with a higher threshold, or on the age. Message value: `source`, related: the sources.
    Unknown if an alarm may watch the queue.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    sources = list(dead_letter_sources(view, resource))
    is_read = _is_read(view, resource) if sources else False
    if not sources or is_read is True:
        return
    queue = next((source for source in sources if source.type == QUEUE), None)
    counted = [_DEPTH, _SENT] if queue is None else [_DEPTH]
    is_told = _has_alarm(view, resource, counted, breached_by=1)
    if is_told is True:
        return
    unknown = next((truth for truth in (is_read, is_told) if isinstance(truth, Unknown)), None)
    if unknown is not None:
        yield unknown
        return
    problem = Problem(
        resource.path,
        values={"source": (queue or sources[0]).logical_id},
        related=tuple((source.path, f'"{source.logical_id}" sends its failed messages here.') for source in sources),
    )
    if _has_alarm(view, resource, [*counted, _AGE]) is not False:
        yield problem._replace(message="late", level="note")
    elif _has_alarm(view, resource, [_SENT]) is True:
        yield problem._replace(message="uncounted")
    else:
        yield problem


def _has_alarm(view: View, queue: Resource, metrics: list[str], breached_by: int | None = None) -> Truth:
    return alarm_on_resource.fact(
        queue,
        view,
        namespace="AWS/SQS",
        metrics=metrics,
        dimensions=["QueueName"],
        name=("Properties", "QueueName"),
        breached_by=breached_by,
    )


def _is_read(view: View, queue: Resource) -> Truth:
    """Whether an event source mapping or a pipe reads the queue; both do unless they are switched off."""
    pipes = view.referrers(queue, ("AWS::Pipes::Pipe",), ("Properties", "Source"))
    switches: list[tuple[Located, Any]] = [
        (view.get(mapping, "Properties", "Enabled"), False) for mapping in mappings_of_queue(view, queue)
    ]
    switches += [(view.get(pipe, "Properties", "DesiredState"), "STOPPED") for pipe in pipes]
    return any_of(negate(apply_test("equals", switch.value, off)) for switch, off in switches)
