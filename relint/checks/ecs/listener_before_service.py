"""Whether CloudFormation creates the listener of an ECS service before the service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

_TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
_FORWARDERS = {
    "AWS::ElasticLoadBalancingV2::Listener": ("Properties", "DefaultActions"),
    "AWS::ElasticLoadBalancingV2::ListenerRule": ("Properties", "Actions"),
}


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem when a service may be created before anything of the template forwards to one of its target groups.

    ECS refuses a service whose target group has no load balancer yet. A target group to which nothing here forwards is
    left alone: its listener is elsewhere and exists already.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
    """
    late: list[tuple[Resource, list[Resource]]] = []
    before: set[str] | None = None
    for group in _target_groups(resource, view):
        forwarders = [one for kind, steps in _FORWARDERS.items() for one in view.referrers(group, (kind,), steps)]
        if forwarders:
            before = before or _created_before(resource, view)
            if not any(one.logical_id in before for one in forwarders):
                late.append((group, forwarders))
    written = view.get(resource, "DependsOn")
    if late and isinstance(written.value, Unknown):
        yield written.value
    elif late:
        group, forwarders = late[0]
        values = {"group": group.logical_id, "listener": forwarders[0].logical_id}
        places: list[tuple[Path, str]] = []
        for target, ones in late:
            places += [(one.path, f'"{one.logical_id}" forwards to "{target.logical_id}".') for one in ones]
        yield Problem(written.path, values, tuple(places))


def _target_groups(service: Resource, view: View) -> Iterator[Resource]:
    seen: set[str] = set()
    for arn in view.select(service, ("Properties", "LoadBalancers", "*", "TargetGroupArn")):
        group = view.target(arn, _TARGET_GROUP)
        if group is not None and group.logical_id not in seen and view.exists(group):
            seen.add(group.logical_id)
            yield group


def _created_before(resource: Resource, view: View) -> set[str]:
    """The logical ids of everything that the resource depends on, directly or through others."""
    found = {resource.logical_id}
    waiting = [resource.logical_id]
    while waiting:
        for edge in view.template.graph.outgoing.get(waiting.pop(), ()):
            if edge.target not in found and view.exists(view.template.resources[edge.target]) and view.holds(edge):
                found.add(edge.target)
                waiting.append(edge.target)
    return found
