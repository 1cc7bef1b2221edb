"""Auto Scaling groups whose sizes are numbers of instances."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.auto_scaling import counts_instances

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Truth:
    """Whether the sizes of the group are numbers of instances; Unknown if they count other units."""
    return counts_instances(view, resource)
