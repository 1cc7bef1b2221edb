"""Node groups of one cluster that run the same pods."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any, Literal, NamedTuple
from relint.logic.numbers import integer_value
from relint.model.availability_zones import count_zones
from relint.model.zone_members import members_of
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ROLE_PROPERTIES = ("ClusterName", "InstanceTypes", "Labels")


class _RoleProperty(NamedTuple):
    """The canonical form of a property that describes a role, and whether the template decides its value."""

    expression: Expression
    is_known: bool


_Role = tuple[_RoleProperty, ...]


def fact(resource: Resource, view: View, count: Literal["zones", "nodes"]) -> int | Unknown:
    """Return the zones or the minimum nodes of the node group and its siblings.

    Siblings have the same cluster, instance types and labels. Unknown if a list of subnets or a MinSize is unknown, or
    whether another group is a sibling.
    """
    role = _role(view, resource)
    groups = [group for group in view.resources(resource.type) if _is_same(_role(view, group), role) is True]
    possible = [group for group in view.resources(resource.type) if _is_same(_role(view, group), role) is None]
    value = _count(view, groups, count)
    if not possible or isinstance(value, Unknown):
        return value
    maximum = _count(view, [*groups, *possible], count)
    reason = f'whether "{possible[0].logical_id}" runs the same pods as "{resource.logical_id}" is not known'
    return Unknown(
        ("Sibling", resource.logical_id),
        reason,
        minimum=value,
        maximum=maximum.maximum if isinstance(maximum, Unknown) else maximum,
    )


def groups_like(view: View, group: Resource) -> list[Resource]:
    """Return the node groups that run, or may run, the same pods as a group, itself included."""
    role = _role(view, group)
    return [other for other in view.resources(group.type) if _is_same(_role(view, other), role) is not False]


def _count(view: View, groups: list[Resource], count: Literal["zones", "nodes"]) -> int | Unknown:
    if count == "zones":
        lists = [view.get(group, "Properties", "Subnets") for group in groups]
        return count_zones(view, members_of(view, lists)).as_value()
    return _minimum_size(view, groups)


def _is_same(role: _Role, other: _Role) -> bool | None:
    """Whether two roles are equal; None if a value of one of them is unknown and may be that of the other."""
    pairs = [(left, right) for left, right in zip(role, other, strict=True) if left.expression != right.expression]
    return not pairs or (None if all(not (left.is_known and right.is_known) for left, right in pairs) else False)


def _minimum_size(view: View, groups: list[Resource]) -> int | Unknown:
    sizes: list[Any] = []
    for group in groups:
        size = view.get(group, "Properties", "ScalingConfig", "MinSize")
        if size.value is ABSENT:
            return Unknown(("MinSize", group.logical_id), f'the service chooses the size of "{group.logical_id}"')
        sizes.append(integer_value(size))
    unknown = next((size for size in sizes if isinstance(size, Unknown)), None)
    return unknown or sum(sizes)


def _role(view: View, group: Resource) -> _Role:
    return tuple(_read_property(view, group, name) for name in _ROLE_PROPERTIES)


def _read_property(view: View, group: Resource, name: str) -> _RoleProperty:
    located = view.get(group, "Properties", name)
    if located.value is ABSENT:
        return _RoleProperty(expression="", is_known=True)
    value = view.scenario.resolve_deep(located.value, located.path)
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    is_known = all(not isinstance(member, Unknown) or member.named_here for member in members)
    return _RoleProperty(expression_of(value), is_known)
