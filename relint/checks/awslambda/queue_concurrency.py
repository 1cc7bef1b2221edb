"""Queues that start more concurrent invocations than their function reserves.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of
from relint.model.aws.lambda_functions import event_source_kind, event_source_mappings_of, referenced_function
from relint.model.aws.sqs import queues_of_mapping
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_MAX_CONCURRENCY = ("Properties", "ScalingConfig", "MaximumConcurrency")
_UNLIMITED_CONCURRENCY = 1000
"""Concurrent invocations of a mapping without MaximumConcurrency, so that a larger reservation is never exceeded."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at MaximumConcurrency of a mapping that exceeds the reserved concurrency.

    Message `default` if the mapping sets no MaximumConcurrency, or `retried` (a note) if the queue has no dead-letter
    queue and thus keeps retrying; `sum` (at the first of several mappings) if the limits of all queues together exceed
    the reservation; `single` (a note) if the function reserves one invocation, because the smallest limit is 2.
    Message values: `function`, `reserved`, and `value` (the total) for `sum`. Unknown if the function is not in the
    template or a number decides and is unknown.
    """
    function = referenced_function(view, resource)
    if function is None:
        yield Unknown(("Function", resource.path), "the function is not in this template")
        return
    reservation = view.get(function, "Properties", "ReservedConcurrentExecutions")
    if reservation.value is ABSENT:
        return
    reserved = integer_value(reservation)
    if isinstance(reserved, Unknown):
        yield reserved
    elif 0 < reserved < _UNLIMITED_CONCURRENCY:
        problem = Problem(
            view.get(resource, *_MAX_CONCURRENCY).path,
            values={"function": function.logical_id, "reserved": reserved},
            related=((reservation.path, f'"{function.logical_id}" reserves {reserved}.'),),
        )
        yield from _excess(view, resource, function, problem)


def _excess(view: View, mapping: Resource, function: Resource, problem: Problem) -> Iterator[Problem | Unknown]:
    if problem.values["reserved"] == 1:
        is_limited = _reads_fifo_queue(view, mapping)
        if isinstance(is_limited, Unknown):
            yield is_limited
        elif not is_limited:
            yield problem._replace(message="single", level="note")
    elif view.get(mapping, *_MAX_CONCURRENCY).value is ABSENT:
        yield problem._replace(message="retried", level="note") if _keeps_retrying(view, mapping) else problem
    else:
        yield from _excessive_sum(view, mapping, function, problem)


def _excessive_sum(view: View, mapping: Resource, function: Resource, problem: Problem) -> Iterator[Problem | Unknown]:
    """Yield the problem of all limits together, at the first mapping that has a limit."""
    limits: list[Any] = []
    for other_mapping in event_source_mappings_of(view, function):
        limit = view.get(other_mapping, *_MAX_CONCURRENCY)
        if limit.value is not ABSENT and event_source_kind(view, other_mapping) == "queue":
            if not limits and other_mapping is not mapping:
                return
            limits.append(integer_value(limit))
    unknown = next((limit for limit in limits if isinstance(limit, Unknown)), None)
    total = sum(limit for limit in limits if not isinstance(limit, Unknown))
    if total > problem.values["reserved"]:
        yield problem._replace(message="sum", values={**problem.values, "value": total})
    elif unknown is not None:
        yield unknown


def _reads_fifo_queue(view: View, mapping: Resource) -> Truth:
    """Whether the mapping reads a FIFO queue, whose message groups limit the concurrency."""
    return any_of(
        apply_test("equals", view.get(queue, "Properties", "FifoQueue").value, operand=True)
        for queue in queues_of_mapping(view, mapping)
    )


def _keeps_retrying(view: View, mapping: Resource) -> bool:
    """Whether the queue is in the template and has no dead-letter queue."""
    policies = [view.get(queue, "Properties", "RedrivePolicy").value for queue in queues_of_mapping(view, mapping)]
    return bool(policies) and all(apply_test("exists", policy, operand=False) is True for policy in policies)
