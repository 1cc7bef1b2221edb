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
_TEMPLATE_PATHS: tuple[tuple[str, ...], ...] = (
    ("LaunchTemplate", "LaunchTemplateId"),
    ("LaunchTemplate", "LaunchTemplateName"),
    ("MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification", "LaunchTemplateId"),
    ("MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification", "LaunchTemplateName"),
    ("LaunchConfigurationName",),
)
_ROLE_PATHS = (
    *_TEMPLATE_PATHS,
    ("TargetGroupARNs",),
    ("LoadBalancerNames",),
    ("TrafficSources",),
)


def fact(resource: Resource, view: View) -> int | Unknown:
    """Return the number of zones that the group spans together with its siblings.

    Siblings are the groups of the template that start the same instances or serve the same load balancer.
    Unknown (with bounds) if the zones of a group are unknown, or whether another group is a sibling.
    """
    roles, groups_by_role = view.cached("groups by role", _groups_by_role)
    siblings = {group.logical_id: group for role in roles[resource.logical_id] for group in groups_by_role[role]}
    siblings[resource.logical_id] = resource
    groups = [group for _, group in sorted(siblings.items())]
    key = f"zones of groups {', '.join(sorted(siblings))}"  # siblings share the result
    zones = view.cached(key, lambda view: _count_zones_of_groups(view, groups))
    others = [group for group in view.resources(_GROUP) if group.logical_id not in siblings]
    possible = next((group for group in others if _may_be_sibling(view, resource, group)), None)
    if possible is None or isinstance(zones, Unknown):
        return zones
    reason = f'whether "{possible.logical_id}" starts the same instances as "{resource.logical_id}" is not known'
    return Unknown(("Sibling", resource.logical_id), reason, minimum=zones)


def _may_be_sibling(view: View, group: Resource, other: Resource) -> bool:
    """Whether both groups name a launch template, of which the template does not decide one."""
    for path in _TEMPLATE_PATHS:
        values = [view.get(each, "Properties", *path).value for each in (group, other)]
        is_open = any(isinstance(value, Unknown) and not value.named_here for value in values)
        if is_open and ABSENT not in values:
            return True
    return False


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
