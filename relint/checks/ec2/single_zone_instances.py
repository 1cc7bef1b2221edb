"""Instances that do the same work, and the zones in which they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_INSTANCE = "AWS::EC2::Instance"
_REGISTRIES = {
    "AWS::ElasticLoadBalancingV2::TargetGroup": ("Properties", "Targets", "*", "Id"),
    "AWS::ElasticLoadBalancing::LoadBalancer": ("Properties", "Instances", "*"),
}


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem when the tier of an instance lies in one zone, said of its first instance only.

    Instances are a tier when one target group or Classic Load Balancer registers them. Instances that share image and
    security groups probably are one, so of those it is only a note.
    """
    registered = _registered(resource, view)
    tier = registered or _alike(resource, view)
    if len(tier) < 2 or tier[0] is not resource:
        return
    zones = count_zones(view, [zone_of_resource(view, instance) for instance in tier]).number()
    level: Level | None = None if registered else "note"
    if isinstance(zones, Unknown):
        if registered:
            yield zones
    elif zones < 2:
        related = tuple((instance.path, f'"{instance.logical_id}" stands in the same zone.') for instance in tier[1:])
        yield Problem(resource.path, {"count": len(tier)}, related, level=level)


def _registered(resource: Resource, view: View) -> list[Resource]:
    """All instances that are registered together with this one."""
    for kind, steps in _REGISTRIES.items():
        for registry in view.resources(kind):
            targets = [view.target(item, _INSTANCE) for item in view.select(registry, steps)]
            instances = {one.logical_id: one for one in targets if one is not None}
            if resource.logical_id in instances:
                return [one for one in view.resources(_INSTANCE) if one.logical_id in instances]
    return []


def _alike(resource: Resource, view: View) -> list[Resource]:
    own = _kind(resource)
    return [one for one in view.resources(_INSTANCE) if _kind(one) == own] if own else []


def _kind(instance: Resource) -> tuple[Any, Any] | None:
    """Image and security groups as written; None unless both are."""
    properties = instance.body.get("Properties")
    if not isinstance(properties, dict):
        return None
    image, groups = properties.get("ImageId"), properties.get("SecurityGroupIds")
    return (image, groups) if image and groups else None
