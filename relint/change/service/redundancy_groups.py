"""Resources of a template that stand in for one another, each in a zone of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from relint._typing import TYPE_CHECKING, Literal, NamedTuple
from relint.model.aws.auto_scaling import TRAFFIC
from relint.model.aws.serving_instances import are_all_targets, registered_with
from relint.model.subnet_lists import SUBNET_LISTS, listed_members
from relint.model.system.redundancy import redundancy_of
from relint.model.system.resource_groups import LOAD_BALANCERS
from relint.model.system.routes import subnet_class, subnet_id
from relint.model.zone_members import subnet_of
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Expression, expression_of, referenced_id

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

GroupKind = Literal["subnets", "nat-gateways", "mount-targets", "vpn-connections", "members", "targets", "fleet"]
"""What the members of a group are.

subnets: those of a tier. members: instances of a database cluster. targets: instances behind a load balancer. fleet:
one Auto Scaling group, or several behind a load balancer.
"""

_SUBNET = "AWS::EC2::Subnet"
_NAT = "AWS::EC2::NatGateway"
_VPN = "AWS::EC2::VPNConnection"
_FLEET = "AWS::AutoScaling::AutoScalingGroup"
_MEMBERS = ("AWS::DocDB::DBInstance", "AWS::Neptune::DBInstance", "AWS::RDS::DBInstance")
_SOME_VPC = "VPC"
_TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"


class RedundancyGroup(NamedTuple):
    """Resources of one type that stand in for one another.

    `holder` is what they belong to, such as the VPC, the file system or the cluster: the same in both templates of a
    comparison, and a logical id if the template contains it.
    """

    kind: GroupKind
    holder: str
    members: tuple[Resource, ...]


def redundancy_groups(view: View) -> Iterator[RedundancyGroup]:
    """Yield the groups of a scenario, those whose loss replaces others first; a member may be in several."""
    yield from _tiers(view)
    yield from _by_holder(view, "nat-gateways", (_NAT,), _network_of_gateway)
    yield from _by_holder(view, "mount-targets", ("AWS::EFS::MountTarget",), _named_in("FileSystemId"))
    yield from _by_holder(view, "vpn-connections", (_VPN,), _named_in("VpnGatewayId", "TransitGatewayId"))
    yield from _by_holder(view, "members", _MEMBERS, _named_in("DBClusterIdentifier"))
    yield from _targets(view)
    yield from _fleets(view)


def _by_holder(
    view: View, kind: GroupKind, types: Iterable[str], holder_of: Callable[[View, Resource], str]
) -> Iterator[RedundancyGroup]:
    members: dict[str, list[Resource]] = {}
    for resource in view.resources(*types):
        holder = holder_of(view, resource)
        if holder:
            members.setdefault(holder, []).append(resource)
    yield from (RedundancyGroup(kind, holder, tuple(resources)) for holder, resources in members.items())


def _named_in(*names: str) -> Callable[[View, Resource], str]:
    """Return the function that reads the holder of a resource in the first of some properties that it has."""

    def read(view: View, resource: Resource) -> str:
        values = (view.get(resource, "Properties", name).value for name in names)
        return next((_name(expression_of(value)) for value in values if value is not ABSENT), "")

    return read


def _name(expression: Expression) -> str:
    return referenced_id(expression) or describe_expression(expression)


def _network_of_gateway(view: View, gateway: Resource) -> str:
    """Return the VPC of a NAT gateway in one zone; _SOME_VPC if its subnet is that of another stack, "" for others."""
    if view.get(gateway, "Properties", "AvailabilityMode").value == "regional":
        return ""
    subnet = view.target(view.get(gateway, "Properties", "SubnetId"), _SUBNET)
    return _vpc_of(view, subnet) if subnet else _SOME_VPC


def _vpc_of(view: View, subnet: Resource) -> str:
    return _named_in("VpcId")(view, subnet)


def _tiers(view: View) -> Iterator[RedundancyGroup]:
    """Yield the subnets that one resource uses together, the longest lists first; of others, those that route alike."""
    lists: dict[frozenset[str], list[Resource]] = {}
    for user in view.resources(*SUBNET_LISTS):
        members = [subnet_of(view, member) for member in listed_members(view, user)]
        subnets = {one.logical_id: one for one in members if one is not None}
        if len(subnets) > 1 and None not in members:  # else one of another stack may be left
            lists.setdefault(frozenset(subnets), list(subnets.values()))
    used = {name for names in lists for name in names}
    tiers = sorted(lists.values(), key=len, reverse=True)
    routed: dict[tuple[str, str], list[Resource]] = {}
    for subnet in view.resources(_SUBNET):
        if subnet.logical_id not in used:
            routing = subnet_class(view, subnet_id(subnet))
            key = (_vpc_of(view, subnet), routing if isinstance(routing, str) else "")
            routed.setdefault(key, []).append(subnet)
    for subnets_of_tier in (*tiers, *routed.values()):
        yield RedundancyGroup("subnets", _vpc_of(view, subnets_of_tier[0]), tuple(subnets_of_tier))


def _targets(view: View) -> Iterator[RedundancyGroup]:
    """Yield the instances that are registered with one load balancer or target group."""
    seen: set[str] = set()
    for instance in view.resources("AWS::EC2::Instance"):
        instances = registered_with(view, instance)
        if instances and instances[0].logical_id not in seen and are_all_targets(view, instances):
            seen.update(one.logical_id for one in instances)
            yield RedundancyGroup("targets", _registry_of(view, instances[0]), tuple(instances))


def _registry_of(view: View, instance: Resource) -> str:
    registries = view.referrers(instance, (_TARGET_GROUP, *LOAD_BALANCERS))
    return registries[0].logical_id if registries else instance.logical_id


def _fleets(view: View) -> Iterator[RedundancyGroup]:
    """Yield the Auto Scaling groups behind one load balancer or target group; others that span zones alone."""
    behind: dict[str, list[Resource]] = {}
    for fleet in view.resources(_FLEET):
        sources = {
            source.logical_id
            for name in TRAFFIC
            for source in view.referents(fleet, (_TARGET_GROUP, *LOAD_BALANCERS), ("Properties", name))
        }
        behind.setdefault(min(sources, default=fleet.logical_id), []).append(fleet)
    for holder, fleets in behind.items():
        if len(fleets) > 1 or (redundancy_of(view, fleets[0]).zones.upper or 2) > 1:
            yield RedundancyGroup("fleet", holder if len(fleets) > 1 else fleets[0].logical_id, tuple(fleets))
