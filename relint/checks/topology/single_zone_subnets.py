"""Whether a list that names several subnets or zones for redundancy comes down to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.zone_members import ZoneMember, is_same_zone, member_of, members_of
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

LISTS: dict[str, tuple[str, ...]] = {
    "AWS::AmazonMQ::Broker": ("SubnetIds",),
    "AWS::AutoScaling::AutoScalingGroup": ("VPCZoneIdentifier", "AvailabilityZones", "AvailabilityZoneIds"),
    "AWS::DAX::SubnetGroup": ("SubnetIds",),
    "AWS::DMS::ReplicationSubnetGroup": ("SubnetIds",),
    "AWS::DocDB::DBCluster": ("AvailabilityZones",),
    "AWS::DocDB::DBSubnetGroup": ("SubnetIds",),
    "AWS::EC2::TransitGatewayAttachment": ("SubnetIds",),
    "AWS::EC2::TransitGatewayVpcAttachment": ("SubnetIds",),
    "AWS::EC2::VPCEndpoint": ("SubnetIds",),
    "AWS::ECS::Service": ("NetworkConfiguration.AwsvpcConfiguration.Subnets",),
    "AWS::EKS::Cluster": ("ResourcesVpcConfig.SubnetIds",),
    "AWS::EKS::Nodegroup": ("Subnets",),
    "AWS::ElastiCache::SubnetGroup": ("SubnetIds",),
    "AWS::ElasticLoadBalancing::LoadBalancer": ("Subnets", "AvailabilityZones"),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": ("Subnets", "SubnetMappings.*.SubnetId"),
    "AWS::Elasticsearch::Domain": ("VPCOptions.SubnetIds",),
    "AWS::FSx::FileSystem": ("SubnetIds",),
    "AWS::Lambda::Function": ("VpcConfig.SubnetIds",),
    "AWS::MSK::Cluster": ("BrokerNodeGroupInfo.ClientSubnets",),
    "AWS::Neptune::DBCluster": ("AvailabilityZones",),
    "AWS::Neptune::DBSubnetGroup": ("SubnetIds",),
    "AWS::OpenSearchService::Domain": ("VPCOptions.SubnetIds",),
    "AWS::RDS::DBCluster": ("AvailabilityZones",),
    "AWS::RDS::DBProxy": ("VpcSubnetIds",),
    "AWS::RDS::DBSubnetGroup": ("SubnetIds",),
    "AWS::Redshift::ClusterSubnetGroup": ("SubnetIds",),
    "AWS::Route53Resolver::ResolverEndpoint": ("IpAddresses.*.SubnetId",),
}
"""The properties, below Properties, that name one subnet or zone for each place in which a type may run."""

_ONE_PER_ZONE = frozenset(
    {
        "AWS::EC2::VPCEndpoint",
        "AWS::ElasticLoadBalancing::LoadBalancer",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
    }
)
"""Types that reject two subnets of one zone.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
"""

_TWO_ZONES = frozenset({"AWS::DocDB::DBSubnetGroup", "AWS::Neptune::DBSubnetGroup", "AWS::RDS::DBSubnetGroup"})
"""Types that reject subnets of a single zone.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
"""


def fact(resource: Resource, view: View) -> str:
    """What becomes of a list with several entries: "collapsed" when `check` has a problem with it, "spread" when the
    entries provably lie in two zones, and "none" when there is no such list or the template does not tell.
    """
    lists = list(_lists(resource, view))
    if any(True for entries, path in lists for _ in _collapse(view, resource, entries, path)):
        return "collapsed"
    return "spread" if any(count_zones(view, entries).lower >= 2 for entries, _ in lists) else "none"


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """At most one problem for each list with two entries or more.

    `twice` where a subnet is named again, `shared` where two subnets of a type that takes one per zone provably share
    theirs, and the default message (`rejected` for types that AWS then refuses) where all entries provably lie in one
    zone. What cannot be resolved is left to the rule that asks the type for two zones.
    """
    for entries, path in _lists(resource, view):
        yield from _collapse(view, resource, entries, path)


def _lists(resource: Resource, view: View) -> Iterator[tuple[list[ZoneMember], Path]]:
    """The lists of two entries or more, and where they stand."""
    for place in LISTS.get(resource.type, ()):
        steps = ("Properties", *place.split("."))
        if view.get(resource, *steps[:2]).value is ABSENT:
            continue
        members = view.select(resource, steps)
        if "*" in steps:
            entries = [member_of(view, member) for member in members if member.value is not ABSENT]
            steps = steps[: steps.index("*")]
        else:
            entries = members_of(view, members)
        entries = [entry for entry in entries if entry.identity != ""]  # the usual default of an optional parameter
        if len(entries) >= 2:
            yield entries, view.get(resource, *steps).path


def _collapse(view: View, resource: Resource, entries: list[ZoneMember], whole: Path) -> Iterator[Problem]:
    subnets = not {"AvailabilityZones", "AvailabilityZoneIds"}.intersection(whole[len(resource.path) :])
    for index, entry in enumerate(entries):
        if subnets and not entry.is_list and any(entry.identity == earlier.identity for earlier in entries[:index]):
            yield Problem(whole, {"subnet": entry.label}, (), "twice")
            return
    if subnets and resource.type in _ONE_PER_ZONE:
        for index, entry in enumerate(entries):
            for earlier in entries[:index]:
                if is_same_zone(entry, earlier):
                    values = {"one": earlier.label, "other": entry.label}
                    yield Problem(whole, values, _where(view, [earlier, entry]), "shared")
                    return
    if count_zones(view, entries).upper < 2:
        message = "rejected" if resource.type in _TWO_ZONES else None
        yield Problem(whole, {"count": len(entries)}, _where(view, entries), message)


def _where(view: View, entries: list[ZoneMember]) -> tuple[tuple[Path, str], ...]:
    """The subnets of the template among the entries, each with its zone."""
    found = []
    for entry in entries:
        kind, name, *_ = entry.identity if isinstance(entry.identity, tuple) else ("Id", entry.identity)
        subnet = view.template.resources.get(name) if kind == "Ref" else None
        if subnet is not None:
            zone = describe_expression(entry.zone)
            found.append(((*subnet.path, "Properties", "AvailabilityZone"), f'The zone of "{entry.label}" is {zone}.'))
    return tuple(found)
