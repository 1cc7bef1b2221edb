"""Members of lists of subnets or zones, each with a symbolic zone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Expression, Located, Unknown, expression_of, split_parts

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


_ZONE_NAME = re.compile(r"[a-z]{2,3}(-[a-z]+)+-\d+(-[a-z]+-\d+)?[a-z]|[a-z]+\d-[a-z-]*az\d+")


class ZoneMember(NamedTuple):
    """One member of a list of subnets or zones.

    `identity` is what was named (a subnet, a parameter, a zone), `zone` the canonical form of its zone, `label` the
    name for people. `many` marks a whole list of unknown length, `spans` one that is known to cover two zones or more.
    """

    identity: Expression
    zone: Expression
    label: str
    path: tuple[str | int, ...]
    many: bool = False
    spans: bool = False


def members_of(view: View, lists: Iterable[Located]) -> list[ZoneMember]:
    """The entries of lists of subnets or zones, in order; absent ones left out."""
    return [entry for value in lists for entry in _entries(view, value)]


def zone_of_resource(view: View, resource: Resource, followed: tuple[str, ...] = ()) -> ZoneMember:
    """The zone of a placed resource: its AvailabilityZone, else that of its subnet, else somewhere.

    `followed` are the subnets on the way here: one that refers to itself lies nowhere in particular.
    """
    followed = (*followed, resource.logical_id)
    for name in ("AvailabilityZone", "AvailabilityZoneId"):
        value = view.get(resource, "Properties", name)
        if value.value is not ABSENT:
            return _with_identity(member_of(view, value, followed), resource)
    for steps in (("SubnetId",), ("NetworkInterfaces", 0, "SubnetId")):
        value = view.get(resource, "Properties", *steps)
        if value.value is not ABSENT:
            return _with_identity(member_of(view, value, followed), resource)
    somewhere = ("Anywhere", resource.logical_id)
    return ZoneMember(("Ref", resource.logical_id), somewhere, resource.logical_id, resource.path)


def is_same_zone(one: ZoneMember, other: ZoneMember) -> bool:
    """Whether two entries provably lie in one zone."""
    return not one.many and not other.many and one.zone == other.zone


def is_distinct_zone(one: ZoneMember, other: ZoneMember) -> bool:
    """Whether two entries provably lie in different zones, by what is written alone."""
    if one.many or other.many or one.zone == other.zone:
        return False
    a, b = one.zone, other.zone
    if a[0] == "Zone" == b[0]:
        # A zone name and a zone id may mean the same zone; two of a kind that differ do not.
        return _is_id(a[1]) == _is_id(b[1])
    # Fn::Select over the zones of one Region: another index is another zone.
    return (
        a[0] == "Select" == b[0]
        and isinstance(a[1], int)
        and isinstance(b[1], int)
        and isinstance(a[2], tuple)
        and a[2][0] == "GetAZs"
        and a[2] == b[2]
    )


def _is_id(name: str) -> bool:
    return bool(re.search(r"az\d+$", name))


def _with_identity(entry: ZoneMember, resource: Resource) -> ZoneMember:
    return ZoneMember(("Ref", resource.logical_id), entry.zone, resource.logical_id, resource.path)


def _entries(view: View, value: Located) -> list[ZoneMember]:
    known = value.value
    if isinstance(known, Unknown):
        form = known.expression
        if _is_joined(form):
            parts = split_parts(form[1:], ",", known.reason)
            return [member_of(view, Located(part, value.path)) for part in parts if part != ""]
        if isinstance(form, tuple) and form[0] == "Join":
            known = Unknown(form[2], known.reason)  # Fn::Join(",", list) is the list
        return [_whole_list(view, known, value.path)]
    if isinstance(known, str) and "," in known:
        return [member_of(view, Located(part.strip(), value.path)) for part in known.split(",")]
    found: list[ZoneMember] = []
    for item in view.scenario.items(value):
        nested = _is_list_expression(view, item.value)
        comma = isinstance(item.value, str) and "," in item.value
        found += _entries(view, item) if nested or comma else [member_of(view, item)]
    return found


def _is_list_expression(view: View, value: Any) -> bool:
    if not isinstance(value, Unknown) or not isinstance(value.expression, tuple):
        return False
    form = value.expression
    if form[0] == "Ref":
        parameter = view.template.deployments.parameters.get(form[1])
        return bool(parameter and parameter.is_list)
    return form[0] in ("Split", "GetAZs", "Join") or _is_joined(form)


def _is_joined(form: Expression) -> bool:
    """Whether an expression is a text in which commas separate the members."""
    return (
        isinstance(form, tuple)
        and form[0] == "Concat"
        and any(isinstance(part, str) and "," in part for part in form[1:])
    )


def _whole_list(view: View, value: Unknown, path: tuple[str | int, ...]) -> ZoneMember:
    form = value.expression
    parameter = view.template.deployments.parameters.get(form[1]) if form[0] == "Ref" else None
    if view.target(value) is not None or (parameter and not parameter.is_list):
        return member_of(view, Located(value, path))  # CloudFormation takes one subnet for a list of one
    return ZoneMember(form, ("List", form), describe_expression(form), path, many=True, spans=form[0] == "GetAZs")


def member_of(view: View, value: Located, followed: tuple[str, ...] = ()) -> ZoneMember:
    """The entry of one subnet or zone; subnets that have been `followed` already are no longer looked into."""
    known = value.value
    form = expression_of(known)
    if isinstance(form, str):
        literal = _ZONE_NAME.fullmatch(form)
        return ZoneMember(form, ("Zone", form) if literal else ("Id", form), form, value.path)
    subnet = view.target(known, "AWS::EC2::Subnet")
    if subnet is not None and subnet.logical_id not in followed:
        return zone_of_resource(view, subnet, followed)._replace(path=value.path)
    return ZoneMember(form, form, describe_expression(form), value.path)
