"""Targets in an Availability Zone that is not enabled for their load balancer."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.load_balancers import TARGET_GROUP, forwarders
from relint.model.zone_members import ZoneMember, is_distinct_zone, member_of, members_of, zone_of_resource
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """Yield a problem at the zones of a load balancer for the first target outside.

    The target provably lies in none of the zones. A load balancer sends requests only to the zones that are enabled
    for it. Message `uncovered`, with `target`.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
    """
    lists = [view.get(resource, "Properties", name) for name in ("Subnets", "AvailabilityZones")]
    mappings = view.select(resource, ("Properties", "SubnetMappings", "*", "SubnetId"))
    enabled_zones = members_of(view, lists)
    enabled_zones += [member_of(view, subnet) for subnet in mappings if subnet.value is not ABSENT]
    if not enabled_zones or any(zone.is_list for zone in enabled_zones):
        return
    for target in _targets(view, resource):
        for target_zone in _target_zones(view, target):
            if all(is_distinct_zone(target_zone, zone) for zone in enabled_zones):
                path = enabled_zones[0].path[:-1]
                related = ((target_zone.path, f'"{target.logical_id}" runs here.'),)
                values = {"target": target.logical_id}
                yield Problem(path, values=values, related=related, message="uncovered", level="warning")
                return


def _targets(view: View, balancer: Resource) -> Iterator[Resource]:
    """Yield the groups, services and instances to which the load balancer sends requests."""
    if balancer.type == _CLASSIC:
        yield from view.referrers(balancer, (_GROUP,), ("Properties", "LoadBalancerNames"))
        yield from view.referents(balancer, ("AWS::EC2::Instance",), ("Properties", "Instances"))
        return
    visited: set[str] = set()
    for forwarder in forwarders(view, balancer):
        for group in view.referents(forwarder, (TARGET_GROUP,)):
            if group.logical_id not in visited:
                visited.add(group.logical_id)
                yield from view.referrers(group, (_GROUP,), ("Properties", "TargetGroupARNs"))
                yield from view.referrers(group, ("AWS::ECS::Service",), ("Properties", "LoadBalancers"))
                yield from view.referents(group, ("AWS::EC2::Instance",), ("Properties", "Targets"))


def _target_zones(view: View, target: Resource) -> list[ZoneMember]:
    if target.type == "AWS::EC2::Instance":
        return [zone_of_resource(view, target)]
    network = ("NetworkConfiguration", "AwsvpcConfiguration", "Subnets")
    paths = [network] if target.type == "AWS::ECS::Service" else [("VPCZoneIdentifier",), ("AvailabilityZones",)]
    lists = [view.get(target, "Properties", *path) for path in paths]
    members = members_of(view, lists)
    return [member for member in members if not member.is_list]
