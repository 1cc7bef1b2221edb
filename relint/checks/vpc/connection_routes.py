"""Connections between networks to which no route leads, or not from every zone.

https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html (2026-11-28)
https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html (2026-11-28)
https://docs.aws.amazon.com/vpn/latest/s2svpn/SetUpVPNConnections.html (2026-11-28)
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.aws.stack_exports import is_exported
from relint.model.cidr import cidr_block_of, cidr_blocks_of_vpc, subnets_of_vpc
from relint.model.system.routes import (
    PROPAGATION,
    ROUTE,
    ROUTE_TABLE,
    identity_of,
    route_table_id,
    route_table_of,
    subnet_class,
    subnet_id,
)
from relint.model.system.transit_gateways import is_second
from relint.model.zone_members import ZoneMember, zone_of_resource
from relint.resolve.value import Expression, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_VPC = "AWS::EC2::VPC"
_PEERING = "AWS::EC2::VPCPeeringConnection"
_GATEWAY = "AWS::EC2::VPNGateway"
_STACKS = "AWS::CloudFormation::Stack"
"""The beginning of the types whose own templates may add routes."""


class _Connection(NamedTuple):
    """A connection as routes name it, and one of its sides; `others` are the networks of the other side, if known."""

    property: str
    target: Expression
    vpc: Resource
    others: tuple[Resource, ...] = ()


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at a connection to which no route table of a side leads, or not those of all zones of a tier.

    A side outside of the template is left out. Message `zones` for a tier, with the values `reached` and `missing` (its
    subnets); message value `vpc`. Unknown if routes may be added elsewhere.
    """
    for connection in _sides(view, resource):
        tables = view.referrers(connection.vpc, (ROUTE_TABLE,), ("Properties", "VpcId"))
        leading = _leading_tables(view, connection) & {table.logical_id for table in tables}
        if not leading:
            elsewhere = _routed_elsewhere(view, resource, tables)
            if elsewhere is not None:
                yield elsewhere
                continue
            related = tuple((table.path, "It has no route through the connection.") for table in tables)
            yield Problem(resource.path, values={"vpc": connection.vpc.logical_id}, related=related)
            return
        for result in _check_tiers(view, resource, connection.vpc, leading):
            yield result
            if isinstance(result, Problem):
                return


def _sides(view: View, resource: Resource) -> Iterator[_Connection]:
    """Yield the sides of a connection that are in the template."""
    if resource.type == _GATEWAY:
        by_gateway = ("Properties", "VpnGatewayId")
        for attachment in view.referrers(resource, ("AWS::EC2::VPCGatewayAttachment",), by_gateway):
            vpc = view.target(view.get(attachment, "Properties", "VpcId"), _VPC)
            if vpc is not None:
                yield _Connection("GatewayId", resource.logical_id, vpc)
        return
    names = ("VpcId", "PeerVpcId") if resource.type == _PEERING else ("VpcId",)
    vpcs = [view.target(view.get(resource, "Properties", name), _VPC) for name in names]
    for index, vpc in enumerate(vpcs):
        if vpc is None:
            continue
        if resource.type == _PEERING:
            other = vpcs[1 - index]
            yield _Connection("VpcPeeringConnectionId", resource.logical_id, vpc, (other,) if other else ())
        elif not is_second(view, resource):
            gateway = view.get(resource, "Properties", "TransitGatewayId")
            yield _Connection("TransitGatewayId", identity_of(view, gateway), vpc)


def _leading_tables(view: View, connection: _Connection) -> set[Expression]:
    """Return the route tables with a route through a connection to the other side, or to which a gateway adds some."""
    name = connection.property
    routes = [
        route
        for route in view.template.of_type(ROUTE)
        if identity_of(view, view.get(route, "Properties", name)) == connection.target and view.exists(route)
    ]
    tables = {route_table_id(view, route) for route in routes if _may_reach(view, route, connection.others)}
    for propagation in view.template.of_type(PROPAGATION) if name == "GatewayId" else ():
        gateway = identity_of(view, view.get(propagation, "Properties", "VpnGatewayId"))
        if gateway == connection.target and view.exists(propagation):
            items = view.scenario.items(view.get(propagation, "Properties", "RouteTableIds"))
            tables |= {identity_of(view, item) for item in items}
    return tables


def _may_reach(view: View, route: Resource, networks: tuple[Resource, ...]) -> bool:
    """Whether a route leads to addresses of one of the networks, or may do so; of any if they are not known."""
    block = cidr_block_of(view, route, "DestinationCidrBlock")
    blocks = [other for network in networks for other in cidr_blocks_of_vpc(view, network)]
    if block is None or isinstance(block, Unknown) or not blocks:
        return True
    return any(
        isinstance(other, Unknown) or (other.version == block.version and other.overlaps(block)) for other in blocks
    )


def _routed_elsewhere(view: View, connection: Resource, tables: list[Resource]) -> Unknown | None:
    """Return an Unknown if the routes may stand in another stack, in the main table or in a custom resource."""
    key = ("Routes", connection.logical_id)
    if not tables:
        return Unknown(key, "the main route table of its network is not in these files")
    for resource in (connection, *tables):
        if is_exported(view, resource) is not False:
            return Unknown(key, f'another stack, which takes "{resource.logical_id}", may add the routes')
        for reference in view.template.references.incoming.get(resource.logical_id, ()):
            source = view.template.resources[reference.source]
            if source.is_custom or source.type.startswith(_STACKS):
                return Unknown(key, f'"{reference.source}" may add the routes')
    return None


def _check_tiers(view: View, connection: Resource, vpc: Resource, leading: set[str]) -> Iterator[Problem | Unknown]:
    """Yield a problem if zones of a tier have no route while other zones of that tier have one.

    A tier is divided on purpose if subnets without a route lie in zones that others with a route cover.
    """
    tables: list[tuple[Resource, Located, str]] = []
    for subnet in subnets_of_vpc(view, vpc):
        located = subnet_id(subnet)
        table = route_table_of(view, located)
        if isinstance(table, str):
            tables.append((subnet, located, table))
    if all(table in leading for _, _, table in tables):  # so that the other routes need not be read
        return
    tiers: dict[str, tuple[list[Resource], list[Resource]]] = {}
    for subnet, located, table in tables:
        tier = subnet_class(view, located)
        if not isinstance(tier, Unknown):
            reached, missing = tiers.setdefault(tier, ([], []))
            (reached if table in leading else missing).append(subnet)
    for reached, missing in tiers.values():
        if not reached or not missing:
            continue
        zones = [zone_of_resource(view, subnet) for subnet in reached]
        lacking = [zone_of_resource(view, subnet) for subnet in missing]
        if all(_is_elsewhere(view, zone, zones) for zone in lacking):
            sentence = "Its route table has no route through the connection."
            values = {"reached": [zone.label for zone in zones], "missing": [zone.label for zone in lacking]}
            related = tuple((subnet.path, sentence) for subnet in missing)
            yield Problem(connection.path, values={"vpc": vpc.logical_id, **values}, related=related, message="zones")
            return


def _is_elsewhere(view: View, zone: ZoneMember, zones: list[ZoneMember]) -> bool:
    return all(count_zones(view, (zone, other)).lower >= 2 for other in zones)
