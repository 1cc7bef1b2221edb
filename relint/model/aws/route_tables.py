"""Subnets and the route tables by which they route.

https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
"""

from __future__ import annotations

from collections.abc import Callable

from relint._typing import TYPE_CHECKING
from relint.model.zone_members import ZoneMember, member_of
from relint.resolve.value import Expression, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def subnets_with_route(view: View, is_meant: Callable[[Resource], bool]) -> list[ZoneMember]:
    """Return the subnets whose route table has a route that is meant, each once.

    Subnets without an association route by the main table of the VPC, which no template contains.
    """
    route_tables = {_route_table(view, route) for route in view.resources("AWS::EC2::Route") if is_meant(route)}
    subnets: dict[object, ZoneMember] = {}
    for association in view.resources("AWS::EC2::SubnetRouteTableAssociation") if route_tables else ():
        if _route_table(view, association) in route_tables:
            member = member_of(view, view.get(association, "Properties", "SubnetId"))
            subnets.setdefault(member.identity, member)
    return list(subnets.values())


def _route_table(view: View, holder: Resource) -> Expression:
    """Return the route table of a route or an association: its logical ID, or the expression of an external one."""
    route_table_id = view.get(holder, "Properties", "RouteTableId")
    route_table = view.target(route_table_id, "AWS::EC2::RouteTable")
    return route_table.logical_id if route_table is not None else expression_of(route_table_id.value)
