"""The Availability Zones of a resource, in words, for those who look at the system."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.model.subnet_lists import listed_members
from relint.model.system.paths import edges_from
from relint.model.system.relation import Kind
from relint.model.system.resource_groups import GROUPS
from relint.model.zone_members import ZoneMember, zone_of_resource
from relint.resolve.value import Expression, arguments_of, is_call

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PLACEMENT: frozenset[Kind] = frozenset({"placement"})
_ROUTED = ("AWS::EC2::NatGateway", "AWS::EC2::Subnet", "AWS::EC2::Volume")
"""Types with one zone, which need no edge to a subnet."""


def zones_of(view: View, resource: Resource) -> tuple[str, ...]:
    """Return the zones in which a resource may lie, as in ("zone 1", "eu-west-1b"); none unless all are known.

    "zone 1" is the first of the zones of the Region that Fn::GetAZs returns.
    """
    names: dict[str, None] = {}
    for member in _members(view, resource):
        name = _name(member.zone)
        if name is None:
            return ()
        names[name] = None
    return tuple(sorted(names))


def _members(view: View, resource: Resource) -> Iterator[ZoneMember]:
    members = listed_members(view, resource)
    if members:
        yield from members
        return
    own = zone_of_resource(view, resource)
    if not is_call(own.zone, "Anywhere") or resource.type in _ROUTED:
        yield own
        return
    for edge in edges_from(view, resource, _PLACEMENT):
        target = view.template.resources[edge.target]
        if target.type in (*GROUPS["subnet groups"], "AWS::EFS::MountTarget"):
            yield from listed_members(view, target) or [zone_of_resource(view, target)]
        elif target.type == "AWS::EC2::Subnet":
            yield zone_of_resource(view, target)


def _name(zone: Expression) -> str | None:
    arguments = arguments_of(zone)
    if is_call(zone, "Zone"):
        return str(arguments[0])
    if is_call(zone, "Select") and isinstance(arguments[0], int) and is_call(arguments[1], "GetAZs"):
        return f"zone {arguments[0] + 1}"
    return None
