"""Zones that an Auto Scaling group spans together with its siblings.

Stateful nodes often run in one group for each zone, so each group is in a single zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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

_Templates = Mapping[tuple[str, ...], bool]


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
    templates = view.cached("launch templates of groups", _launch_templates)
    own = templates[resource.logical_id]
    others = ((name, other) for name, other in templates.items() if name not in siblings)
    possible = next((name for name, other in others if _may_be_sibling(own, other)), None)
    if possible is None or isinstance(zones, Unknown):
        return zones
    reason = f'whether "{possible}" starts the same instances as "{resource.logical_id}" is not known'
    return Unknown(("Sibling", resource.logical_id), reason, minimum=zones)


def _may_be_sibling(group: _Templates, other: _Templates) -> bool:
    """Whether both groups name a launch template, of which the template does not decide one."""
    return any(path in other and (is_open or other[path]) for path, is_open in group.items())


def _launch_templates(view: View) -> dict[str, _Templates]:
    """Return the properties by which each group names its launch template: whether the template leaves them open."""
    return {group.logical_id: dict(_named_templates(view, group)) for group in view.resources(_GROUP)}


def _named_templates(view: View, group: Resource) -> Iterator[tuple[tuple[str, ...], bool]]:
    for path in _TEMPLATE_PATHS:
        value = view.get(group, "Properties", *path).value
        if value is not ABSENT:
            yield path, isinstance(value, Unknown) and not value.named_here


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
