"""Kinds of zones in which subnets lie: few of them are Availability Zones with others beside them."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Literal
from relint.model.zone_members import ZoneMember, subnet_of
from relint.resolve.value import ABSENT, arguments_of, is_call, is_concat, parts_of

if TYPE_CHECKING:
    from relint.model.view import View

ZoneKind = Literal["availability-zone", "local-zone", "outpost", "unknown"]

_EDGE_ZONE = r"-\d+-[a-z]+-\d+[a-z]$|^[a-z]+\d-[a-z]+\d-az\d+$|-wlz-?\d+$"
"""Names and ids of Local Zones (us-west-2-lax-1a, usw2-lax1-az1) and Wavelength Zones (us-east-1-wl1-bos-wlz-1).

https://docs.aws.amazon.com/local-zones/latest/ug/available-local-zones.html (2026-11-28)
https://docs.aws.amazon.com/wavelength/latest/developerguide/available-wavelength-zones.html (2026-11-28)
Compiled on first use, because few templates name a zone.
"""


def zone_kind(view: View, member: ZoneMember) -> ZoneKind:
    """Return the kind of zone in which a subnet, or a zone of a list, lies; Wavelength Zones count as Local Zones.

    AWS creates a subnet without a zone in an Availability Zone, and Fn::GetAZs returns Availability Zones only.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnet.html
    """
    subnet = subnet_of(view, member)
    if subnet is not None:
        if view.get(subnet, "Properties", "OutpostArn").value is not ABSENT:
            return "outpost"
        if is_call(member.zone, "Anywhere"):
            return "availability-zone"
    if is_call(member.zone, "Zone"):
        (name,) = arguments_of(member.zone)
        return _kind_of_name(name)
    if is_concat(member.zone):
        region, *ending = parts_of(member.zone)  # such as ${AWS::Region}a
        is_readable = not isinstance(region, str) and len(ending) == 1 and isinstance(ending[0], str)
        return _kind_of_name(f"us-east-1{ending[0]}") if is_readable else "unknown"
    if is_call(member.zone, "Select"):
        _, zones = arguments_of(member.zone)
        return "availability-zone" if is_call(zones, "GetAZs") else "unknown"
    return "availability-zone" if member.spans_two_zones else "unknown"


def _kind_of_name(name: str) -> ZoneKind:
    return "local-zone" if re.search(_EDGE_ZONE, name) else "availability-zone"
