"""Managed node groups of which an update takes away few nodes at once."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.numbers import integer_value, map_bounds
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_SCALING = ("Properties", "ScalingConfig")
_UPDATE = ("Properties", "UpdateConfig")
_MAX_PERCENTAGE = 33


def fact(resource: Resource, view: View, *, replaces_first: bool) -> Truth:
    """Whether an update takes at most a third of the nodes at once.

    With `replaces_first`, as the strategy DEFAULT does, the third is rounded up and one node is always few. Otherwise
    a node is missing until its successor has started, so one of two is half of them.
    MaxUnavailable is 1 if left out. Unknown if a number decides and is unknown.
    https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
    """
    percentage = view.get(resource, *_UPDATE, "MaxUnavailablePercentage")
    if percentage.value is not ABSENT:
        is_small = apply_test("max", integer_value(percentage), _MAX_PERCENTAGE)
        return is_small if replaces_first else all_of((is_small, apply_test("min", _node_count(view, resource), 3)))
    max_unavailable = integer_value(view.get(resource, *_UPDATE, "MaxUnavailable"), 1)
    nodes = _node_count(view, resource)
    if not replaces_first:
        return apply_test("min", nodes, map_bounds(max_unavailable, lambda count: 3 * count))
    if max_unavailable == 1:
        return True
    return apply_test("max", max_unavailable, map_bounds(nodes, lambda size: max(1, -(-size // 3))))


def _node_count(view: View, group: Resource) -> Any:
    """Return DesiredSize, else MinSize; Unknown without both."""
    for name in ("DesiredSize", "MinSize"):
        size = view.get(group, *_SCALING, name)
        if size.value is not ABSENT:
            return integer_value(size)
    return Unknown(("Size", group.logical_id), f'the service chooses the size of "{group.logical_id}"')
