"""Node groups of one cluster that run the same pods."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any, Literal
from relint.logic.numbers import integer_value
from relint.model.availability_zones import count_zones
from relint.model.zone_members import members_of
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ROLE_PROPERTIES = ("ClusterName", "InstanceTypes", "Labels")


def fact(resource: Resource, view: View, count: Literal["zones", "nodes"]) -> int | Unknown:
    """Return the zones or the minimum nodes of the node group and its siblings.

    Siblings have the same cluster, instance types and labels. Unknown if a list of subnets or a MinSize is unknown.
    """
    role = _role(view, resource)
    groups = [group for group in view.resources(resource.type) if _role(view, group) == role]
    if count == "zones":
        lists = [view.get(group, "Properties", "Subnets") for group in groups]
        return count_zones(view, members_of(view, lists)).as_value()
    return _minimum_size(view, groups)


def _minimum_size(view: View, groups: list[Resource]) -> int | Unknown:
    sizes: list[Any] = []
    for group in groups:
        size = view.get(group, "Properties", "ScalingConfig", "MinSize")
        if size.value is ABSENT:
            return Unknown(("MinSize", group.logical_id), f'the service chooses the size of "{group.logical_id}"')
        sizes.append(integer_value(size))
    unknown = next((size for size in sizes if isinstance(size, Unknown)), None)
    return unknown or sum(sizes)


def _role(view: View, group: Resource) -> Expression:
    values = [view.get(group, "Properties", name) for name in _ROLE_PROPERTIES]
    return tuple(
        "" if value.value is ABSENT else expression_of(view.scenario.resolve_deep(value.value, value.path))
        for value in values
    )
