"""Values of properties that decide how many units a resource has."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of
from relint.model.subnet_lists import listed_members
from relint.model.system.resource_groups import GROUPS
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.model.zone_members import ZoneMember
    from relint.source.location import Path

_SUBNET_GROUPS = ("DBSubnetGroupName", "CacheSubnetGroupName", "SubnetGroupName", "ClusterSubnetGroupName")


def path_of(resource: Resource, *steps: str) -> Path:
    """Return the path of a property, also of one that is left out."""
    return (*resource.path, "Properties", *steps)


def number_at(view: View, resource: Resource, *steps: str, default: int | None = None) -> Any:
    """Return the integer at a property, or an Unknown; an absent one without `default` is Unknown, too."""
    return integer_value(view.get(resource, "Properties", *steps), default)


def has_value(view: View, resource: Resource, *steps: str, among: tuple[Any, ...]) -> Truth:
    """Whether a property has one of some values; an absent one has none."""
    value = view.get(resource, "Properties", *steps).value
    return value is not ABSENT and any_of(apply_test("equals", value, option) for option in among)


def is_true(view: View, resource: Resource, *steps: str) -> Truth:
    """Whether a property is true; an absent one is not."""
    return has_value(view, resource, *steps, among=(True,))


def places_of(view: View, resource: Resource) -> tuple[ZoneMember, ...]:
    """Return the subnets or zones in which a resource may lie: its own, else those of its subnet group."""
    if any(view.get(resource, "Properties", name).value is not ABSENT for name in ("AvailabilityZone", "SubnetId")):
        return (zone_of_resource(view, resource),)
    for name in _SUBNET_GROUPS:
        group = view.target(view.get(resource, "Properties", name), *GROUPS["subnet groups"])
        if group is not None:
            return tuple(listed_members(view, group))
    return tuple(listed_members(view, resource))


def larger(left: Any, right: Any) -> Any:
    """Return the larger one of two integers, or an Unknown that is at least as large as the known one."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        unknown, other = (left, right) if isinstance(left, Unknown) else (right, left)
        least = other.minimum if isinstance(other, Unknown) else other
        highest = other.maximum if isinstance(other, Unknown) else other
        maximum = None if unknown.maximum is None or highest is None else max(unknown.maximum, highest)
        return unknown._replace(minimum=max(unknown.minimum or 0, least or 0), maximum=maximum)
    return max(left, right)
