"""NAT gateways that serve subnets of other zones."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.system.routes import is_default_route, subnets_with_route
from relint.model.zone_members import ZoneMember, is_same_zone, member_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at AvailabilityMode of a NAT gateway that serves other zones.

    Subnets that span two zones cannot all share the zone of the gateway, even if that zone is unknown. No problem if
    all subnets behind NAT gateways of the template lie in one zone. Message value: `subnets`.
    Unknown if a subnet and the gateway may lie in different zones.
    """
    subnet = view.get(resource, "Properties", "SubnetId")
    if subnet.value is ABSENT:
        return
    gateway_zone = member_of(view, subnet)
    served_subnets = view.cached(f"subnets behind {resource.logical_id}", lambda view: _served_subnets(view, resource))
    distant = [served for served in served_subnets if count_zones(view, (gateway_zone, served)).lower >= 2]
    if not distant and count_zones(view, served_subnets).lower >= 2:
        distant = [served for served in served_subnets if not is_same_zone(gateway_zone, served)]
    if distant:
        if count_zones(view, served_subnets).upper >= 2 or count_zones(view, _served_subnets(view, None)).upper >= 2:
            values = {"subnets": [served.label for served in distant]}
            sentence = "This subnet reaches the internet through the gateway."
            related = tuple((served.path, sentence) for served in distant)
            yield Problem((*resource.path, "Properties", "AvailabilityMode"), values=values, related=related)
        return
    for served in served_subnets:
        if not is_same_zone(gateway_zone, served):
            reason = f'"{served.label}" and "{gateway_zone.label}" may lie in different zones'
            yield Unknown(("Zones", served.zone, gateway_zone.zone), reason)
            return


def _served_subnets(view: View, gateway: Resource | None) -> list[ZoneMember]:
    """Return the subnets with a default route to the gateway, or to any if None."""

    def leads_there(route: Resource) -> bool:
        target = view.target(view.get(route, "Properties", "NatGatewayId"), "AWS::EC2::NatGateway")
        return target is not None and target == (gateway or target) and is_default_route(view, route)

    return subnets_with_route(view, leads_there)
