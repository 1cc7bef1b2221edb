"""Availability Zones of the tiers of a network: its public, private and isolated subnets.

https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html (2026-11-28)
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.checks.problem import Problem
from relint.model.availability_zones import ZoneCount, count_zones
from relint.model.cidr import subnets_of_vpc
from relint.model.subnet_lists import SUBNET_LISTS
from relint.model.system.paths import reachable
from relint.model.system.redundancy import redundancy_of
from relint.model.system.resource_groups import GROUPS
from relint.model.system.routes import SubnetClass, subnet_class, subnet_id
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_NETWORK_TYPES = frozenset(
    {
        "AWS::EC2::TransitGatewayAttachment",
        "AWS::EC2::TransitGatewayVpcAttachment",
        "AWS::EC2::VPCEndpoint",
        "AWS::NetworkFirewall::Firewall",
        "AWS::Route53Resolver::ResolverEndpoint",
    }
)
"""Types that lie in subnets as part of the network, for which other rules demand zones."""

_HOLDERS = (
    *(name for name in SUBNET_LISTS if name not in _NETWORK_TYPES),
    "AWS::EC2::Instance",
    "AWS::EFS::MountTarget",
)
_SINGLE = ("AWS::EC2::Instance", "AWS::AutoScaling::AutoScalingGroup")
_DATABASES = ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::ElastiCache::ReplicationGroup")


class _Tier(NamedTuple):
    """Subnets of one class, what lies in them, and their zones."""

    name: SubnetClass
    subnets: list[Resource]
    holders: list[Resource]
    zones: ZoneCount


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the first subnet of a tier that holds resources and lies in one zone.

    Message values: `tier` and `network`. Message `fewer`, at level note, for a tier with fewer zones than one that
    depends on it, with the values `zones`, `others`, `dependent` and `needed`. No problem if the whole network lies in
    one zone. Unknown if zones are, or if a subnet whose routes are unknown may belong to the tier.
    """
    subnets = subnets_of_vpc(view, resource)
    members = [zone_of_resource(view, subnet) for subnet in subnets]
    if count_zones(view, members).upper < 2:
        return
    classes = {subnet.logical_id: subnet_class(view, subnet_id(subnet)) for subnet in subnets}
    unclear = [subnet for subnet in subnets if isinstance(classes[subnet.logical_id], Unknown)]
    tiers = [tier for name in ("public", "private", "isolated") if (tier := _tier(view, subnets, classes, name))]
    for tier in tiers:
        if tier.zones.lower >= 2:
            continue
        with_unclear = [zone_of_resource(view, subnet) for subnet in (*tier.subnets, *unclear)]
        if tier.zones.upper < 2 and count_zones(view, with_unclear).upper < 2:
            values = {"tier": tier.name, "network": resource.logical_id}
            others = tuple((subnet.path, "It is another subnet of this tier.") for subnet in tier.subnets[1:])
            related = (*others, *((holder.path, "It lies in this tier.") for holder in tier.holders[:3]))
            yield Problem(tier.subnets[0].path, values=values, related=related)
        else:
            reason = tier.zones.reason or f'the routes of "{unclear[0].logical_id}" are not in these files'
            yield Unknown(("Tier", resource.logical_id, tier.name), reason)
    yield from _with_fewer_zones(view, [tier for tier in tiers if tier.zones.lower >= 2])


def _tier(
    view: View, subnets: list[Resource], classes: dict[str, SubnetClass | Unknown], name: SubnetClass
) -> _Tier | None:
    """Return the subnets of a class, None if nothing that could be spread lies in them."""
    group = [subnet for subnet in subnets if classes[subnet.logical_id] == name]
    holders = {holder.logical_id: holder for subnet in group for holder in _holders(view, subnet)}
    counted = list(holders.values())
    singles = [holder for holder in counted if name == "public" and _is_single(view, holder)]
    if not group or len(counted) - len(singles) + len(singles) // 2 == 0:  # one bastion host is none
        return None
    for holder in tuple(counted):
        if holder.type in GROUPS["subnet groups"]:
            counted += view.referrers(holder, _DATABASES, ("Properties",))
    return _Tier(name, group, counted, count_zones(view, [zone_of_resource(view, subnet) for subnet in group]))


def _holders(view: View, subnet: Resource) -> list[Resource]:
    key = f"what lies in {subnet.logical_id}"
    return view.cached(key, lambda view: view.referrers(subnet, _HOLDERS, ("Properties",)))


def _is_single(view: View, holder: Resource) -> bool:
    return holder.type in _SINGLE and redundancy_of(view, holder).units.is_one


def _with_fewer_zones(view: View, tiers: list[_Tier]) -> Iterator[Problem]:
    """Yield a problem for each tier that has fewer zones than one that depends on it."""
    for tier in tiers:
        for other in tiers:
            if tier.zones.upper >= other.zones.lower:
                continue
            pair = _dependency(view, other, tier)
            if pair is not None:
                dependent, needed = pair
                values = {
                    "tier": tier.name,
                    "zones": tier.zones.upper,
                    "others": other.zones.lower,
                    "dependent": dependent.logical_id,
                    "needed": needed.logical_id,
                }
                related = ((dependent.path, "It depends on this tier."), (needed.path, "It lies in this tier."))
                yield Problem(tier.subnets[0].path, values=values, related=related, message="fewer", level="note")
                break


def _dependency(view: View, dependent: _Tier, needed: _Tier) -> tuple[Resource, Resource] | None:
    for holder in dependent.holders:
        reached = reachable(view, holder)
        for target in needed.holders:
            if target.logical_id in reached and target != holder:
                return holder, target
    return None
