"""How many nodes of a managed node group an update may take away at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.logic.numbers import integer_value, map_bounds
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_SCALING = ("Properties", "ScalingConfig")


def fact(resource: Resource, view: View) -> Truth:
    """Whether MaxUnavailable (1 if left out) is at most a third of the nodes, rounded up, and at least one is allowed.

    The nodes are DesiredSize, else MinSize; one at a time is always careful.
    https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
    """
    most = integer_value(view.get(resource, "Properties", "UpdateConfig", "MaxUnavailable"), 1)
    if most == 1:
        return True
    desired = view.get(resource, *_SCALING, "DesiredSize")
    nodes = integer_value(desired if desired.value is not ABSENT else view.get(resource, *_SCALING, "MinSize"), 1)
    return apply_test("max", most, map_bounds(nodes, lambda size: max(1, -(-size // 3))))
