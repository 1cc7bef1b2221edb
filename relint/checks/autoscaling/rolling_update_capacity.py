"""How many instances a rolling update leaves in service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.checks.problem import Problem
from relint.logic.numbers import integer_value, map_bounds
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of
from relint.model.aws.auto_scaling import desired
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_UPDATE = ("UpdatePolicy", "AutoScalingRollingUpdate")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """An error when MinInstancesInService is not below MaxSize, else a problem when fewer than half stay in service.

    Left out, MinInstancesInService is 0 and MaxBatchSize 1; of D instances max(MinInstancesInService, D - MaxBatchSize)
    stay in service, which is fewer than half if the first is below half of D and MaxBatchSize above it. What is known
    only within bounds decides by them. An empty group has nothing to keep.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
    """
    kept = view.get(resource, *_UPDATE, "MinInstancesInService")
    batch = view.get(resource, *_UPDATE, "MaxBatchSize")
    least, step, size = integer_value(kept, 0), integer_value(batch, 1), desired(resource, view)
    most = integer_value(view.get(resource, "Properties", "MaxSize"))
    stuck = _stuck(least, size, most)
    if stuck is True:
        known = not isinstance(least, Unknown) and not isinstance(most, Unknown)
        values = {"value": least, "maximum": most} if known else {}
        yield Problem(kept.path, values, (), "deadlock" if known else "equal", "error")
        return
    few = all_of((apply_test("above", size, 0), _below_half(least, size), _more_than_half(step, size)))
    if few is True:
        place = kept if kept.value is not ABSENT or batch.value is ABSENT else batch
        known = not any(isinstance(value, Unknown) for value in (least, step, size))
        values = {"left": max(least, size - step, 0), "desired": size} if known else {}
        yield Problem(place.path, values, (), "default" if known else "few")
    elif isinstance(stuck, Unknown):
        yield stuck
    elif isinstance(few, Unknown):
        yield few


def _below_half(least: Any, size: Any) -> Truth:
    return not _same(least, size) and apply_test("below", least, map_bounds(size, lambda count: -(-count // 2)))


def _more_than_half(step: Any, size: Any) -> Truth:
    return apply_test("above", step, map_bounds(size, lambda count: count // 2))


def _stuck(least: Any, size: Any, most: Any) -> Truth:
    """Whether MinInstancesInService is not below MaxSize, which is never below the desired capacity."""
    if _same(least, most):
        return True
    floor = (size.minimum or 1) if isinstance(size, Unknown) else size
    return apply_test("min", least, map_bounds(most, lambda count: max(count, floor, 1)))


def _same(one: Any, other: Any) -> bool:
    return isinstance(one, Unknown) and isinstance(other, Unknown) and one.expression == other.expression
