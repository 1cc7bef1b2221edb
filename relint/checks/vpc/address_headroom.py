"""Addresses of a subnet, and what may need them at once.

https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html (2026-11-28)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import ceil

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.model.cidr import cidr_block_of
from relint.model.subnet_lists import SUBNET_LISTS
from relint.model.system.redundancy import redundancy_of
from relint.model.system.resource_groups import GROUPS
from relint.model.zone_members import ZoneMember, zone_of_resource
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_RESERVED = 5
"""Addresses of each subnet that AWS keeps for itself."""

_TIGHT = 0.8
_LOAD_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
_PER_SUBNET = {
    _LOAD_BALANCER: 8,
    "AWS::ElasticLoadBalancing::LoadBalancer": 8,
    "AWS::EC2::Instance": 1,
    "AWS::EC2::NatGateway": 1,
    "AWS::EC2::NetworkInterface": 1,
    "AWS::EC2::TransitGatewayAttachment": 1,
    "AWS::EC2::TransitGatewayVpcAttachment": 1,
    "AWS::EC2::VPCEndpoint": 1,
    "AWS::EFS::MountTarget": 1,
    "AWS::NetworkFirewall::Firewall": 1,
    "AWS::Route53Resolver::ResolverEndpoint": 1,
}
"""Addresses that a resource takes in each of its subnets. Functions share few interfaces and count nothing.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html (2026-11-28)
https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-backend-instances.html (2026-11-28)
"""

_SERVICE = "AWS::ECS::Service"
_ELASTIC = ("AWS::AutoScaling::AutoScalingGroup", _SERVICE, "AWS::EKS::Nodegroup")
_DATABASES = ("AWS::RDS::DBInstance", "AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::CacheCluster")
_DEFAULT_MAXIMUM_PERCENT = 200
"""Tasks during a deployment, in percent of the others, unless a service says something else. Looked up on 2026-11-28.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
"""


class _Consumer(NamedTuple):
    """A resource and the addresses that it may take in the subnet."""

    resource: Resource
    demand: int


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at CidrBlock if the resources in a subnet may need more addresses than it has.

    Elastic resources count with their largest size, evenly in the subnets that the loss of one zone leaves. Message
    `tight`, at level note, for more than 80 % of the addresses. Message values: `consumers` (at most three, the largest
    first), `demand`, `free`, `prefix` (of a subnet that suffices). What has an unknown size counts nothing.
    Unknown if the size of the subnet is.
    """
    consumers = [consumer for consumer in _consumers(view, resource) if consumer.demand > 0]
    demand = sum(consumer.demand for consumer in consumers)
    if not demand:
        return
    prefix = _prefix_length(view, resource)
    if isinstance(prefix, Unknown):
        yield prefix
        return
    free = _free(prefix) if prefix is not None else None
    if free is None or demand <= _TIGHT * free:
        return
    largest = sorted(consumers, key=lambda consumer: -consumer.demand)[:3]
    sufficient = next(length for length in range(prefix or 0, -1, -1) if demand <= _TIGHT * _free(length))
    yield Problem(
        (*resource.path, "Properties", "CidrBlock"),
        values={
            "consumers": [consumer.resource.logical_id for consumer in largest],
            "demand": demand,
            "free": free,
            "prefix": sufficient,
        },
        related=tuple((consumer.resource.path, _sentence(consumer.demand)) for consumer in largest),
        message=None if demand > free else "tight",
        level=None if demand > free else "note",
    )


def _sentence(demand: int) -> str:
    return "It may need 1 address there." if demand == 1 else f"It may need {demand} addresses there."


def _free(prefix: int) -> int:
    return int(2 ** (32 - prefix)) - _RESERVED


