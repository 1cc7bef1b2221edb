"""Instances that do the same work, and the zones in which they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.evaluate.problem import Problem
from relint.model.zones import span, zone_of
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.template import Resource
    from relint.model.view import View

_INSTANCE = "AWS::EC2::Instance"
_REGISTRIES = {
    "AWS::ElasticLoadBalancingV2::TargetGroup": ("Properties", "Targets", "*", "Id"),
    "AWS::ElasticLoadBalancing::LoadBalancer": ("Properties", "Instances", "*"),
}


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem when the tier of an instance lies in one zone, said of its first instance only.

    Instances are a tier when one target group or Classic Load Balancer registers them, or when they share image and
    security groups.
    """
    tier = _registered(resource, view) or _alike(resource, view)
    if len(tier) < 2 or tier[0] is not resource:
        return
    zones = span(view, [zone_of(view, instance) for instance in tier]).number()
    if isinstance(zones, Unknown):
        yield zones
    elif zones < 2:
        related = tuple((instance.path, f'"{instance.logical_id}" stands in the same zone.') for instance in tier[1:])
        yield Problem(resource.path, {"count": len(tier)}, related)


def _registered(resource: Resource, view: View) -> list[Resource]:
    """All instances that are registered together with this one."""
    for kind, steps in _REGISTRIES.items():
        for registry in view.resources(kind):
            targets = [view.target(item, _INSTANCE) for item in view.select(registry, steps)]
            instances = list({one.logical_id: one for one in targets if one is not None}.values())
            if resource in instances:
                return [one for one in view.resources(_INSTANCE) if one in instances]
    return []


def _alike(resource: Resource, view: View) -> list[Resource]:
    own = _kind(resource, view)
    return [one for one in view.resources(_INSTANCE) if _kind(one, view) == own] if own else []


def _kind(instance: Resource, view: View) -> tuple[Expression, Expression] | None:
    """Image and security groups in canonical form; None unless both are given."""
    image = view.get(instance, "Properties", "ImageId").value
    groups = [expression_of(item.value) for item in view.select(instance, ("Properties", "SecurityGroupIds", "*"))]
    return (expression_of(image), frozenset(groups)) if image is not ABSENT and groups else None
