"""Distinct Availability Zones that every successful deployment proves."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.subnet_lists import ONE_PER_ZONE, TWO_ZONES, subnet_lists
from relint.model.zone_members import ZoneMember, member_of
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Expression, arguments_of, expression_of, is_call

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


MAX_COMPARED = 60
"""Limit on the members of a list that are compared pairwise; a longer list can only make a lower bound too low."""

_LOAD_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
_ONE_PER_ZONE = ONE_PER_ZONE | {"AWS::AmazonMQ::Broker"}
"""Amazon MQ cannot create the endpoints of a broker with two subnets of one zone. Looked up on 2026-11-28.

https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html
"""

_TWO_ZONES = TWO_ZONES | {"AWS::MSK::Cluster"}
_SHARED = {
    "AWS::EC2::ClientVpnTargetNetworkAssociation": "ClientVpnEndpointId",
    "AWS::EFS::MountTarget": "FileSystemId",
}
"""By type: the property that names what has one such resource for each zone."""

_SHARED_RULES = {
    "AWS::EC2::ClientVpnTargetNetworkAssociation": ("", "associations"),
    "AWS::EFS::MountTarget": ("D4", "mount targets"),
}
_RULES = {
    "AWS::DocDB::DBSubnetGroup": "D5",
    "AWS::ElasticLoadBalancing::LoadBalancer": "D7",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "D7",
    "AWS::MSK::Cluster": "D6",
    "AWS::Neptune::DBSubnetGroup": "D5",
    "AWS::RDS::DBSubnetGroup": "D5",
}
"""The numbers that docs/assess.md gives to the rules of types; D3 is that of an Application Load Balancer."""

_TYPES = tuple(sorted({*_ONE_PER_ZONE, *_TWO_ZONES, _LOAD_BALANCER}))


class ZoneProof(NamedTuple):
    """The reason why two zones differ: the number of a rule, "" for one that has none, and a clause.

    `is_proven` is false where AWS only tries to keep them apart.
    """

    rule: str
    says: str
    is_proven: bool = True


class ZoneFacts(NamedTuple):
    """Facts about zones that are true of any successful deployment.

    `distinct_pairs` are pairs of subnets or zones in different zones, with the reason; `two_zone_lists` are lists of
    unknown length that span two zones or more.
    """

    distinct_pairs: Mapping[frozenset[Expression], ZoneProof]
    two_zone_lists: frozenset[Expression]


NO_ZONE_FACTS = ZoneFacts(distinct_pairs={}, two_zone_lists=frozenset())


class _FactCollector:
    """The facts that the resources of a template prove, while they are collected."""

    def __init__(self) -> None:
        self.distinct_pairs: dict[frozenset[Expression], ZoneProof] = {}
        self.two_zone_lists: set[Expression] = set()

    def add_one_per_zone(self, members: list[ZoneMember], proof: ZoneProof) -> None:
        """Add the fact that no two members are in the same zone."""
        for index, left in enumerate(members[:MAX_COMPARED]):
            for right in members[index + 1 : MAX_COMPARED]:
                if not left.is_list and not right.is_list:
                    self.distinct_pairs.setdefault(frozenset((left.identity, right.identity)), proof)
                    self.distinct_pairs.setdefault(frozenset((left.zone, right.zone)), proof)

    def add_two_zones(self, members: list[ZoneMember], proof: ZoneProof) -> None:
        """Add the fact that the members span at least two zones."""
        if len(members) == 1 and members[0].is_list:
            self.two_zone_lists.add(members[0].identity)
        if len(members) == 2:
            self.add_one_per_zone(members, proof)

    def add_lists_of_distinct_members(self) -> None:
        """Add the fact that a list spans two zones if two of its members lie in different ones."""
        for pair in self.distinct_pairs:
            if all(is_call(member, "Select") for member in pair):
                lists = {arguments_of(member)[1] for member in pair}
                if len(lists) == 1:
                    self.two_zone_lists |= lists


def proven_facts(view: View) -> ZoneFacts:
    """Return the facts about zones that the resources of a template prove.

    Types that reject two subnets of one zone prove that theirs lie in different ones, and types that reject a single
    zone that theirs span two. An Application Load Balancer does both; a file system has one mount target for each zone,
    and a Client VPN endpoint one association.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
    https://docs.aws.amazon.com/efs/latest/ug/manage-fs-access.html
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-clientvpntargetnetworkassociation.html
    """
    facts = _FactCollector()
    for resource in view.resources(*_TYPES):
        members = [
            member
            for listed, path in subnet_lists(view, resource)
            if "AvailabilityZones" not in path
            for member in listed
        ]
        if resource.type in _ONE_PER_ZONE:
            says = f"two subnets of {resource.logical_id} cannot share a zone"
            facts.add_one_per_zone(members, ZoneProof(_rule_of(view, resource), says))
        if resource.type in _TWO_ZONES or _is_application_load_balancer(view, resource):
            says = f"{resource.logical_id} needs two zones, and has two subnets"
            facts.add_two_zones(members, ZoneProof(_rule_of(view, resource), says))
    for resource_type, property_name in _SHARED.items():
        sharing: dict[Expression, list[ZoneMember]] = {}
        for resource in view.resources(resource_type):
            shared = expression_of(view.get(resource, "Properties", property_name).value)
            subnet = member_of(view, view.get(resource, "Properties", "SubnetId"))
            sharing.setdefault(shared, []).append(subnet)
        rule, noun = _SHARED_RULES[resource_type]
        for shared, members in sharing.items():
            says = f"two {noun} of {describe_expression(shared)} cannot share a zone"
            facts.add_one_per_zone(members, ZoneProof(rule, says))
    facts.add_lists_of_distinct_members()
    return ZoneFacts(facts.distinct_pairs, frozenset(facts.two_zone_lists))


def _rule_of(view: View, resource: Resource) -> str:
    return "D3" if _is_application_load_balancer(view, resource) else _RULES.get(resource.type, "")


def _is_application_load_balancer(view: View, resource: Resource) -> bool:
    return resource.type == _LOAD_BALANCER and view.get(resource, "Properties", "Type").value in (ABSENT, "application")
