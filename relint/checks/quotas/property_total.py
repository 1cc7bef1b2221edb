"""Numbers whose sum over all resources of a type exceeds a quota of the account."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View


def check(resource: Resource, view: View, path: Steps, limit: int) -> Iterator[Problem | Unknown]:
    """Yield a problem at the largest number if the sum is above `limit`.

    The numbers are those at `path`. For rules whose scope is the template and whose resources are of one type. An
    unknown number counts with its minimum. Message values: `total`, `most` (the limit). Unknown if unknown numbers
    may raise the sum above the limit.
    """
    holders = [
        (holder, located)
        for holder in view.template.by_type[resource.type]
        for located in view.select(holder, path)
        if located.value is not ABSENT and view.exists(holder)  # conditions of others do not matter
    ]
    numbers = [(holder, located, integer_value(located)) for holder, located in holders]
    total = sum(_minimum(number) for _, _, number in numbers)
    if total > limit:
        _, largest, _ = max(numbers, key=lambda entry: _minimum(entry[2]))
        related = tuple(
            (located.path, f'"{holder.logical_id}" counts as well.')
            for holder, located, _ in numbers
            if located is not largest
        )
        yield Problem(largest.path, values={"total": total, "most": limit}, related=related)
    elif total + sum(_uncertainty(number) for _, _, number in numbers) > limit:
        yield next(number for _, _, number in numbers if isinstance(number, Unknown))


def _minimum(number: Any) -> int:
    return max(int(number.minimum or 0), 0) if isinstance(number, Unknown) else number


def _uncertainty(number: Any) -> float:
    """Return the difference between the maximum and the minimum of a number."""
    if not isinstance(number, Unknown):
        return 0
    return float("inf") if number.maximum is None else number.maximum - _minimum(number)
