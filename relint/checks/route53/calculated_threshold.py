"""Calculated health checks whose result never changes, or that depend on each child alone.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import as_number
from relint.model.system.circles import find_circles
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_TYPE = "AWS::Route53::HealthCheck"
_CHILDREN = ("Properties", "HealthCheckConfig", "ChildHealthChecks")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield the problem of a calculated check, at ChildHealthChecks or at HealthThreshold.

    `cycle` if its children lead back to it, at the first check of the circle; `never` (values `threshold`, `count`) if
    the threshold is above the number of children; `always` if it is 0; `all` (a note; value `count`) if it is that
    number. Unknown if a number is.
    """
    circle = next(
        (group for group in view.cached("health check circles", _circles) if resource.logical_id in group), None
    )
    children = view.get(resource, *_CHILDREN)
    if circle is not None:
        if next(name for name in view.template.resources if name in circle) == resource.logical_id:
            yield Problem(children.path, message="cycle")
        return
    threshold = view.get(resource, "Properties", "HealthCheckConfig", "HealthThreshold")
    items = view.scenario.items(children) if children.value is not ABSENT else []
    number = as_number(threshold.value)
    unknown = next((value for value in (threshold.value, children.value) if isinstance(value, Unknown)), None)
    if number == 0:
        yield Problem(threshold.path, message="always")
    elif unknown is not None:
        yield unknown
    elif number is not None and number > len(items):
        values = {"threshold": threshold.value, "count": len(items)}
        yield Problem(threshold.path, values=values, message="never")
    elif number == len(items) > 1:
        yield Problem(threshold.path, values={"count": len(items)}, message="all", level="note")


def _circles(view: View) -> list[frozenset[str]]:
    """Return the groups of health checks that are children of each other, by their logical ids."""
    children = {check.logical_id: _children_of(view, check) for check in view.resources(_TYPE)}
    return find_circles(children, lambda logical_id: children[logical_id])


def _children_of(view: View, health_check: Resource) -> list[str]:
    targets = [view.target(child, _TYPE) for child in view.select(health_check, (*_CHILDREN, "*"))]
    return [target.logical_id for target in targets if target is not None and view.exists(target)]
