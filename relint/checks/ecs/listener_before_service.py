"""ECS services that CloudFormation may create before the listener of their target group."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.creation_order import created_before
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
    """Yield a problem at DependsOn if the service does not depend on its listener.

    A listener, or a rule of one, forwards to a target group of the service. ECS rejects a service whose target
    group has no load balancer yet. A target group without listeners in the template is left out: its listener
    exists already. Message values: `group`, `listener`. Unknown if DependsOn is unknown.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
    """
    late_forwarders: list[tuple[Resource, list[Resource]]] = []
    dependencies: set[str] | None = None
    for group in _target_groups(view, resource):
        forwarders = [
            forwarder
            for resource_type, path in _FORWARDERS.items()
            for forwarder in view.referrers(group, (resource_type,), path)
        ]
        if forwarders:
            dependencies = dependencies or created_before(view, resource)
            if not any(forwarder.logical_id in dependencies for forwarder in forwarders):
                late_forwarders.append((group, forwarders))
    depends_on = view.get(resource, "DependsOn")
    if late_forwarders and isinstance(depends_on.value, Unknown):
        yield depends_on.value
    elif late_forwarders:
        first_group, first_forwarders = late_forwarders[0]
        values = {"group": first_group.logical_id, "listener": first_forwarders[0].logical_id}
        related: list[tuple[Path, str]] = []
        for group, forwarders in late_forwarders:
            related += [
                (forwarder.path, f'"{forwarder.logical_id}" forwards to "{group.logical_id}".')
                for forwarder in forwarders
            ]
        yield Problem(depends_on.path, values=values, related=tuple(related))


def _target_groups(view: View, service: Resource) -> Iterator[Resource]:
    visited: set[str] = set()
    for arn in view.select(service, ("Properties", "LoadBalancers", "*", "TargetGroupArn")):
        group = view.target(arn, _TARGET_GROUP)
        if group is not None and group.logical_id not in visited and view.exists(group):
            visited.add(group.logical_id)
            yield group
