"""File systems without mount targets in several zones, or in a zone of their clients."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.zone_members import ZoneMember, is_distinct_zone, members_of, zone_of_resource
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_MOUNT_TARGET = "AWS::EFS::MountTarget"
_FUNCTION = "AWS::Lambda::Function"
_VOLUMES = ("Properties", "Volumes")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at a file system with mount targets in one zone.

    Message `uncovered`, with `client`, if a client lies in a zone that provably has no mount target.
    Unknown if the number of zones is unknown.
    """
    targets = view.referrers(resource, (_MOUNT_TARGET,), ("Properties", "FileSystemId"))
    mount_zones = [zone_of_resource(view, target) for target in targets]
    zones = count_zones(view, mount_zones).as_value()
    if isinstance(zones, Unknown):
        yield zones
        return
    if zones < 2:
        related = tuple((member.path, f'"{member.label}" is its mount target.') for member in mount_zones)
        yield Problem(resource.path, related=related)
        return
    for client, client_zones in _clients(view, resource):
        for client_zone in client_zones:
            if all(is_distinct_zone(client_zone, mount_zone) for mount_zone in mount_zones):
                related = ((client_zone.path, f'"{client.logical_id}" runs here.'),)
                values = {"client": client.logical_id}
                yield Problem(resource.path, values=values, related=related, message="uncovered")
                return


def _clients(view: View, resource: Resource) -> Iterator[tuple[Resource, list[ZoneMember]]]:
    """Yield the functions and services that mount the file system, with their zones."""
    access_points = view.referrers(resource, ("AWS::EFS::AccessPoint",), ("Properties", "FileSystemId"))
    for source in (resource, *access_points):
        for function in view.referrers(source, (_FUNCTION,), ("Properties", "FileSystemConfigs")):
            yield function, _zone_members(view, function, ("VpcConfig", "SubnetIds"))
        for task in view.referrers(source, ("AWS::ECS::TaskDefinition",), _VOLUMES):
            for service in view.referrers(task, ("AWS::ECS::Service",), ("Properties", "TaskDefinition")):
                network_path = ("NetworkConfiguration", "AwsvpcConfiguration", "Subnets")
                yield service, _zone_members(view, service, network_path)


def _zone_members(view: View, client: Resource, path: tuple[str, ...]) -> list[ZoneMember]:
    members = members_of(view, [view.get(client, "Properties", *path)])
    return [member for member in members if not member.is_list]
