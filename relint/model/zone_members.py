"""Members of lists of subnets or zones, each with a symbolic zone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.model.zone_names import describe_expression
from relint.resolve.value import (
    ABSENT,
    Expression,
    Located,
    Unknown,
    arguments_of,
    expression_of,
    function_name,
    is_call,
    is_concat,
    parts_of,
    referenced_id,
    split_parts,
)

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


_ZONE_NAME = (
    r"[a-z]{2,3}(-[a-z]+)+-\d+((-[a-z]+-\d+)?[a-z]|-wl\d+-[a-z]+-wlz-\d+)"  # of a Wavelength Zone
    r"|[a-z]+\d-([a-z-]*|[a-z]+\d-)az\d+|[a-z]+\d-wl\d+-[a-z]+-wlz\d+"
)
_ZONE_ID_ENDING = r"(az|wlz)\d+$"
"""Regular expressions as texts: compiling takes 0.3 ms, and few templates name zones."""


class ZoneMember(NamedTuple):
    """One member of a list of subnets or zones.

    `identity` is the expression of the subnet, parameter or zone, `zone` the expression of its zone, and `label` its
    name in messages. With `is_list` the member represents a list of unknown length; with `spans_two_zones` that list is
    known to span two zones or more.
    """

    identity: Expression
    zone: Expression
    label: str
    path: tuple[str | int, ...]
    is_list: bool = False
    spans_two_zones: bool = False


def members_of(view: View, lists: Iterable[Located]) -> list[ZoneMember]:
    """Return the members of lists of subnets or zones in order, without absent ones."""
    return [member for value in lists for member in _list_members(view, value)]


def member_of(view: View, value: Located, visited: tuple[str, ...] = ()) -> ZoneMember:
    """Return one subnet or zone as a member; `visited` resources are not followed again."""
    expression = expression_of(value.value)
    if isinstance(expression, str):
        zone = ("Zone" if re.fullmatch(_ZONE_NAME, expression) else "Id", expression)
        return ZoneMember(identity=expression, zone=zone, label=expression, path=value.path)
    placed = view.target(value, "AWS::EC2::Subnet", "AWS::EC2::Instance")  # an instance by its AvailabilityZone
    if placed is not None and placed.logical_id not in visited:
        return zone_of_resource(view, placed, visited)._replace(path=value.path)
    return ZoneMember(identity=expression, zone=expression, label=describe_expression(expression), path=value.path)


def zone_of_resource(view: View, resource: Resource, visited: tuple[str, ...] = ()) -> ZoneMember:
    """Return a resource as a member in the zone of its AvailabilityZone, else of its subnet, else in an unknown one.

    `visited` are the resources that led here: one that refers to itself is in an unknown zone.
    """
    if visited:
        return _find_zone(view, resource, visited)
    return view.cached(f"zone of {resource.logical_id}", lambda view: _find_zone(view, resource, ()))


def _find_zone(view: View, resource: Resource, visited: tuple[str, ...]) -> ZoneMember:
    visited = (*visited, resource.logical_id)
    zone: Expression = ("Anywhere", resource.logical_id)
    for steps in (
        ("AvailabilityZone",),
        ("AvailabilityZoneId",),
        ("SubnetId",),
        ("NetworkInterfaces", 0, "SubnetId"),
    ):
        value = view.get(resource, "Properties", *steps)
        if value.value is not ABSENT:
            zone = member_of(view, value, visited).zone
            break
    return ZoneMember(identity=("Ref", resource.logical_id), zone=zone, label=resource.logical_id, path=resource.path)


def subnet_of(view: View, member: ZoneMember) -> Resource | None:
    """Return the subnet of the template that a member is, or None."""
    resource = view.template.resources.get(referenced_id(member.identity) or "")
    return resource if resource is not None and resource.type == "AWS::EC2::Subnet" else None


def is_same_zone(left: ZoneMember, right: ZoneMember) -> bool:
    """Whether two members are provably in the same zone."""
    return not left.is_list and not right.is_list and left.zone == right.zone


def is_distinct_zone(left: ZoneMember, right: ZoneMember) -> bool:
    """Whether two members are provably in different zones, judging by their expressions alone."""
    if left.is_list or right.is_list or left.zone == right.zone:
        return False
    if is_call(left.zone, "Zone") and is_call(right.zone, "Zone"):
        # A zone name and a zone id may mean the same zone; two different names, or two different ids, do not.
        return _is_zone_id(left.zone) == _is_zone_id(right.zone)
    if is_concat(left.zone) and is_concat(right.zone):
        return _are_zones_of_one_region(parts_of(left.zone), parts_of(right.zone))
    if not (is_call(left.zone, "Select") and is_call(right.zone, "Select")):
        return False
    # Fn::Select from the zones of one Region: another index is another zone.
    left_index, left_list = arguments_of(left.zone)
    right_index, right_list = arguments_of(right.zone)
    return (
        isinstance(left_index, int)
        and isinstance(right_index, int)
        and is_call(left_list, "GetAZs")
        and left_list == right_list
    )


def _are_zones_of_one_region(left: tuple[Expression, ...], right: tuple[Expression, ...]) -> bool:
    """Whether two assembled texts are one text followed by different letters, as in "${AWS::Region}a"."""
    return left[:-1] == right[:-1] and all(isinstance(last, str) and len(last) == 1 for last in (left[-1], right[-1]))


def _is_zone_id(zone: Expression) -> bool:
    (name,) = arguments_of(zone)
    return re.search(_ZONE_ID_ENDING, name) is not None


def _list_members(view: View, value: Located) -> list[ZoneMember]:
    resolved = value.value
    if isinstance(resolved, Unknown):
        if _is_comma_separated(resolved.expression):
            items = split_parts(parts_of(resolved.expression), ",", resolved.reason)
            return [member_of(view, Located(item, value.path)) for item in items if item != ""]
        if is_call(resolved.expression, "Join"):
            _, joined_list = arguments_of(resolved.expression)
            resolved = Unknown(joined_list, resolved.reason)  # Fn::Join(",", list) is the list
        return [_unknown_list(view, resolved, value.path)]
    if isinstance(resolved, str) and "," in resolved:
        return [member_of(view, Located(part.strip(), value.path)) for part in resolved.split(",")]
    members: list[ZoneMember] = []
    for item in view.scenario.items(value):
        is_list = _is_list_expression(view, item.value) or (isinstance(item.value, str) and "," in item.value)
        members += _list_members(view, item) if is_list else [member_of(view, item)]
    return members


def _is_list_expression(view: View, value: Any) -> bool:
    if not isinstance(value, Unknown):
        return False
    if is_call(value.expression, "Ref"):
        return _is_list_parameter(view, value.expression) is True
    return is_call(value.expression, "Split", "GetAZs", "Join") or _is_comma_separated(value.expression)


def _is_list_parameter(view: View, reference: Expression) -> bool | None:
    """Whether a Ref names a list parameter; None if it names no parameter."""
    (name,) = arguments_of(reference)
    parameter = view.template.deployments.parameters.get(name)
    return None if parameter is None else parameter.is_list


def _is_comma_separated(expression: Expression) -> bool:
    """Whether an expression is an assembled text in which commas separate the members."""
    return is_concat(expression) and any(isinstance(part, str) and "," in part for part in parts_of(expression))


def _unknown_list(view: View, value: Unknown, path: tuple[str | int, ...]) -> ZoneMember:
    expression = value.expression
    is_scalar_parameter = is_call(expression, "Ref") and _is_list_parameter(view, expression) is False
    if view.target(value) is not None or is_scalar_parameter or is_call(expression, "Select"):
        return member_of(view, Located(value, path))  # CloudFormation accepts one subnet as a list of one
    return ZoneMember(
        identity=expression,
        zone=("List", expression),
        label=describe_expression(expression),
        path=path,
        is_list=True,
        spans_two_zones=function_name(expression) == "GetAZs",
    )
