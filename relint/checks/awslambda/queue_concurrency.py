"""Whether the queues of a function ask for no more invocations at a time than it may have.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test, is_equal
from relint.model.aws.lambda_functions import function_of, mappings_of, source_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_QUEUE = "AWS::SQS::Queue"
_LIMIT = ("Properties", "ScalingConfig", "MaximumConcurrency")
_MOST = 1000
"""No mapping asks for more at a time unless it is told to, so that a larger reservation is never exceeded."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem of a mapping between a queue and a function of the template that reserves concurrency.

    No message of its own where the mapping sets no MaximumConcurrency; `sum` (at the first of several mappings) where
    the limits of all queues add up to more than is reserved; `single` (a note) where only one invocation is, which a
    limit, being 2 at least, cannot go down to. `retried` (a note) replaces the first where the queue keeps trying.
    """
    function = function_of(view, resource)
    if function is None:
        yield Unknown(("Function", resource.path), "the function is not in this template")
        return
    written = view.get(function, "Properties", "ReservedConcurrentExecutions")
    if written.value is ABSENT:
        return
    reserved = integer_value(written)
    if isinstance(reserved, Unknown):
        yield reserved
    elif 0 < reserved < _MOST:
        related = ((written.path, f'"{function.logical_id}" reserves {reserved}.'),)
        values = {"function": function.logical_id, "reserved": reserved}
        yield from _exceeding(view, resource, function, Problem(resource.path, values, related))


def _exceeding(view: View, mapping: Resource, function: Resource, draft: Problem) -> Iterator[Problem | Unknown]:
    reserved = draft.values["reserved"]
    limit = view.get(mapping, *_LIMIT)
    if reserved == 1:
        if not _in_order(view, mapping):
            yield draft._replace(path=limit.path, message="single", level="note")
    elif limit.value is ABSENT:
        draft = draft._replace(path=limit.path)
        yield draft._replace(message="retried", level="note") if _keeps_trying(view, mapping) else draft
    else:
        yield from _added_up(view, mapping, function, draft._replace(path=limit.path))


def _added_up(view: View, mapping: Resource, function: Resource, draft: Problem) -> Iterator[Problem | Unknown]:
    """The problem of all limits together, at the first mapping that has one."""
    limits: list[Any] = []
    for one in mappings_of(view, function):
        limit = view.get(one, *_LIMIT)
        if limit.value is not ABSENT and source_of(view, one) == "queue":
            if not limits and one is not mapping:
                return
            limits.append(integer_value(limit))
    unknown = next((limit for limit in limits if isinstance(limit, Unknown)), None)
    total = sum(limit for limit in limits if not isinstance(limit, Unknown))
    if total > draft.values["reserved"]:
        yield draft._replace(message="sum", values={**draft.values, "value": total})
    elif unknown is not None:
        yield unknown


def _in_order(view: View, mapping: Resource) -> bool:
    """Whether the mapping reads a FIFO queue of the template, whose message groups limit it."""
    return any(is_equal(view.get(queue, "Properties", "FifoQueue").value, True) for queue in _queues(view, mapping))


def _keeps_trying(view: View, mapping: Resource) -> bool:
    """Whether the queue is in the template and has no dead-letter queue."""
    policies = [view.get(queue, "Properties", "RedrivePolicy").value for queue in _queues(view, mapping)]
    return bool(policies) and all(apply_test("exists", policy, False) is True for policy in policies)


def _queues(view: View, mapping: Resource) -> list[Resource]:
    return view.referents(mapping, (_QUEUE,), ("Properties", "EventSourceArn"))
