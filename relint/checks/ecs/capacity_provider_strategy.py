"""Capacity provider strategies of ECS services that use Fargate Spot only."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of, negate
from relint.model.aws.ecs import effective_strategy
from relint.resolve.value import Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


class _StrategyItem(NamedTuple):
    """An item of a strategy: whether it is Fargate Spot, and whether its base and its weight are above 0."""

    is_spot: Truth
    has_base: Truth
    has_weight: Truth


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at CapacityProviderStrategy if a service uses Fargate Spot only.

    Message `shared` (a note) if other capacity has a weight but no base. Base and weight are 0 if left out; a strategy
    of one item needs neither. The messages have no values. Unknown if the strategy or the cluster is unknown.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
    """
    service_strategy = view.get(resource, "Properties", "CapacityProviderStrategy")
    strategy = effective_strategy(view, resource)
    if isinstance(strategy.value, Unknown):
        yield strategy.value
        return
    items = [_read_item(view, item) for item in view.scenario.items(strategy)]
    uses_spot = any_of(all_of((item.is_spot, _is_used(item, len(items)))) for item in items)
    has_other_base = any_of(all_of((negate(item.is_spot), item.has_base)) for item in items)
    has_other_weight = any_of(all_of((negate(item.is_spot), item.has_weight)) for item in items)
    if uses_spot is False or has_other_base is True:
        return
    for truth in (uses_spot, has_other_base, has_other_weight):
        if isinstance(truth, Unknown):
            yield truth
            return
    is_inherited = strategy.path != service_strategy.path
    related = ((strategy.path, "The cluster decides so for services that say nothing."),) if is_inherited else ()
    if has_other_weight:
        yield Problem(service_strategy.path, related=related, message="shared", level="note")
    else:
        yield Problem(service_strategy.path, related=related)


def _read_item(view: View, item: Located) -> _StrategyItem:
    return _StrategyItem(
        is_spot=apply_test("equals", view.get(item, "CapacityProvider").value, "FARGATE_SPOT"),
        has_base=apply_test("min", view.get(item, "Base").value, 1),
        has_weight=apply_test("min", view.get(item, "Weight").value, 1),
    )


def _is_used(item: _StrategyItem, item_count: int) -> Truth:
    """Whether a strategy with this number of items places tasks on the item."""
    return item_count == 1 or any_of((item.has_base, item.has_weight))
