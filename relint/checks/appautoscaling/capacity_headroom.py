"""Whether the upper bound of a scalable target leaves room above its lower bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.logic.numbers import integer_value, map_bounds
from relint.logic.predicates import apply_test
from relint.logic.truth import all_of
from relint.resolve.value import Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(
    resource: Resource, view: View, factor: float, dimensions: Mapping[str, int | None]
) -> Iterator[Problem | Unknown]:
    """A problem when MaxCapacity is above MinCapacity, but below `factor` times of it (of 1 if it is 0).

    `dimensions` are those that are judged, each with the number that the service never exceeds (or null): a maximum
    that has reached it leaves all the room that there is.
    """
    dimension = view.get(resource, "Properties", "ScalableDimension").value
    if isinstance(dimension, Unknown):
        yield dimension
        return
    name = scalar_text(dimension)
    if name not in dimensions:
        return
    most = view.get(resource, "Properties", "MaxCapacity")
    least, limit = integer_value(view.get(resource, "Properties", "MinCapacity")), integer_value(most)
    needed = map_bounds(least, lambda count: ceil(factor * max(count, 1)))
    ceiling = dimensions[name]
    short = all_of(
        (
            apply_test("above", limit, least),
            apply_test("below", limit, needed),
            ceiling is None or apply_test("below", limit, ceiling),
        )
    )
    if isinstance(short, Unknown):
        yield short
    elif short and not isinstance(limit, Unknown) and not isinstance(needed, Unknown):
        wanted = needed if ceiling is None else min(needed, ceiling)
        yield Problem(most.path, {"value": limit, "least": least, "needed": wanted})
