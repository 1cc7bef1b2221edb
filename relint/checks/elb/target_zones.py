"""Targets that stand in a zone in which their load balancer has no node."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.model.zone_members import ZoneMember, is_distinct_zone, member_of, members_of, zone_of_resource
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup"
_LISTENERS = ("AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule")
_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """A problem for the first target whose zone is provably none of the load balancer's.

    A load balancer sends requests to the zones only that are enabled for it.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
    """
    lists = [view.get(resource, "Properties", name) for name in ("Subnets", "AvailabilityZones")]
    mapped = view.select(resource, ("Properties", "SubnetMappings", "*", "SubnetId"))
    enabled = members_of(view, [value for value in lists if value.value is not ABSENT])
    enabled += [member_of(view, value) for value in mapped if value.value is not ABSENT]
    if not enabled or any(entry.many for entry in enabled):
        return
    for target in _targets(resource, view):
        for entry in _places(target, view):
            if all(is_distinct_zone(entry, own) for own in enabled):
                related = ((entry.path, f'"{target.logical_id}" runs here.'),)
                yield Problem(enabled[0].path[:-1], {"target": target.logical_id}, related, "uncovered", "warning")
                return


def _targets(balancer: Resource, view: View) -> Iterator[Resource]:
    """Groups, services and instances that the load balancer sends requests to."""
    if balancer.type == _CLASSIC:
        yield from view.referrers(balancer, (_GROUP,), ("Properties", "LoadBalancerNames"))
        yield from view.referents(balancer, ("AWS::EC2::Instance",), ("Properties", "Instances"))
        return
    seen: set[str] = set()
    listeners = view.referrers(balancer, _LISTENERS[:1], ("Properties", "LoadBalancerArn"))
    rules = [rule for one in listeners for rule in view.referrers(one, _LISTENERS[1:], ("Properties", "ListenerArn"))]
    for listener in (*listeners, *rules):
        for group in view.referents(listener, (_TARGETS,)):
            if group.logical_id not in seen:
                seen.add(group.logical_id)
                yield from view.referrers(group, (_GROUP,), ("Properties", "TargetGroupARNs"))
                yield from view.referrers(group, ("AWS::ECS::Service",), ("Properties", "LoadBalancers"))
                yield from view.referents(group, ("AWS::EC2::Instance",), ("Properties", "Targets"))


def _places(target: Resource, view: View) -> list[ZoneMember]:
    if target.type == "AWS::EC2::Instance":
        return [zone_of_resource(view, target)]
    network = ("NetworkConfiguration", "AwsvpcConfiguration", "Subnets")
    paths = [network] if target.type == "AWS::ECS::Service" else [("VPCZoneIdentifier",), ("AvailabilityZones",)]
    lists = [view.get(target, "Properties", *steps) for steps in paths]
    entries = members_of(view, [value for value in lists if value.value is not ABSENT])
    return [entry for entry in entries if not entry.many]
