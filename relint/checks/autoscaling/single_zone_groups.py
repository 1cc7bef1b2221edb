"""Groups that each stay in one zone and together span several: one group a zone, as stateful nodes need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.model.availability_zones import count_zones
from relint.model.zone_members import members_of
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_LISTS = ("VPCZoneIdentifier", "AvailabilityZones", "AvailabilityZoneIds")
_ROLES = (
    ("LaunchTemplate", "LaunchTemplateId"),
    ("LaunchTemplate", "LaunchTemplateName"),
    ("MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification", "LaunchTemplateId"),
    ("MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification", "LaunchTemplateName"),
    ("LaunchConfigurationName",),
    ("TargetGroupARNs",),
    ("LoadBalancerNames",),
)


def fact(resource: Resource, view: View) -> int | Unknown:
    """How many zones the group spans together with its siblings.

    Siblings are the groups of the template that start the same instances or serve the same load balancer.
    """
    roles, groups = view.shared("groups by role", _groups_by_role)
    siblings = {one.logical_id: one for role in roles[resource.logical_id] for one in groups[role]}
    siblings[resource.logical_id] = resource
    key = ("zonal_siblings", "", repr(sorted(siblings)))  # alike for all of them
    if key not in view.facts:
        lists = [view.get(group, "Properties", name) for _, group in sorted(siblings.items()) for name in _LISTS]
        view.facts[key] = count_zones(
            view, members_of(view, [value for value in lists if value.value is not ABSENT])
        ).number()
    found: int | Unknown = view.facts[key]
    return found


def _groups_by_role(view: View) -> tuple[dict[str, set[Expression]], dict[Expression, list[Resource]]]:
    """The roles of each group by its logical id, and the groups by role."""
    roles = {group.logical_id: _roles(group, view) for group in view.resources(_GROUP)}
    groups: dict[Expression, list[Resource]] = {}
    for group in view.resources(_GROUP):
        for role in roles[group.logical_id]:
            groups.setdefault(role, []).append(group)
    return roles, groups


def _roles(group: Resource, view: View) -> set[Expression]:
    """What tells the role of a group, in canonical form."""
    values = [(steps, view.get(group, "Properties", *steps).value) for steps in _ROLES]
    return {
        (steps, expression_of(view.scenario.plain(value, ()) if isinstance(value, list) else value))
        for steps, value in values
        if value is not ABSENT and value != []
    }
