"""Volumes and the zones of the instances to which they are attached."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.subnet_lists import listed_members
from relint.model.zone_members import is_same_zone, zone_of_resource
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

_INSTANCE, _VOLUME = "AWS::EC2::Instance", "AWS::EC2::Volume"
_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_USER_DATA = {
    "AWS::AutoScaling::LaunchConfiguration": ("UserData",),
    "AWS::EC2::LaunchTemplate": ("LaunchTemplateData", "UserData"),
}


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem for each volume that an attachment, or an instance, attaches across zones.

    At VolumeId, with the value `volume`. At AvailabilityZone of a volume, a note with the message `group` and the value
    `group`, if instances of several zones name it in their start script. Unknown
    if the zones may differ, and for an instance or a volume of another stack.
    """
    if resource.type == _VOLUME:
        yield from _wandering_hosts(view, resource)
        return
    if resource.type == _INSTANCE:
        volumes = view.select(resource, ("Properties", "Volumes", "*", "VolumeId"))
        for volume in volumes:
            yield from _compare(view, volume, view.target(volume, _VOLUME), resource)
        return
    volume_id = view.get(resource, "Properties", "VolumeId")
    instance = view.target(view.get(resource, "Properties", "InstanceId"), _INSTANCE)
    yield from _compare(view, volume_id, view.target(volume_id, _VOLUME), instance)


def _wandering_hosts(view: View, volume: Resource) -> Iterator[Problem]:
    """Yield the problem of a volume that the start scripts of a group in several zones name."""
    for template in view.referrers(volume, tuple(_USER_DATA)):
        if template not in view.referrers(volume, (template.type,), ("Properties", *_USER_DATA[template.type])):
            continue
        for group in view.referrers(template, (_GROUP,), ("Properties",)):
            if count_zones(view, listed_members(view, group)).lower >= 2:
                related = (
                    (template.path, "Its start script names the volume."),
                    (group.path, "It starts the instances."),
                )
                values = {"group": group.logical_id}
                path = (*volume.path, "Properties", "AvailabilityZone")
                yield Problem(path, values=values, related=related, message="group", level="note")
                return


def _compare(
    view: View, attached: Located, volume: Resource | None, instance: Resource | None
) -> Iterator[Problem | Unknown]:
    if volume is None or instance is None:
        yield Unknown(("Attached", attached.path), "the instance or the volume is of another stack")
        return
    left, right = zone_of_resource(view, volume), zone_of_resource(view, instance)
    if is_same_zone(left, right):
        return
    if count_zones(view, (left, right)).lower < 2:
        reason = f'"{volume.logical_id}" and "{instance.logical_id}" may lie in different zones'
        yield Unknown(("Zones", left.zone, right.zone), reason)
        return
    zone_of_instance = view.get(instance, "Properties", "AvailabilityZone")
    here = zone_of_instance if zone_of_instance.value is not ABSENT else view.get(instance, "Properties", "SubnetId")
    related = (
        (
            view.get(volume, "Properties", "AvailabilityZone").path,
            f"The volume lies in {describe_expression(left.zone)}.",
        ),
        (here.path, f"The instance lies in {describe_expression(right.zone)}."),
    )
    yield Problem(attached.path, values={"volume": volume.logical_id}, related=related)
