"""Whether the subnets that a NAT gateway serves lie in its own zone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.zone_members import ZoneMember, is_same_zone, member_of
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_DEFAULT_ROUTES = (("DestinationCidrBlock", "0.0.0.0/0"), ("DestinationIpv6CidrBlock", "64:ff9b::/96"))
"""The way to the internet over IPv4, and from IPv6 to IPv4.

https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
"""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """One problem for a zonal AWS::EC2::NatGateway that carries the default route of subnets of other zones.

    Subnets that span two zones cannot all share one with the gateway, so that is a problem even when its own zone is
    not known. Nothing is wrong while all subnets behind NAT gateways of the template lie in one zone.
    """
    placed = view.get(resource, "Properties", "SubnetId")
    if placed.value is ABSENT:
        return
    home = member_of(view, placed)
    served = _served(view, resource)
    foreign = [subnet for subnet in served if count_zones(view, (home, subnet)).lower >= 2]
    if not foreign and count_zones(view, served).lower >= 2:
        foreign = [subnet for subnet in served if not is_same_zone(home, subnet)]
    if foreign:
        if count_zones(view, _served(view, None)).upper >= 2:
            values = {"subnets": [subnet.label for subnet in foreign]}
            related = tuple(
                (subnet.path, "This subnet reaches the internet through the gateway.") for subnet in foreign
            )
            yield Problem((*resource.path, "Properties", "AvailabilityMode"), values, related)
        return
    for subnet in served:
        if not is_same_zone(home, subnet):
            reason = f'"{subnet.label}" and "{home.label}" may lie in different zones'
            yield Unknown(("Zones", subnet.zone, home.zone), reason)
            return


def _served(view: View, gateway: Resource | None) -> list[ZoneMember]:
    """The subnets whose route table sends the default route to the gateway (to any one, without `gateway`)."""
    tables = set()
    for route in view.resources("AWS::EC2::Route"):
        target = view.target(view.get(route, "Properties", "NatGatewayId"), "AWS::EC2::NatGateway")
        if target is not None and target == (gateway or target) and _is_default(view, route):
            tables.add(_table(view, route))
    served: dict[object, ZoneMember] = {}
    for association in view.resources("AWS::EC2::SubnetRouteTableAssociation"):
        if _table(view, association) in tables:
            entry = member_of(view, view.get(association, "Properties", "SubnetId"))
            served.setdefault(entry.identity, entry)
    return list(served.values())


def _table(view: View, user: Resource) -> Expression:
    """The route table that a route or an association names, whether by Ref or by Fn::GetAtt."""
    named = view.get(user, "Properties", "RouteTableId")
    table = view.target(named, "AWS::EC2::RouteTable")
    return table.logical_id if table is not None else expression_of(named.value)


def _is_default(view: View, route: Resource) -> bool:
    return any(view.get(route, "Properties", name).value == block for name, block in _DEFAULT_ROUTES)
