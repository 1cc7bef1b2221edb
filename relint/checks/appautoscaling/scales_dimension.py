"""Resources of which Application Auto Scaling changes the capacity.

Scalable targets and scaling plans name what they scale by ResourceId and ScalableDimension.
https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.truth import Truth, any_of
from relint.model.aws.application_auto_scaling import scaling_registrations

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, dimension: str) -> Truth:
    """Whether the template registers a dimension of a service or table for scaling.

    Unknown if a target may be registered for another resource.
    """
    return any_of(target.applies for target in scaling_registrations(view, resource, dimension))
