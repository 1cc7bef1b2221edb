"""The address, name or zone that a replaced resource has until CloudFormation deletes it, so that the new one cannot.

CloudFormation creates the new resource first, and deletes the old one after the update of all others (2026-11-29).
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING
from relint.change.service.replacement_chain import changes_by_id, is_replaced
from relint.change.value_text import text_of_value
from relint.model.cidr import cidr_block_of
from relint.model.system.zones import zones_of
from relint.model.zone_members import is_same_zone, zone_of_resource
from relint.resolve.value import ABSENT, Unknown, expression_of, referenced_id

if TYPE_CHECKING:
    from relint.change.records import Comparison, ResourceChange
    from relint.model.resource import Resource


def occupied_by_old(comparison: Comparison, change: ResourceChange) -> str:
    """Return the name, address or zone that keeps CloudFormation from creating the new resource, or ""."""
    if change.kept_name:
        return change.kept_name
    find = _FINDERS.get(change.type)
    if find is None or change.old is None or change.new is None:
        return ""
    return find(comparison, change.old, change.new)


def _address_block(comparison: Comparison, old: Resource, new: Resource) -> str:
    """Return the address block of a deployed subnet of the VPC that the new subnet overlaps.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html (2026-11-29)
    """
    if not _keeps(comparison, old, new, "VpcId"):
        return ""
    block = cidr_block_of(comparison.new, new)
    if block is None or isinstance(block, Unknown):
        return _kept_value(comparison, old, new, "CidrBlock")
    vpc = expression_of(comparison.old.get(old, "Properties", "VpcId").value)
    siblings = [
        cidr_block_of(comparison.old, subnet)
        for subnet in (old, *comparison.old.resources("AWS::EC2::Subnet"))
        if expression_of(comparison.old.get(subnet, "Properties", "VpcId").value) == vpc
    ]
    taken = (one for one in siblings if one is not None and not isinstance(one, Unknown))
    return next((str(one) for one in taken if one.version == block.version and one.overlaps(block)), "")


def _elastic_address(comparison: Comparison, old: Resource, new: Resource) -> str:
    """Return the Elastic IP address that a NAT gateway keeps, which one resource at a time can have.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html (2026-11-29)
    """
    return _kept_value(comparison, old, new, "AllocationId")


def _zone_of_mount_target(comparison: Comparison, old: Resource, new: Resource) -> str:
    """Return the zone of a mount target, of which a file system can have one in each zone.

    https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html (2026-11-29)
    """
    before, after = zone_of_resource(comparison.old, old), zone_of_resource(comparison.new, new)
    if not _keeps(comparison, old, new, "FileSystemId") or not is_same_zone(before, after):
        return ""
    return next(iter(zones_of(comparison.old, old)), "its Availability Zone")


def _port_of_listener(comparison: Comparison, old: Resource, new: Resource) -> str:
    """Return the port of a listener, of which a load balancer can have one for each port.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html (2026-11-29)
    """
    if not _keeps(comparison, old, new, "LoadBalancerArn"):
        return ""
    return _kept_value(comparison, old, new, "Port")


def _kept_value(comparison: Comparison, old: Resource, new: Resource, name: str) -> str:
    if not _keeps(comparison, old, new, name):
        return ""
    value = comparison.new.get(new, "Properties", name).value
    referenced = referenced_id(value.expression) if isinstance(value, Unknown) else None
    return referenced or text_of_value(value)


def _keeps(comparison: Comparison, old: Resource, new: Resource, name: str) -> bool:
    """Whether a property surely means the same before and after the update."""
    before, after = comparison.old.get(old, "Properties", name).value, comparison.new.get(new, "Properties", name).value
    if before is ABSENT or expression_of(before) != expression_of(after):
        return False
    changes = changes_by_id(comparison)
    referenced = changes.get(referenced_id(after.expression) or "") if isinstance(after, Unknown) else None
    values = changes[new.logical_id].properties if new.logical_id in changes else ()
    return not (referenced and is_replaced(referenced)) and all(value.path[1] != name for value in values)


_FINDERS: Mapping[str, Callable[[Comparison, Resource, Resource], str]] = {
    "AWS::EC2::NatGateway": _elastic_address,
    "AWS::EC2::Subnet": _address_block,
    "AWS::EFS::MountTarget": _zone_of_mount_target,
    "AWS::ElasticLoadBalancingV2::Listener": _port_of_listener,
}
