"""Route tables of subnets, and the targets to which their routes lead.

https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html (2026-11-28)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from relint._typing import TYPE_CHECKING, Literal, NamedTuple
from relint.model.aws.stack_exports import is_exported
from relint.model.zone_members import ZoneMember, member_of
from relint.resolve.value import ABSENT, Expression, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

ROUTE = "AWS::EC2::Route"
ROUTE_TABLE = "AWS::EC2::RouteTable"
ASSOCIATION = "AWS::EC2::SubnetRouteTableAssociation"
PROPAGATION = "AWS::EC2::VPNGatewayRoutePropagation"
SUBNET = "AWS::EC2::Subnet"

TargetKind = Literal["internet", "vpn", "local", "nat", "transit", "peering", "endpoint", "machine", "other"]
SubnetClass = Literal["public", "private", "isolated"]

_DEFAULT_ROUTES = (("DestinationCidrBlock", "0.0.0.0/0"), ("DestinationIpv6CidrBlock", "64:ff9b::/96"))
"""The routes to the internet over IPv4, and from IPv6 to IPv4.

https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
"""

_TARGETS: dict[str, TargetKind] = {
    "NatGatewayId": "nat",
    "TransitGatewayId": "transit",
    "VpcPeeringConnectionId": "peering",
    "VpcEndpointId": "endpoint",
    "InstanceId": "machine",
    "NetworkInterfaceId": "machine",
    "EgressOnlyInternetGatewayId": "other",
    "CarrierGatewayId": "other",
    "LocalGatewayId": "other",
    "CoreNetworkArn": "other",
}
"""The properties of a route that name its target, but for GatewayId, and the kind of the target.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-route.html (2026-11-28)
"""

_GATEWAYS: dict[str, TargetKind] = {"igw-": "internet", "vgw-": "vpn", "local": "local", "vpce-": "endpoint"}
_GATEWAY_TYPES: dict[str, TargetKind] = {
    "AWS::EC2::InternetGateway": "internet",
    "AWS::EC2::VPNGateway": "vpn",
    "AWS::EC2::VPCEndpoint": "endpoint",
}


class RouteTarget(NamedTuple):
    """The target of a route: its kind, and the value that names it."""

    kind: TargetKind
    value: Located


def identity_of(view: View, value: Located) -> Expression:
    """Return the logical id of the resource that a value names by Ref or any attribute, else its expression."""
    resource = view.target(value)
    return resource.logical_id if resource is not None else expression_of(value.value)


def subnet_id(subnet: Resource) -> Located:
    """Return the id of a subnet of the template, as a property that names the subnet has it."""
    return Located(Unknown(("Ref", subnet.logical_id), "it has no id before it is created"), subnet.path)


def route_table_id(view: View, holder: Resource) -> Expression:
    """Return the route table of a route or an association: its logical id, or the expression of an external one."""
    value = view.get(holder, "Properties", "RouteTableId")
    route_table = view.target(value, ROUTE_TABLE)
    return route_table.logical_id if route_table is not None else expression_of(value.value)


def route_table_of(view: View, subnet: Located) -> Expression | Unknown | None:
    """Return the route table of a subnet, None for the main one of its VPC; Unknown if two are associated."""
    resource = view.target(subnet, SUBNET)
    if resource is None:
        return _find_table(view, subnet)
    return view.cached(f"route table of {resource.logical_id}", lambda view: _find_table(view, subnet))


def _find_table(view: View, subnet: Located) -> Expression | Unknown | None:
    tables = {route_table_id(view, association) for association in _associations_of(view, subnet)}
    if len(tables) > 1:
        return Unknown(("RouteTables", expression_of(subnet.value)), "the subnet is associated with two route tables")
    return next(iter(tables), None)


def _associations_of(view: View, subnet: Located) -> Iterator[Resource]:
    resource = view.target(subnet, SUBNET)
    if resource is not None:
        for association in view.referrers(resource, (ASSOCIATION,), ("Properties", "SubnetId")):
            if view.target(view.get(association, "Properties", "SubnetId")) == resource:
                yield association
        return
    for association in view.resources(ASSOCIATION):
        if expression_of(view.get(association, "Properties", "SubnetId").value) == expression_of(subnet.value):
            yield association


def routes_of(view: View, table: Expression) -> list[Resource]:
    """Return the routes of a route table, as `route_table_id` names it."""
    return view.cached(f"routes of {table!r}", lambda view: _find_routes(view, table))


def _find_routes(view: View, table: Expression) -> list[Resource]:
    resource = view.template.resources.get(table) if isinstance(table, str) else None
    by_table = ("Properties", "RouteTableId")
    routes = view.resources(ROUTE) if resource is None else view.referrers(resource, (ROUTE,), by_table)
    return [route for route in routes if route_table_id(view, route) == table]


def is_default_route(view: View, route: Resource) -> bool:
    """Whether a route leads to the internet, over IPv4 or from IPv6 to IPv4."""
    return any(view.get(route, "Properties", name).value == block for name, block in _DEFAULT_ROUTES)


def default_route(view: View, table: Expression) -> Resource | Unknown | None:
    """Return the IPv4 default route of a route table, None without one; Unknown if there may be one.

    Other stacks may add a route to a table that is exported, or that is not in these files.
    """
    unknown: Unknown | None = None
    for route in routes_of(view, table):
        destination = view.get(route, "Properties", "DestinationCidrBlock").value
        if destination == _DEFAULT_ROUTES[0][1]:
            return route
        if isinstance(destination, Unknown):
            unknown = destination
    return unknown or _foreign_routes(view, table)


def _foreign_routes(view: View, table: Expression) -> Unknown | None:
    """Return an Unknown if routes may be added to a table elsewhere."""
    resource = view.template.resources.get(table) if isinstance(table, str) else None
    if resource is None:
        return Unknown(("Routes", table), "the routes of its route table are not in these files")
    if is_exported(view, resource) is not False:
        return Unknown(("Routes", table), f'another stack may add a route to "{table}"')
    return None


def route_target(view: View, route: Resource) -> RouteTarget | Unknown:
    """Return the target of a route; Unknown if the template does not decide its kind."""
    for name, kind in _TARGETS.items():
        value = view.get(route, "Properties", name)
        if value.value is not ABSENT:
            return RouteTarget(kind, value)
    gateway = view.get(route, "Properties", "GatewayId")
    resource = view.target(gateway)
    if resource is not None and resource.type in _GATEWAY_TYPES:
        return RouteTarget(_GATEWAY_TYPES[resource.type], gateway)
    for prefix, kind in _GATEWAYS.items():
        if isinstance(gateway.value, str) and gateway.value.startswith(prefix):
            return RouteTarget(kind, gateway)
    if isinstance(gateway.value, Unknown):
        return gateway.value
    return RouteTarget("other", gateway)


def default_target(view: View, subnet: Located) -> RouteTarget | Unknown | None:
    """Return the target of the IPv4 default route of a subnet, None without one.

    Unknown for a subnet with the main route table, which no template contains, and if a gateway may propagate a route.
    """
    resource = view.target(subnet, SUBNET)
    if resource is None:
        return _find_default_target(view, subnet)
    return view.cached(f"default target of {resource.logical_id}", lambda view: _find_default_target(view, subnet))


def _find_default_target(view: View, subnet: Located) -> RouteTarget | Unknown | None:
    route = _default_route_of(view, subnet)
    table = route_table_of(view, subnet)
    if route is None and isinstance(table, str) and _learns_routes(view, table):
        return Unknown(("Routes", table), f'a gateway propagates routes to "{table}"')
    return route if route is None or isinstance(route, Unknown) else route_target(view, route)


def may_be_public(view: View, subnet: Located) -> bool:
    """Whether a route of a subnet may lead to an internet gateway in some deployment: a test that costs little.

    It depends on no condition of a route or an association.
    """
    tables = view.cached("tables with gateways", _tables_with_gateways)
    resource = view.target(subnet, SUBNET)
    if resource is None or not tables:
        return bool(tables)
    return not tables.isdisjoint(view.cached("tables of subnets", _tables_of_subnets).get(resource.logical_id, ()))


def _tables_with_gateways(view: View) -> set[Expression]:
    routes = view.template.of_type(ROUTE)
    return {
        route_table_id(view, route)
        for route in routes
        if view.get(route, "Properties", "GatewayId").value is not ABSENT
    }


def _tables_of_subnets(view: View) -> dict[str, set[Expression]]:
    tables: dict[str, set[Expression]] = {}
    for association, table in view.cached("associations", _associations_with_table):
        subnet = view.target(view.get(association, "Properties", "SubnetId"))
        if subnet is not None:
            tables.setdefault(subnet.logical_id, set()).add(table)
    return tables


def subnet_class(view: View, subnet: Located) -> SubnetClass | Unknown:
    """Return "public" for a subnet with a default route to an internet gateway, "isolated" for one without any."""
    resource = view.target(subnet, SUBNET)
    if resource is None:
        return _find_class(view, subnet)
    return view.cached(f"class of {resource.logical_id}", lambda view: _find_class(view, subnet))


def _find_class(view: View, subnet: Located) -> SubnetClass | Unknown:
    route = _default_route_of(view, subnet)
    if route is None:
        return "isolated"
    target = route if isinstance(route, Unknown) else route_target(view, route)
    if isinstance(target, Unknown):
        return target
    return "public" if target.kind == "internet" else "private"


def _default_route_of(view: View, subnet: Located) -> Resource | Unknown | None:
    table = route_table_of(view, subnet)
    if table is None:
        resource = view.target(subnet, SUBNET)
        name = (
            f'the main route table, which "{resource.logical_id}" has,' if resource else "the route table of a subnet"
        )
        return Unknown(("MainTable", expression_of(subnet.value)), f"{name} is not in these files")
    return table if isinstance(table, Unknown) else default_route(view, table)


def _learns_routes(view: View, table: str) -> bool:
    resource = view.template.resources.get(table)
    return resource is not None and bool(view.referrers(resource, (PROPAGATION,), ("Properties", "RouteTableIds")))


def subnets_with_route(view: View, is_meant: Callable[[Resource], bool]) -> list[ZoneMember]:
    """Return the subnets whose route table has a route that is meant, each once.

    Subnets without an association route by the main table of the VPC, which no template contains.
    """
    routes = [route for route in view.template.of_type(ROUTE) if is_meant(route) and view.exists(route)]
    route_tables = {route_table_id(view, route) for route in routes}
    subnets: dict[object, ZoneMember] = {}
    for association, table in view.cached("associations", _associations_with_table) if route_tables else ():
        if table in route_tables and view.exists(association):
            member = member_of(view, view.get(association, "Properties", "SubnetId"))
            subnets.setdefault(member.identity, member)
    return list(subnets.values())


def _associations_with_table(view: View) -> list[tuple[Resource, Expression]]:
    return [(association, route_table_id(view, association)) for association in view.template.of_type(ASSOCIATION)]
