"""Upper bounds of what Application Auto Scaling changes."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.model.aws.application_auto_scaling import scaling_registrations
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, dimension: str) -> Any:
    """Return the MaxCapacity of the first target that scales a dimension of a service or table; ABSENT without one."""
    for target in scaling_registrations(view, resource, dimension):
        return view.get(target.properties, "MaxCapacity").value
    return ABSENT
