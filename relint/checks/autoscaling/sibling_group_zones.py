"""Zones that an Auto Scaling group spans together with its siblings.

Stateful nodes often run in one group for each zone, so each group is in a single zone.
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.availability_zones import count_zones
from relint.model.aws.auto_scaling import zone_lists
from relint.model.zone_members import members_of
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_ROLE_PATHS = (
    ("LaunchTemplate", "LaunchTemplateId"),
    ("LaunchTemplate", "LaunchTemplateName"),
    ("MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification", "LaunchTemplateId"),
    ("MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification", "LaunchTemplateName"),
    ("LaunchConfigurationName",),
    ("TargetGroupARNs",),
    ("LoadBalancerNames",),
    ("TrafficSources",),
)


def fact(resource: Resource, view: View) -> int | Unknown:
    """Return the number of zones that the group spans together with its siblings.

    Siblings are the groups of the template that start the same instances or serve the same load balancer.
    Unknown (with bounds) if the zones of a group are unknown.
    """
    roles, groups_by_role = view.cached("groups by role", _groups_by_role)
    siblings = {group.logical_id: group for role in roles[resource.logical_id] for group in groups_by_role[role]}
    siblings[resource.logical_id] = resource
    groups = [group for _, group in sorted(siblings.items())]
    key = f"zones of groups {', '.join(sorted(siblings))}"  # siblings share the result
    return view.cached(key, lambda view: _count_zones_of_groups(view, groups))


def _count_zones_of_groups(view: View, groups: list[Resource]) -> int | Unknown:
    lists = [located for group in groups for located in zone_lists(view, group)]
    return count_zones(view, members_of(view, lists)).as_value()


def _groups_by_role(view: View) -> tuple[dict[str, set[Expression]], dict[Expression, list[Resource]]]:
    """Return the roles of each group by logical ID, and the groups by role."""
    roles = {group.logical_id: _roles(view, group) for group in view.resources(_GROUP)}
    groups: dict[Expression, list[Resource]] = {}
    for group in view.resources(_GROUP):
        for role in roles[group.logical_id]:
            groups.setdefault(role, []).append(group)
    return roles, groups


def _roles(view: View, group: Resource) -> set[Expression]:
    """Return the canonical forms of the properties that describe the role of a group."""
    values = [(path, view.get(group, "Properties", *path).value) for path in _ROLE_PATHS]
    return {
        (path, expression_of(view.scenario.resolve_deep(value, ()) if isinstance(value, list) else value))
        for path, value in values
        if value is not ABSENT and value != []
    }
