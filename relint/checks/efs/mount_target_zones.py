"""The zones in which a file system can be mounted, and those of its clients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.zone_members import ZoneMember, is_distinct_zone, members_of, zone_of_resource
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_TARGET = "AWS::EFS::MountTarget"
_FUNCTIONS = ("AWS::Lambda::Function",)
_VOLUMES = ("Properties", "Volumes")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem when all mount targets lie in one zone, or when a client lies in a zone that provably has none."""
    targets = view.referrers(resource, (_TARGET,), ("Properties", "FileSystemId"))
    mounted = [zone_of_resource(view, target) for target in targets]
    zones = count_zones(view, mounted).number()
    if isinstance(zones, Unknown):
        yield zones
        return
    if zones < 2:
        related = tuple((entry.path, f'"{entry.label}" is its mount target.') for entry in mounted)
        yield Problem(resource.path, {}, related)
        return
    for client, places in _clients(resource, view):
        for place in places:
            if all(is_distinct_zone(place, own) for own in mounted):
                related = ((place.path, f'"{client.logical_id}" runs here.'),)
                yield Problem(resource.path, {"client": client.logical_id}, related, "uncovered")
                return


def _clients(resource: Resource, view: View) -> Iterator[tuple[Resource, list[ZoneMember]]]:
    """Functions and services that mount the file system, directly or through an access point, with their zones."""
    points = view.referrers(resource, ("AWS::EFS::AccessPoint",), ("Properties", "FileSystemId"))
    for source in (resource, *points):
        for function in view.referrers(source, _FUNCTIONS, ("Properties", "FileSystemConfigs")):
            yield function, _entries(function, view, ("VpcConfig", "SubnetIds"))
        for task in view.referrers(source, ("AWS::ECS::TaskDefinition",), _VOLUMES):
            for service in view.referrers(task, ("AWS::ECS::Service",), ("Properties", "TaskDefinition")):
                yield service, _entries(service, view, ("NetworkConfiguration", "AwsvpcConfiguration", "Subnets"))


def _entries(client: Resource, view: View, steps: tuple[str, ...]) -> list[ZoneMember]:
    located = view.get(client, "Properties", *steps)
    found = members_of(view, [located]) if located.value is not ABSENT else []
    return [entry for entry in found if not entry.many]
