"""Instances with which an Auto Scaling group starts."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.model.aws.auto_scaling import counts_instances, desired_capacity
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Any:
    """Return the desired capacity in instances; Unknown if it is unknown or counts other units."""
    counts = counts_instances(view, resource)
    return counts if isinstance(counts, Unknown) else desired_capacity(resource, view)
