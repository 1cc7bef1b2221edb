"""Distinct Availability Zones that every successful deployment proves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.model.zone_members import ZoneMember, member_of, members_of
from relint.resolve.value import ABSENT, Expression, expression_of

if TYPE_CHECKING:
    from relint.model.view import View

DistinctPairs = frozenset[frozenset[Expression]]

MAX_COMPARED = 60
"""Limit on the members of a list that are compared pairwise; a longer list can only make a lower bound too low."""

_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"


def proven_facts(view: View) -> tuple[DistinctPairs, frozenset[Expression]]:
    """Pairs of distinct subnets or zones, and lists that span two zones, true of any successful deployment.

    Application, Network and Classic Load Balancers take one subnet per zone (an Application Load Balancer two or more),
    a file system one mount target per zone, a DB subnet group at least two zones, and brokers one zone per subnet.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
    https://docs.aws.amazon.com/efs/latest/ug/manage-fs-access.html
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
    """
    pairs: set[frozenset[Expression]] = set()
    lists: set[Expression] = set()

    def add(entries: list[ZoneMember], one_per_zone: bool, two_zones: bool) -> None:
        if two_zones and len(entries) == 1 and entries[0].many:
            lists.add(entries[0].identity)
        if one_per_zone or (two_zones and len(entries) == 2):
            for index, one in enumerate(entries[:MAX_COMPARED]):
                for other in entries[index + 1 : MAX_COMPARED]:
                    if not one.many and not other.many:
                        pairs.add(frozenset((one.identity, other.identity)))
                        pairs.add(frozenset((one.zone, other.zone)))

    for balancer in view.resources(_BALANCER):
        kind = view.get(balancer, "Properties", "Type").value
        subnets = view.get(balancer, "Properties", "Subnets")
        mapped = view.select(balancer, ("Properties", "SubnetMappings", "*", "SubnetId"))
        entries = members_of(view, [subnets]) + [member_of(view, subnet) for subnet in mapped]
        add(entries, True, kind in (ABSENT, "application"))
    for balancer in view.resources(_CLASSIC):
        add(members_of(view, [view.get(balancer, "Properties", "Subnets")]), True, False)
    for group in view.resources("AWS::RDS::DBSubnetGroup", "AWS::DocDB::DBSubnetGroup", "AWS::Neptune::DBSubnetGroup"):
        add(members_of(view, [view.get(group, "Properties", "SubnetIds")]), False, True)
    for cluster in view.resources("AWS::MSK::Cluster"):
        subnets = view.get(cluster, "Properties", "BrokerNodeGroupInfo", "ClientSubnets")
        add(members_of(view, [subnets]), True, True)
    targets: dict[Expression, list[ZoneMember]] = {}
    for target in view.resources("AWS::EFS::MountTarget"):
        system = expression_of(view.get(target, "Properties", "FileSystemId").value)
        targets.setdefault(system, []).append(member_of(view, view.get(target, "Properties", "SubnetId")))
    for entries in targets.values():
        add(entries, True, False)
    return frozenset(pairs), frozenset(lists)
