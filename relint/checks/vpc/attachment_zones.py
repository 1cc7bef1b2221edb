"""Zones whose routes lead to a transit gateway that is not attached there.

https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html (2026-11-28)
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.cidr import subnets_of_vpc
from relint.model.system.routes import identity_of, subnets_with_route
from relint.model.system.transit_gateways import is_second
from relint.model.zone_members import ZoneMember, is_same_zone, members_of, subnet_of, zone_of_resource
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at SubnetIds if subnets that route to the transit gateway lie in zones without an attachment.

    Message value: `subnets`. Message `single` if the attachment lies in one zone and its VPC does not. Unknown if
    zones, or the routes to the gateway, are not in the template.
    """
    if is_second(view, resource):
        return
    members = _attached(view, resource)
    path = (*resource.path, "Properties", "SubnetIds")
    zones = count_zones(view, members)
    if zones.upper < 2:
        if not _has_one_zone(view, resource):
            yield Problem(path, message="single")
        return
    if zones.lower < 2:
        yield Unknown(("Zones", resource.logical_id), zones.reason or "its zones are not known")
        return
    routed = _routed(view, resource)
    distant = [subnet for subnet in routed if all(count_zones(view, (zone, subnet)).lower >= 2 for zone in members)]
    if distant:
        related = tuple((subnet.path, "This subnet routes to the transit gateway.") for subnet in distant)
        yield Problem(path, values={"subnets": [subnet.label for subnet in distant]}, related=related)
        return
    if not routed:
        yield Unknown(("Routes", resource.logical_id), "the routes to the transit gateway are not in these files")
    for subnet in routed:
        if not any(is_same_zone(zone, subnet) for zone in members):
            reason = f'"{subnet.label}" may lie in a zone where the transit gateway is not attached'
            yield Unknown(("Zones", subnet.zone, resource.logical_id), reason)
            return


def _attached(view: View, attachment: Resource) -> list[ZoneMember]:
    """Return the subnets of an attachment, with those that an update adds and without those that it removes.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-transitgatewayvpcattachment.html
    """
    added, more, removed = (
        members_of(view, [view.get(attachment, "Properties", name)])
        for name in ("SubnetIds", "AddSubnetIds", "RemoveSubnetIds")
    )
    gone = {member.identity for member in removed}
    return [member for member in (*added, *more) if member.identity not in gone]


def _has_one_zone(view: View, attachment: Resource) -> bool:
    """Whether all subnets of the VPC provably lie in one zone, which is the fault then."""
    vpc = view.target(view.get(attachment, "Properties", "VpcId"), "AWS::EC2::VPC")
    subnets = subnets_of_vpc(view, vpc) if vpc is not None else []
    return bool(subnets) and count_zones(view, [zone_of_resource(view, subnet) for subnet in subnets]).upper < 2


def _routed(view: View, attachment: Resource) -> list[ZoneMember]:
    """Return the subnets of the VPC with a route to the transit gateway."""
    gateway, vpc = (
        identity_of(view, view.get(attachment, "Properties", name)) for name in ("TransitGatewayId", "VpcId")
    )

    def leads_there(route: Resource) -> bool:
        return bool(identity_of(view, view.get(route, "Properties", "TransitGatewayId")) == gateway)

    def is_elsewhere(subnet: ZoneMember) -> bool:
        resource = subnet_of(view, subnet)
        return resource is not None and bool(identity_of(view, view.get(resource, "Properties", "VpcId")) != vpc)

    return [subnet for subnet in subnets_with_route(view, leads_there) if not is_elsewhere(subnet)]
