"""Dead-letter queues that SQS or EventBridge rejects, and those from which dead letters come back.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.model.aws.arn_names import is_named_by
from relint.model.aws.region import is_same_as_stack
from relint.model.aws.sqs import QUEUE, redrive_policy
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, parts_of, split_parts

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_RULE_QUEUES = ("Properties", "Targets", "*", "DeadLetterConfig", "Arn")
_FIFO_SUFFIX = ".fifo"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the ARN of a dead-letter queue that cannot serve its source.

    Message `self` for the source itself, `cycle` for a queue whose own dead letters come back to the source,
    `elsewhere` for a queue of another Region or account, `denied` for one whose RedriveAllowPolicy excludes the source,
    `default` for a FIFO queue with a standard one, `fifo` for the reverse, `event` for a FIFO queue of an EventBridge
    rule. Message value: `queue`; related: the queues on the way. Unknown if an ARN or the kind of a queue decides and
    is unknown.
    """
    if resource.type != QUEUE:
        for arn in view.select(resource, _RULE_QUEUES):
            yield from _mismatch(view, arn, _target(view, arn), source_is_fifo=False, message="event")
        return
    arn = redrive_policy(view, resource, "deadLetterTargetArn")
    if arn.value is ABSENT:
        return
    is_elsewhere = _is_elsewhere(view, arn)
    queue = None if is_elsewhere is True else _target(view, arn)
    returning = _path_back(view, resource, queue)
    is_fifo = _is_fifo_queue(view, resource)
    if is_elsewhere is True:
        yield Problem(arn.path, values={"queue": _name_of(arn)}, message="elsewhere")
    elif queue is not None and returning:
        related = tuple((other.path, f'"{other.logical_id}" is on the way back.') for other in returning[:-1])
        message = "self" if queue is resource else "cycle"
        yield Problem(arn.path, values={"queue": queue.logical_id}, related=related, message=message)
    elif queue is not None and _denies(view, queue, resource):
        yield Problem(
            arn.path, values={"queue": queue.logical_id}, related=((queue.path, "It says so here."),), message="denied"
        )
    elif isinstance(is_fifo, Unknown):
        yield is_fifo
    else:
        mismatches = list(_mismatch(view, arn, queue, source_is_fifo=is_fifo, message=None if is_fifo else "fifo"))
        yield from mismatches
        if isinstance(is_elsewhere, Unknown) and queue is None and not mismatches:
            yield is_elsewhere


def _target(view: View, arn: Located) -> Resource | None:
    """Return the queue of the template that an ARN means, by reference or by its name."""
    return view.target(arn, QUEUE) or next(
        (
            queue
            for queue in view.resources(QUEUE)
            if is_named_by(arn.value, view.get(queue, "Properties", "QueueName").value)
        ),
        None,
    )


def _path_back(view: View, source: Resource, queue: Resource | None) -> list[Resource]:
    """Return the queues through which dead letters come from a queue back to the source; none if they do not."""
    path: list[Resource] = []
    while queue is not None and queue not in path:
        path.append(queue)
        if queue is source:
            return path
        queue = _target(view, redrive_policy(view, queue, "deadLetterTargetArn"))
    return []


def _is_elsewhere(view: View, arn: Located) -> Truth:
    """Return whether an ARN is of another Region or account.

    A literal beside a pseudo parameter means another one. Two literals may be those of the stack, unless the run says
    otherwise.
    """
    fields = split_parts(parts_of(expression_of(arn.value)), ":", "")
    if len(fields) < 6:
        return False
    is_written_out = False
    for name, field in zip(("AWS::Region", "AWS::AccountId"), fields[3:5], strict=True):
        if not isinstance(field, Unknown) and is_same_as_stack(view, name, field) is False:
            if not isinstance(view.scenario.parameter_value(name), Unknown) or _is_of_stack(view, fields):
                return True
            is_written_out = True
    return Unknown(("Place", arn.path), "the ARN may be of another Region or account") if is_written_out else False


def _is_of_stack(view: View, fields: list[Any]) -> bool:
    """Whether the Region or the account of an ARN is written as that of the stack."""
    pairs = zip(("AWS::Region", "AWS::AccountId"), fields[3:5], strict=True)
    return any(isinstance(field, Unknown) and is_same_as_stack(view, name, field) is True for name, field in pairs)


def _denies(view: View, queue: Resource, source: Resource) -> bool:
    """Whether the queue is closed to the source by its RedriveAllowPolicy."""
    policy = view.get(queue, "Properties", "RedriveAllowPolicy")
    permission = view.get(policy, "redrivePermission").value
    if permission == "denyAll":
        return True
    sources = [_target(view, arn) for arn in view.scenario.items(view.get(policy, "sourceQueueArns"))]
    return permission == "byQueue" and bool(sources) and None not in sources and source not in sources


def _mismatch(
    view: View, arn: Located, queue: Resource | None, *, source_is_fifo: bool, message: str | None
) -> Iterator[Problem | Unknown]:
    if arn.value is ABSENT:
        return
    is_fifo = _is_fifo_arn(arn) if queue is None else _is_fifo_queue(view, queue)
    if isinstance(is_fifo, Unknown):
        yield is_fifo
    elif is_fifo != source_is_fifo:
        name = queue.logical_id if queue else _name_of(arn)
        yield Problem(arn.path, values={"queue": name}, message=message)


def _name_of(arn: Located) -> str:
    return describe_expression(expression_of(arn.value)).rpartition(":")[2]


def _is_fifo_queue(view: View, queue: Resource) -> Truth:
    return apply_test("equals", view.get(queue, "Properties", "FifoQueue").value, operand=True)


def _is_fifo_arn(arn: Located) -> Truth:
    """Whether the name in an ARN is that of a FIFO queue, which ends in .fifo; only such names contain a full stop."""
    ending = parts_of(expression_of(arn.value))[-1]
    if isinstance(ending, str):
        return ending.endswith(_FIFO_SUFFIX)
    return arn.value if isinstance(arn.value, Unknown) else False
