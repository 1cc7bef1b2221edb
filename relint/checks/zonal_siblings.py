"""Groups that each stay in one zone and together span several: one group a zone, as stateful nodes need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.model.zones import entries_of, span
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.template import Resource
    from relint.model.view import View

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
    own = _roles(resource, view)
    groups = [one for one in view.resources(resource.type) if one is resource or own & _roles(one, view)]
    lists = [view.get(group, "Properties", name) for group in groups for name in _LISTS]
    return span(view, entries_of(view, [value for value in lists if value.value is not ABSENT])).number()


def _roles(group: Resource, view: View) -> set[Expression]:
    """What tells the role of a group, in canonical form."""
    values = [(steps, view.get(group, "Properties", *steps).value) for steps in _ROLES]
    return {
        (steps, expression_of(view.scenario.plain(value, ()) if isinstance(value, list) else value))
        for steps, value in values
        if value is not ABSENT and value != []
    }
