"""Stores whose security groups admit addresses of the own network rather than other security groups."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.model.system.group_rules import members_by_group
from relint.model.system.resource_groups import STORES
from relint.resolve.value import Unknown, attribute_name, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_GROUP = "AWS::EC2::SecurityGroup"
_RULE = "AWS::EC2::SecurityGroupIngress"
_ONE_ADDRESS = 32
_PRIVATE = ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16")
"""The blocks that AWS recommends for VPCs, and the one that it allows beside them.

https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html (2026-11-29)
"""


def stores_for_own_network(view: View) -> Iterator[str]:
    """Yield the logical ids of stores that admit a block of private addresses, that of the VPC, or all addresses."""
    members = members_by_group(view.template)
    for group in view.resources(_GROUP):
        if members.get(group.logical_id) and _admits_own_network(view, group):
            for reference in members[group.logical_id]:
                if view.is_active(reference):
                    yield from _stores_of(view, view.template.resources[reference.source])


def _stores_of(view: View, member: Resource) -> Iterator[str]:
    if member.type == "AWS::EFS::MountTarget":
        yield from (one.logical_id for one in view.referents(member, ("AWS::EFS::FileSystem",)))
    elif member.type in STORES:
        yield member.logical_id


def _admits_own_network(view: View, group: Resource) -> bool:
    rules = view.select(group, ("Properties", "SecurityGroupIngress", "*"))
    rules += [view.get(rule, "Properties") for rule in view.referrers(group, (_RULE,), ("Properties", "GroupId"))]
    return any(_is_own_network(view.get(rule, "CidrIp").value) for rule in rules)


def _is_own_network(block: Any) -> bool:
    if isinstance(block, Unknown):
        return attribute_name(block.expression) == "CidrBlock"
    from ipaddress import IPv4Network

    try:
        network = IPv4Network(scalar_text(block), strict=False)
    except ValueError:
        return False
    if network.prefixlen in (0, _ONE_ADDRESS):
        return network.prefixlen == 0
    return any(network.subnet_of(IPv4Network(private)) for private in _PRIVATE)
