"""Availability Zones in which the capacity providers of an ECS service place its tasks."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.model.availability_zones import count_zones
from relint.model.aws.auto_scaling import zone_lists
from relint.model.zone_members import members_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_PROVIDER = "AWS::ECS::CapacityProvider"


def fact(resource: Resource, view: View) -> int | Unknown:
    """Return the number of zones that the Auto Scaling groups of the service span.

    Unknown if the template contains no such group, or the zones are unknown.
    """
    lists = [
        located
        for group in _groups(view, resource)
        for located in zone_lists(view, group)
        if located.value is not ABSENT
    ]
    if not lists:
        reason = "the instances that its tasks run on are not in this template"
        return Unknown(("Placement", resource.logical_id), reason)
    return count_zones(view, members_of(view, lists)).as_value()


def _groups(view: View, resource: Resource) -> Iterator[Resource]:
    for item in view.select(resource, ("Properties", "CapacityProviderStrategy", "*", "CapacityProvider")):
        provider = view.target(item, _PROVIDER)
        if provider is not None:
            arn = view.get(provider, "Properties", "AutoScalingGroupProvider", "AutoScalingGroupArn")
            group = view.target(arn, _GROUP)
            if group is not None:
                yield group
