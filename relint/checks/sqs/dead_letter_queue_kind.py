"""Dead-letter queues of a kind that their source cannot send to.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.model.aws.arn_names import is_named_by
from relint.model.aws.sqs import QUEUE, redrive_policy
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, parts_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_RULE_QUEUES = ("Properties", "Targets", "*", "DeadLetterConfig", "Arn")
_FIFO_SUFFIX = ".fifo"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the ARN of a dead-letter queue that is FIFO while its source is not, or the reverse.

    Message `default` for a FIFO queue with a standard one, `fifo` for the reverse, `event` for a FIFO queue of an
    EventBridge rule. Message value: `queue`. Unknown if the kind of a queue decides and is unknown.
    """
    if resource.type != QUEUE:
        for arn in view.select(resource, _RULE_QUEUES):
            yield from _mismatch(view, arn, source_is_fifo=False, message="event")
        return
    is_fifo = _is_fifo_queue(view, resource)
    arn = redrive_policy(view, resource, "deadLetterTargetArn")
    if isinstance(is_fifo, Unknown):
        if arn.value is not ABSENT:
            yield is_fifo
    else:
        yield from _mismatch(view, arn, source_is_fifo=is_fifo, message=None if is_fifo else "fifo")


def _mismatch(view: View, arn: Located, *, source_is_fifo: bool, message: str | None) -> Iterator[Problem | Unknown]:
    if arn.value is ABSENT:
        return
    queue = view.target(arn, QUEUE) or next(
        (
            queue
            for queue in view.resources(QUEUE)
            if is_named_by(arn.value, view.get(queue, "Properties", "QueueName").value)
        ),
        None,
    )
    is_fifo = _is_fifo_arn(arn) if queue is None else _is_fifo_queue(view, queue)
    if isinstance(is_fifo, Unknown):
        yield is_fifo
    elif is_fifo != source_is_fifo:
        name = queue.logical_id if queue else describe_expression(expression_of(arn.value)).rpartition(":")[2]
        yield Problem(arn.path, values={"queue": name}, message=message)


def _is_fifo_queue(view: View, queue: Resource) -> Truth:
    return apply_test("equals", view.get(queue, "Properties", "FifoQueue").value, operand=True)


def _is_fifo_arn(arn: Located) -> Truth:
    """Whether the name in an ARN is that of a FIFO queue, which ends in .fifo; only such names contain a full stop."""
    ending = parts_of(expression_of(arn.value))[-1]
    if isinstance(ending, str):
        return ending.endswith(_FIFO_SUFFIX)
    return arn.value if isinstance(arn.value, Unknown) else False
