"""Instances that a rolling update leaves in service."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value, map_bounds
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of
from relint.model.aws.auto_scaling import counts_instances, desired_capacity
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_UPDATE = ("UpdatePolicy", "AutoScalingRollingUpdate")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield the problems of a rolling update; an Unknown instead if the sizes of the group count other units."""
    counts = counts_instances(view, resource)
    for result in _problems(resource, view):
        yield counts if isinstance(counts, Unknown) else result


def _problems(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at MinInstancesInService or MaxBatchSize if a rolling update leaves too few instances.

    An error if MinInstancesInService is not below MaxSize: message `deadlock` with `value` and `maximum`, or `equal` if
    the two are the same unknown value. Else a problem if fewer than half stay in service: message `default` with `left`
    and `desired`, or `few` if a number is known only within bounds. Unknown if a number decides and is unknown.

    Left out, MinInstancesInService is 0 and MaxBatchSize 1; of D instances max(MinInstancesInService, D - MaxBatchSize)
    stay in service, which is fewer than half if the first is below half of D and MaxBatchSize above it. An empty group
    has no instances to keep.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
    """
    in_service = view.get(resource, *_UPDATE, "MinInstancesInService")
    batch = view.get(resource, *_UPDATE, "MaxBatchSize")
    minimum, batch_size, size = integer_value(in_service, 0), integer_value(batch, 1), desired_capacity(resource, view)
    maximum = integer_value(view.get(resource, "Properties", "MaxSize"))
    is_deadlock = _is_deadlock(minimum, size, maximum)
    if is_deadlock is True:
        if isinstance(minimum, Unknown) or isinstance(maximum, Unknown):
            yield Problem(in_service.path, message="equal", level="error")
        else:
            values = {"value": minimum, "maximum": maximum}
            yield Problem(in_service.path, values=values, message="deadlock", level="error")
        return
    is_below_half = all_of(
        (apply_test("above", size, 0), _is_below_half(minimum, size), _exceeds_half(batch_size, size))
    )
    if is_below_half is True:
        location = in_service if in_service.value is not ABSENT or batch.value is ABSENT else batch
        if any(isinstance(number, Unknown) for number in (minimum, batch_size, size)):
            yield Problem(location.path, message="few")
        else:
            values = {"left": max(minimum, size - batch_size, 0), "desired": size}
            yield Problem(location.path, values=values, message="default")
    elif isinstance(is_deadlock, Unknown):
        yield is_deadlock
    elif isinstance(is_below_half, Unknown):
        yield is_below_half


def _is_below_half(minimum: Any, size: Any) -> Truth:
    return not _is_same_unknown(minimum, size) and apply_test(
        "below", minimum, map_bounds(size, lambda count: -(-count // 2))
    )


def _exceeds_half(batch_size: Any, size: Any) -> Truth:
    return apply_test("above", batch_size, map_bounds(size, lambda count: count // 2))


def _is_deadlock(minimum: Any, size: Any, maximum: Any) -> Truth:
    """Whether MinInstancesInService is not below MaxSize, which is never below the desired capacity."""
    if _is_same_unknown(minimum, maximum):
        return True
    floor = (size.minimum or 1) if isinstance(size, Unknown) else size
    return apply_test("min", minimum, map_bounds(maximum, lambda count: max(count, floor, 1)))


def _is_same_unknown(left: Any, right: Any) -> bool:
    return isinstance(left, Unknown) and isinstance(right, Unknown) and left.expression == right.expression
