"""Capacity and zones of an Auto Scaling group."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.numbers import integer_value
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

_ZONE_LISTS = ("VPCZoneIdentifier", "AvailabilityZones", "AvailabilityZoneIds")


def desired_capacity(resource: Resource, view: View) -> Any:
    """Return the number of instances of a group, or an Unknown: DesiredCapacity, and MinSize if that is absent.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html
    """
    desired = view.get(resource, "Properties", "DesiredCapacity")
    return integer_value(desired if desired.value is not ABSENT else view.get(resource, "Properties", "MinSize"))


def zone_lists(view: View, group: Resource) -> list[Located]:
    """Return the lists of subnets, zones and zone ids of the group, which are ABSENT if left out."""
    return [view.get(group, "Properties", name) for name in _ZONE_LISTS]
