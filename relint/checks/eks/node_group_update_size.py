"""Managed node groups of which an update takes away few nodes at once."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.numbers import integer_value, map_bounds
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_SCALING = ("Properties", "ScalingConfig")


def fact(resource: Resource, view: View) -> Truth:
    """Whether MaxUnavailable is 1, or at most a third of the nodes, rounded up.

    MaxUnavailable is 1 if left out. The number of nodes is DesiredSize, else MinSize. Unknown if a number decides
    and is unknown.
    https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
    """
    max_unavailable = integer_value(view.get(resource, "Properties", "UpdateConfig", "MaxUnavailable"), 1)
    if max_unavailable == 1:
        return True
    desired = view.get(resource, *_SCALING, "DesiredSize")
    nodes = integer_value(desired if desired.value is not ABSENT else view.get(resource, *_SCALING, "MinSize"), 1)
    return apply_test("max", max_unavailable, map_bounds(nodes, lambda size: max(1, -(-size // 3))))
