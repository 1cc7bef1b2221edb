"""Instances of one tier that all lie in one Availability Zone."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.aws.serving_instances import registered_with, similar_to
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_PLACEMENT_GROUP = "AWS::EC2::PlacementGroup"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the first instance of a tier in one zone.

    Instances are a tier if one target group or Classic Load Balancer registers them. Instances that share image and
    security groups are probably a tier, so their problem is a note.
    Message value: `count`. Unknown if the number of zones of registered instances is unknown.
    """
    registered_instances = registered_with(view, resource)
    tier = registered_instances or similar_to(view, resource)
    if len(tier) < 2 or tier[0] is not resource:
        return
    zones = 1 if _shares_cluster_group(view, tier) else _count_zones(view, tier)
    level: Level | None = None if registered_instances else "note"
    if isinstance(zones, Unknown):
        if registered_instances:
            yield zones
    elif zones < 2:
        related = tuple((instance.path, f'"{instance.logical_id}" stands in the same zone.') for instance in tier[1:])
        yield Problem(resource.path, values={"count": len(tier)}, related=related, level=level)


def _count_zones(view: View, tier: list[Resource]) -> int | Unknown:
    return count_zones(view, [zone_of_resource(view, instance) for instance in tier]).as_value()


def _shares_cluster_group(view: View, tier: list[Resource]) -> bool:
    """Whether all instances are in one cluster placement group of the template, which is in one zone.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html
    """
    groups = [
        view.target(view.get(instance, "Properties", "PlacementGroupName"), _PLACEMENT_GROUP) for instance in tier
    ]
    group = groups[0]
    if group is None or any(other is not group for other in groups):
        return False
    return bool(view.get(group, "Properties", "Strategy").value == "cluster")
