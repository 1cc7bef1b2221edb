"""The most Availability Zones that a list of subnets or zones may span."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.availability_zones import count_zones
from relint.model.zone_members import members_of
from relint.resolve.placeholders import is_place
from relint.resolve.value import ABSENT, Absent, Unknown, arguments_of, is_call, is_concat

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View


def fact(resource: Resource, view: View, path: Steps) -> int | Absent:
    """Return the upper bound for the text or list at `path`, where unknown zones count as different ones.

    ABSENT without a list, for a parameter or import, which may contain any number of members, and for a text with a
    placeholder in place of a member.
    """
    located = view.select(resource, path)[0]
    value = located.value
    if isinstance(value, str) and not all(map(is_place, value.split(","))):
        return ABSENT
    if value is ABSENT or (isinstance(value, Unknown) and not _lists_members(view, value)):
        return ABSENT
    return count_zones(view, members_of(view, [located])).upper


def _lists_members(view: View, value: Unknown) -> bool:
    """Whether an unknown text is one zone, a subnet of the template, or a text that is assembled from members."""
    expression = value.expression
    is_zone = is_call(expression, "Select") and is_call(arguments_of(expression)[1], "GetAZs")
    is_assembled = is_concat(expression) or is_call(expression, "Join")
    return is_zone or is_assembled or view.target(value, "AWS::EC2::Subnet") is not None
