"""Distinct Availability Zones that every successful deployment proves."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.zone_members import ZoneMember, member_of, members_of
from relint.resolve.value import ABSENT, Expression, expression_of

if TYPE_CHECKING:
    from relint.model.view import View


MAX_COMPARED = 60
"""Limit on the members of a list that are compared pairwise; a longer list can only make a lower bound too low."""

_LOAD_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
_CLASSIC_LOAD_BALANCER = "AWS::ElasticLoadBalancing::LoadBalancer"
_SUBNET_GROUPS = ("AWS::RDS::DBSubnetGroup", "AWS::DocDB::DBSubnetGroup", "AWS::Neptune::DBSubnetGroup")


class ZoneFacts(NamedTuple):
    """Facts about zones that are true of any successful deployment.

    `distinct_pairs` are pairs of subnets or zones in different zones; `two_zone_lists` are lists of unknown length that
    span two zones or more.
    """

    distinct_pairs: frozenset[frozenset[Expression]]
    two_zone_lists: frozenset[Expression]


NO_ZONE_FACTS = ZoneFacts(distinct_pairs=frozenset(), two_zone_lists=frozenset())


class _FactCollector:
    """The facts that the resources of a template prove, while they are collected."""

    def __init__(self) -> None:
        self.distinct_pairs: set[frozenset[Expression]] = set()
        self.two_zone_lists: set[Expression] = set()

    def add_one_per_zone(self, members: list[ZoneMember]) -> None:
        """Add the fact that no two members are in the same zone."""
        for index, left in enumerate(members[:MAX_COMPARED]):
            for right in members[index + 1 : MAX_COMPARED]:
                if not left.is_list and not right.is_list:
                    self.distinct_pairs.add(frozenset((left.identity, right.identity)))
                    self.distinct_pairs.add(frozenset((left.zone, right.zone)))

    def add_two_zones(self, members: list[ZoneMember]) -> None:
        """Add the fact that the members span at least two zones."""
        if len(members) == 1 and members[0].is_list:
            self.two_zone_lists.add(members[0].identity)
        if len(members) == 2:
            self.add_one_per_zone(members)


def proven_facts(view: View) -> ZoneFacts:
    """Return the facts about zones that the resources of a template prove.

    Application, Network and Classic Load Balancers take one subnet per zone (an Application Load Balancer two or more),
    a file system one mount target per zone, a DB subnet group at least two zones, and brokers one zone per subnet.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
    https://docs.aws.amazon.com/efs/latest/ug/manage-fs-access.html
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
    """
    facts = _FactCollector()
    for balancer in view.resources(_LOAD_BALANCER):
        balancer_type = view.get(balancer, "Properties", "Type").value
        mapped_subnets = view.select(balancer, ("Properties", "SubnetMappings", "*", "SubnetId"))
        members = members_of(view, [view.get(balancer, "Properties", "Subnets")])
        members += [member_of(view, subnet) for subnet in mapped_subnets]
        facts.add_one_per_zone(members)
        if balancer_type in (ABSENT, "application"):
            facts.add_two_zones(members)
    for balancer in view.resources(_CLASSIC_LOAD_BALANCER):
        facts.add_one_per_zone(members_of(view, [view.get(balancer, "Properties", "Subnets")]))
    for group in view.resources(*_SUBNET_GROUPS):
        facts.add_two_zones(members_of(view, [view.get(group, "Properties", "SubnetIds")]))
    for cluster in view.resources("AWS::MSK::Cluster"):
        members = members_of(view, [view.get(cluster, "Properties", "BrokerNodeGroupInfo", "ClientSubnets")])
        facts.add_one_per_zone(members)
        facts.add_two_zones(members)
    mount_targets: dict[Expression, list[ZoneMember]] = {}
    for target in view.resources("AWS::EFS::MountTarget"):
        file_system = expression_of(view.get(target, "Properties", "FileSystemId").value)
        member = member_of(view, view.get(target, "Properties", "SubnetId"))
        mount_targets.setdefault(file_system, []).append(member)
    for members in mount_targets.values():
        facts.add_one_per_zone(members)
    return ZoneFacts(frozenset(facts.distinct_pairs), frozenset(facts.two_zone_lists))
