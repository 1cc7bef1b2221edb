"""Spot groups that share their work with On-Demand capacity."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of, negate
from relint.model.aws.auto_scaling import has_on_demand_instances
from relint.resolve.value import ABSENT, Expression, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_PROVIDER = "AWS::ECS::CapacityProvider"
_SERVED = (
    ("Properties", "TargetGroupARNs", "*"),
    ("Properties", "LoadBalancerNames", "*"),
    ("Properties", "TrafficSources", "*", "Identifier"),
)
"""Paths of what sends requests to a group."""
_CLUSTER_TYPES = ("AWS::ECS::ClusterCapacityProviderAssociations", "AWS::ECS::Cluster")
_MANAGED_OPTION = ("Properties", "ManagedInstancesProvider", "InstanceLaunchTemplate", "CapacityOptionType")


def fact(resource: Resource, view: View) -> Truth:
    """Whether a group or capacity provider with On-Demand instances, or Fargate, does the work of this group as well.

    It serves the same target group or load balancer, or belongs to the same ECS cluster. Unknown if the template does
    not contain the cluster, or the other capacity provider.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
    """
    served = _served(view, resource)
    groups = [other for other in view.resources(_GROUP) if other.logical_id != resource.logical_id]
    truths = [has_on_demand_instances(view, other) for other in groups if served & _served(view, other)]
    own_provider = ("Properties", "AutoScalingGroupProvider", "AutoScalingGroupArn")
    for provider in view.referrers(resource, (_PROVIDER,), own_provider):
        truths += _beside_provider(view, provider)
    return any_of(truths)


def _served(view: View, group: Resource) -> set[Expression]:
    values = (located.value for path in _SERVED for located in view.select(group, path))
    return {expression_of(value) for value in values if value is not ABSENT}


def _beside_provider(view: View, provider: Resource) -> Iterator[Truth]:
    """Yield whether each other capacity provider of the clusters of a provider is On-Demand."""
    clusters = [
        cluster
        for cluster in view.resources(*_CLUSTER_TYPES)
        if any(_provider_of(view, member) is provider for member in _members(view, cluster))
    ]
    if not clusters:
        reason = "which other capacity providers its cluster has is not in this template"
        yield Unknown(("Cluster", provider.logical_id), reason)
    for cluster in clusters:
        for member in _members(view, cluster):
            if _provider_of(view, member) is not provider:
                yield _is_on_demand(view, member)


def _members(view: View, cluster: Resource) -> list[Located]:
    return view.scenario.items(view.get(cluster, "Properties", "CapacityProviders"))


def _provider_of(view: View, member: Located) -> Resource | None:
    """Return the capacity provider of the template that a cluster names by reference or by name."""
    target = view.target(member, _PROVIDER)
    if target is not None or not isinstance(member.value, str):
        return target
    named = (
        other for other in view.resources(_PROVIDER) if view.get(other, "Properties", "Name").value == member.value
    )
    return next(named, None)


def _is_on_demand(view: View, member: Located) -> Truth:
    """Whether a capacity provider of a cluster is Fargate or starts On-Demand instances."""
    if member.value in ("FARGATE", "FARGATE_SPOT"):
        return bool(member.value == "FARGATE")
    provider = _provider_of(view, member)
    if provider is None:
        if isinstance(member.value, Unknown):
            return member.value
        return Unknown(("Provider", member.value), f'capacity provider "{member.value}" is not in this template')
    if view.get(provider, "Properties", "ManagedInstancesProvider").value is not ABSENT:
        return negate(apply_test("equals", view.get(provider, *_MANAGED_OPTION).value, "SPOT"))
    group = view.target(view.get(provider, "Properties", "AutoScalingGroupProvider", "AutoScalingGroupArn"), _GROUP)
    if group is None:
        return Unknown(("Group", provider.logical_id), f'the group of "{provider.logical_id}" is not in this template')
    return has_on_demand_instances(view, group)
