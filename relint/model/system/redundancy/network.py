"""Redundancy of gateways, load balancers and functions in a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING
from relint.model.availability_zones import count_zones
from relint.model.subnet_lists import subnet_lists
from relint.model.system.redundancy.record import Count, Redundancy, choice, spanned
from relint.model.system.redundancy.values import has_value, path_of
from relint.model.zone_members import zone_of_resource

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ZONE_RULES = {
    "AWS::Lambda::Function": "LAM-701",
    "AWS::ElasticLoadBalancing::LoadBalancer": "ELB-701",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "ELB-701",
    "AWS::RDS::DBProxy": "TOPO-702",
}


def _nat_gateway(view: View, resource: Resource) -> Redundancy:
    """Return the zones of a NAT gateway, which is redundant inside of its zone.

    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html (2026-11-28)
    """
    several = Count(lower=2, upper=None, path=resource.path)
    is_regional = has_value(view, resource, "AvailabilityMode", among=("regional",))
    zones = choice(is_regional, 2, 1, path_of(resource, "AvailabilityMode"), "one-gateway", "NET-207")
    if is_regional is True:
        return Redundancy("regional", units=several, zones=zones, spread="proven")
    place = zone_of_resource(view, resource)
    return Redundancy("zonal", units=several, zones=zones, spread="proven", places=(place,))


def _in_subnets(view: View, resource: Resource) -> Redundancy:
    """Return the zones of a service that AWS runs in each subnet that it is given; without subnets, in the Region."""
    several = Count(lower=2, upper=None, path=resource.path)
    lists = list(subnet_lists(view, resource))
    if not lists:
        return Redundancy("regional", units=several, zones=several, spread="proven")
    places = tuple(member for members, _ in lists for member in members)
    zones = spanned(count_zones(view, places), lists[0][1], _ZONE_RULES[resource.type])
    return Redundancy("regional", units=several, zones=zones, spread="proven", places=places)


READERS: Mapping[str, Callable[[View, Resource], Redundancy]] = {
    "AWS::EC2::NatGateway": _nat_gateway,
    **dict.fromkeys(_ZONE_RULES, _in_subnets),
}
