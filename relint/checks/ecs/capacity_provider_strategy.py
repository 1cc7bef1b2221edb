"""The capacity provider strategy by which ECS places the tasks of a service, and what of it is not Fargate Spot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of, negate
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CLUSTER = "AWS::ECS::Cluster"
_ASSOCIATIONS = "AWS::ECS::ClusterCapacityProviderAssociations"
_DEFAULT = ("Properties", "DefaultCapacityProviderStrategy")


class _Share(NamedTuple):
    """One item of a strategy: whether it is Fargate Spot, and whether it holds a base or a weight."""

    spot: Truth
    base: Truth
    weight: Truth


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem when the strategy of a service uses Fargate Spot and no other capacity; a note when only by weight.

    Base and weight are 0 where they are left out; a strategy of one item needs neither.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
    """
    own = view.get(resource, "Properties", "CapacityProviderStrategy")
    strategy = strategy_of(resource, view)
    if isinstance(strategy.value, Unknown):
        yield strategy.value
        return
    shares = [_share(view, item) for item in view.scenario.items(strategy)]
    uses_spot = any_of(all_of((share.spot, _used(share, len(shares)))) for share in shares)
    keeps_base = any_of(all_of((negate(share.spot), share.base)) for share in shares)
    keeps_weight = any_of(all_of((negate(share.spot), share.weight)) for share in shares)
    if uses_spot is False or keeps_base is True:
        return
    for truth in (uses_spot, keeps_base, keeps_weight):
        if isinstance(truth, Unknown):
            yield truth
            return
    inherited = strategy.path != own.path
    related = ((strategy.path, "The cluster decides so for services that say nothing."),) if inherited else ()
    if keeps_weight:
        yield Problem(own.path, {}, related, "shared", "note")
    else:
        yield Problem(own.path, {}, related)


def strategy_of(service: Resource, view: View) -> Located:
    """The strategy in effect: that of the service, else the default of its cluster; ABSENT if a launch type decides.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
    """
    own = view.get(service, "Properties", "CapacityProviderStrategy")
    if own.value is not ABSENT and own.value != []:
        return own
    launch_type = view.get(service, "Properties", "LaunchType").value
    if launch_type is not ABSENT:
        optional = isinstance(launch_type, Unknown) and launch_type.optional
        return Located(launch_type if optional else ABSENT, own.path)
    cluster = view.target(view.get(service, "Properties", "Cluster"), _CLUSTER)
    if cluster is None:
        reason = "the cluster, whose default strategy counts, is not in this template"
        return Located(Unknown(("Cluster", service.logical_id), reason), own.path)
    for holder in (cluster, *view.referrers(cluster, (_ASSOCIATIONS,), ("Properties", "Cluster"))):
        default = view.get(holder, *_DEFAULT)
        if default.value is not ABSENT and default.value != []:
            return default
    return Located(ABSENT, own.path)


def _share(view: View, item: Located) -> _Share:
    spot = apply_test("equals", view.get(item, "CapacityProvider").value, "FARGATE_SPOT")
    return _Share(spot, _some(view.get(item, "Base").value), _some(view.get(item, "Weight").value))


def _some(value: Any) -> Truth:
    return apply_test("min", 0 if value is ABSENT else value, 1)


def _used(share: _Share, items: int) -> Truth:
    """Whether a strategy of so many items places tasks on this one."""
    return items == 1 or any_of((share.base, share.weight))