def _prefix_length(view: View, subnet: Resource) -> int | Unknown | None:
    """Return the length of the IPv4 prefix of a subnet, which an address pool may choose; None without IPv4."""
    block = cidr_block_of(view, subnet)
    if block is not None:
        return block if isinstance(block, Unknown) else block.prefixlen
    netmask: int | Unknown = integer_value(view.get(subnet, "Properties", "Ipv4NetmaskLength"), -1)
    if netmask == -1:
        pool = view.get(subnet, "Properties", "Ipv4IpamPoolId").value
        return None if pool is ABSENT else Unknown(("Pool", subnet.logical_id), "an address pool chooses its size")
    return netmask


def _consumers(view: View, subnet: Resource) -> Iterator[_Consumer]:
    member = zone_of_resource(view, subnet)
    for resource in view.referrers(subnet, (*_PER_SUBNET, *_ELASTIC), ("Properties",)):
        if resource.type in _ELASTIC:
            yield _Consumer(resource, _elastic_demand(view, resource, member))
        elif _lies_in(view, resource, subnet):
            yield _Consumer(resource, _fixed_demand(view, resource))
    for group in view.referrers(subnet, GROUPS["subnet groups"], ("Properties",)):
        for database in view.referrers(group, _DATABASES, ("Properties",)):
            redundancy = redundancy_of(view, database)
            nodes = redundancy.units.upper or 0
            yield _Consumer(database, ceil(nodes / max(len(redundancy.places), 1)))


def _lies_in(view: View, resource: Resource, subnet: Resource) -> bool:
    """Whether a resource, which refers to a subnet, lies in it; references through Fn::Select may mean another."""
    paths = SUBNET_LISTS.get(resource.type, ("SubnetId", "NetworkInterfaces.*.SubnetId"))
    values = [value for path in paths for value in view.select(resource, ("Properties", *path.split(".")))]
    items = [item for value in values for item in _items(view, value)]
    return any(view.target(item) == subnet for item in items)


def _items(view: View, value: Located) -> list[Located]:
    return view.scenario.items(value) if isinstance(value.value, list) else [value]


def _fixed_demand(view: View, resource: Resource) -> int:
    if resource.type == _LOAD_BALANCER:
        kind = view.get(resource, "Properties", "Type").value
        return _PER_SUBNET[_LOAD_BALANCER] if kind in (ABSENT, "application") else 1
    return _PER_SUBNET[resource.type]


def _elastic_demand(view: View, resource: Resource, subnet: ZoneMember) -> int:
    """Return the units in a subnet when another zone fails, at the largest size."""
    redundancy = redundancy_of(view, resource)
    places = {place.identity: place for place in redundancy.places}
    largest = redundancy.units.upper
    if (
        subnet.identity not in places
        or largest is None
        or (resource.type == _SERVICE and not _has_subnets(view, resource))
    ):
        return 0
    if any(place.is_list for place in places.values()):
        return 0
    zones = Counter(place.zone for place in places.values())
    lost = max((count for zone, count in zones.items() if zone != subnet.zone), default=0)
    return ceil(_peak(view, resource, largest) / (len(places) - lost))


def _has_subnets(view: View, service: Resource) -> bool:
    return view.get(service, "Properties", "NetworkConfiguration").value is not ABSENT


def _peak(view: View, resource: Resource, largest: int) -> int:
    """Return the units that exist at once: tasks of a deployment run beside the old ones, warm instances beside others.

    https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutWarmPool.html (2026-11-28)
    """
    if resource.type == _SERVICE:
        steps = ("DeploymentConfiguration", "MaximumPercent")
        percent = integer_value(view.get(resource, "Properties", *steps), _DEFAULT_MAXIMUM_PERCENT)
        return largest if isinstance(percent, Unknown) else ceil(largest * percent / 100)
    for pool in view.referrers(resource, ("AWS::AutoScaling::WarmPool",), ("Properties", "AutoScalingGroupName")):
        prepared = integer_value(view.get(pool, "Properties", "MaxGroupPreparedCapacity"), 0)
        largest = largest if isinstance(prepared, Unknown) else max(largest, prepared)
    return largest
