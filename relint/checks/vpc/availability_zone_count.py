"""Zones of the Region in which the subnets of a VPC lie."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.availability_zones import count_zones
from relint.model.zone_kinds import zone_kind
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import ABSENT, Absent, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> int | Unknown | Absent:
    """Return the number of Availability Zones that the subnets of the VPC span; ABSENT if it has no such subnet.

    Local Zones, Wavelength Zones and Outposts do not count: they hold less, and depend on a zone of the Region.
    """
    subnets = view.referrers(resource, ("AWS::EC2::Subnet",), ("Properties", "VpcId"))
    zones = [zone_of_resource(view, subnet) for subnet in subnets]
    zones = [zone for zone in zones if zone_kind(view, zone) not in ("local-zone", "outpost")]
    return count_zones(view, zones).as_value() if zones else ABSENT
