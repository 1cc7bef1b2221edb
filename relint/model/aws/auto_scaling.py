"""Capacity of an Auto Scaling group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.logic.numbers import integer_value
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def desired_capacity(resource: Resource, view: View) -> Any:
    """Return the number of instances of a group, or an Unknown: DesiredCapacity, and MinSize if that is absent.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html
    """
    desired = view.get(resource, "Properties", "DesiredCapacity")
    return integer_value(desired if desired.value is not ABSENT else view.get(resource, "Properties", "MinSize"))
