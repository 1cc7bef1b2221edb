"""Invocations of a Lambda function that may run at the same time."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.numbers import integer_value
from relint.model.aws.lambda_functions import event_source_kind, event_source_mappings_of
from relint.model.aws.lambda_invokers import invokers_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

_ONE_AT_A_TIME = frozenset({"pipeline", "schedule", "stack"})
"""Types of invocation that start the next one long after the one before, as a rule."""


def most_concurrent(view: View, function: Resource) -> tuple[Any, Path]:
    """Return how many invocations run at once at most, and the path of the property that limits them.

    It is the reserved concurrency, else what the queues in front of the function allow together, else one for each
    schedule or stack that alone invokes it. None if only the quota of the account limits it; Unknown for streams, whose
    shards decide.
    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html (2026-11-28)
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html (2026-11-28)
    """
    return view.remembered("most concurrent", function, _most_concurrent)


def _most_concurrent(view: View, function: Resource) -> tuple[Any, Path]:
    reserved = view.get(function, "Properties", "ReservedConcurrentExecutions")
    if reserved.value is not ABSENT:
        return integer_value(reserved), reserved.path
    invokers = [invoker for invoker in invokers_of(view, function) if invoker.invocation_type != "device"]
    if not invokers or any(invoker.invocation_type not in {*_ONE_AT_A_TIME, "poll"} for invoker in invokers):
        return None, function.path
    total: Any = len({(one.source.logical_id, one.path) for one in invokers if one.invocation_type in _ONE_AT_A_TIME})
    path = function.path
    for mapping in event_source_mappings_of(view, function):
        limit = view.get(mapping, "Properties", "ScalingConfig", "MaximumConcurrency")
        if event_source_kind(view, mapping) != "queue":
            reason = "the number of shards or partitions that it reads is not known"
            return Unknown(("Concurrency", function.logical_id), reason), mapping.path
        if limit.value is ABSENT:
            return None, function.path
        number = integer_value(limit)
        if isinstance(number, Unknown):
            return number, limit.path
        total, path = total + number, limit.path
    return total, path
