"""Instances that an instance refresh leaves in service."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test
from relint.logic.truth import all_of
from relint.model.aws.auto_scaling import counts_instances, desired_capacity
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PREFERENCES = ("UpdatePolicy", "AutoScalingInstanceRefresh", "Preferences")
_POLICY = ("Properties", "InstanceMaintenancePolicy")
_DEFAULT_MINIMUM = 90
_NO_POLICY = -1
"""The percentage that clears a maintenance policy, so that the defaults hold."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at MinHealthyPercentage if a refresh leaves too few instances.

    Message `refresh`, with `value`, if the percentage is below 50; `single` if the only instance of the group is
    terminated before its successor is there. AWS starts the successor first if MinHealthyPercentage is 100, and if
    MaxHealthyPercentage is said, so that an instance cannot be replaced between the two. A refresh that replaces the
    root volume terminates no instance. Unknown if a value decides and is unknown.
    https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
    https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html
    """
    minimum = _percentage(view, resource, "MinHealthyPercentage")
    location = view.get(resource, *_PREFERENCES, "MinHealthyPercentage")
    least = _DEFAULT_MINIMUM if minimum is None else minimum
    is_enough = apply_test("min", least, 50)
    if isinstance(is_enough, Unknown):
        yield is_enough
        return
    if not is_enough:
        yield Problem(location.path, values={"value": least}, message="refresh")
        return
    if apply_test("min", least, 100) is True or _percentage(view, resource, "MaxHealthyPercentage") is not None:
        return
    strategy = view.get(resource, "UpdatePolicy", "AutoScalingInstanceRefresh", "Strategy").value
    is_single = all_of(
        (
            apply_test("equals", strategy, "ReplaceRootVolume", negate=True),
            apply_test("equals", desired_capacity(resource, view), 1),
            counts_instances(view, resource),
        )
    )
    if isinstance(is_single, Unknown):
        yield is_single
    elif is_single:
        yield Problem(location.path, message="single")


def _percentage(view: View, group: Resource, name: str) -> Any:
    """Return the percentage of the refresh, else that of the maintenance policy, else None; or an Unknown."""
    for steps in (_PREFERENCES, _POLICY):
        located = view.get(group, *steps, name)
        percentage = None if located.value is ABSENT else integer_value(located)
        if percentage is not None and percentage != _NO_POLICY:
            return percentage
    return None
