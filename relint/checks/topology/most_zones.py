"""The most Availability Zones that a list of subnets or zones may span."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.model.availability_zones import count_zones
from relint.model.zone_members import members_of
from relint.resolve.value import ABSENT, Absent, Unknown, is_call, is_concat

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View


def fact(resource: Resource, view: View, path: Steps) -> int | Absent:
    """Return the upper bound for the text or list at `path`, where unknown zones count as different ones.

    ABSENT without a list, and for a parameter or import, which may contain any number of members.
    """
    located = view.select(resource, path)[0]
    value = located.value
    if isinstance(value, Unknown) and view.target(located, "AWS::EC2::Subnet") is None:
        if not is_concat(value.expression) and not is_call(value.expression, "Join"):
            return ABSENT
    return ABSENT if value is ABSENT else count_zones(view, members_of(view, [located])).upper
