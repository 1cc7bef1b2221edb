"""Availability Zones of the hosts on which an ECS service places its tasks."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.availability_zones import count_zones
from relint.model.aws.ecs import hosts_of_service, zones_of_host
from relint.resolve.value import ABSENT, Absent, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, *, if_certain: bool = False) -> int | Unknown | Absent:
    """Return the number of zones that the instances of the service may span.

    Unknown if the template does not contain all of its hosts, or the zones are unknown. With `if_certain` the upper
    bound, and ABSENT if the service may run on other hosts or on Fargate.
    """
    hosts = hosts_of_service(view, resource)
    zones = count_zones(view, [member for host in hosts.resources for member in zones_of_host(view, host)])
    if if_certain:
        return zones.upper if zones.members and hosts.are_all else ABSENT
    if not zones.members or (hosts.are_all is False and zones.lower < 2):
        reason = "the instances that its tasks run on are not in this template"
        return Unknown(("Placement", resource.logical_id), reason)
    return zones.as_value()
