"""Zones whose traffic passes Gateway Load Balancer endpoints of other zones."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.system.routes import subnets_with_route
from relint.model.zone_members import ZoneMember, is_same_zone, members_of
from relint.resolve.value import Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ENDPOINT = "AWS::EC2::VPCEndpoint"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the subnet of an endpoint that stands in for the zones of other subnets.

    Such an endpoint has one subnet, so the endpoints of one service in one VPC are taken together, and the problem is
    at the first. Message `inspection`, value `subnets`: those that route to one of the endpoints although none is in
    their zone. Unknown if a subnet and the endpoints may lie in different zones.

    https://docs.aws.amazon.com/vpc/latest/privatelink/create-gateway-load-balancer-endpoint.html
    """
    group = [other for other in view.resources(_ENDPOINT) if _service_of(view, other) == _service_of(view, resource)]
    if group[0] is not resource:
        return
    zones = [zone for endpoint in group for zone in _zones_of(view, endpoint)]
    subnets = subnets_with_route(
        view, lambda route: view.target(view.get(route, "Properties", "VpcEndpointId"), _ENDPOINT) in group
    )
    distant = [
        subnet for subnet in subnets if zones and all(count_zones(view, (zone, subnet)).lower >= 2 for zone in zones)
    ]
    if not distant and len(zones) == 1 and count_zones(view, subnets).lower >= 2:
        distant = [subnet for subnet in subnets if not is_same_zone(zones[0], subnet)]
    if distant:
        related = tuple((subnet.path, "This subnet routes through the endpoint.") for subnet in distant)
        values = {"subnets": [subnet.label for subnet in distant]}
        path = (*resource.path, "Properties", "SubnetIds")
        yield Problem(path, values=values, related=related, message="inspection")
        return
    for subnet in subnets:
        if not any(is_same_zone(zone, subnet) for zone in zones):
            reason = f'"{subnet.label}" may lie in a zone without an endpoint'
            yield Unknown(("Zones", subnet.zone, *(zone.zone for zone in zones)), reason)
            return


def _service_of(view: View, endpoint: Resource) -> tuple[Expression, ...]:
    names = ("VpcEndpointType", "VpcId", "ServiceName")
    return tuple(expression_of(view.get(endpoint, "Properties", name).value) for name in names)


def _zones_of(view: View, endpoint: Resource) -> list[ZoneMember]:
    return members_of(view, [view.get(endpoint, "Properties", "SubnetIds")])
