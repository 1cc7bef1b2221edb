"""Scalable targets whose upper bound leaves little room above the lower bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil

from relint._typing import TYPE_CHECKING
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
    """Yield a problem at MaxCapacity if that is above MinCapacity, but below `factor` times MinCapacity.

    A MinCapacity of 0 counts as 1. `dimensions` are the checked ones, each with the number that the service never
    exceeds (or null): a MaxCapacity of that number leaves as much room as possible.
    Message values: `value` (MaxCapacity), `least` (MinCapacity), `needed`. Unknown if an unknown capacity decides.
    """
    dimension = view.get(resource, "Properties", "ScalableDimension").value
    if isinstance(dimension, Unknown):
        yield dimension
        return
    name = scalar_text(dimension)
    if name not in dimensions:
        return
    max_capacity = view.get(resource, "Properties", "MaxCapacity")
    minimum, maximum = integer_value(view.get(resource, "Properties", "MinCapacity")), integer_value(max_capacity)
    needed = map_bounds(minimum, lambda count: ceil(factor * max(count, 1)))
    service_limit = dimensions[name]
    is_short = all_of(
        (
            apply_test("above", maximum, minimum),
            apply_test("below", maximum, needed),
            service_limit is None or apply_test("below", maximum, service_limit),
        )
    )
    if isinstance(is_short, Unknown):
        yield is_short
    elif is_short and not isinstance(maximum, Unknown) and not isinstance(needed, Unknown):
        possible = needed if service_limit is None else min(needed, service_limit)
        yield Problem(max_capacity.path, values={"value": maximum, "least": minimum, "needed": possible})
