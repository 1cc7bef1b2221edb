"""Resources in a VPC that has one Availability Zone only."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.vpc.availability_zone_count import fact as count_availability_zones
from relint.model.subnet_lists import listed_members
from relint.model.zone_members import subnet_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_VPC = "AWS::EC2::VPC"


def fact(resource: Resource, view: View) -> bool:
    """Whether the subnets of a VPC of the template, in which the resource lies, provably share one Availability Zone.

    The VPC is that of VpcId, else that of the subnets. False for a VPC of another stack.
    """
    return any(_has_single_zone(view, vpc) for vpc in _vpcs(view, resource))


def _vpcs(view: View, resource: Resource) -> Iterator[Resource]:
    vpc = view.target(view.get(resource, "Properties", "VpcId"), _VPC)
    if vpc is not None:
        yield vpc
        return
    for member in listed_members(view, resource):
        subnet = subnet_of(view, member)
        if subnet is not None:
            vpc = view.target(view.get(subnet, "Properties", "VpcId"), _VPC)
            if vpc is not None:
                yield vpc
                return


def _has_single_zone(view: View, vpc: Resource) -> bool:
    count = count_availability_zones(vpc, view)
    highest = count.maximum if isinstance(count, Unknown) else count
    return isinstance(highest, int | float) and highest < 2
