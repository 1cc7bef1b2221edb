"""Whether a number adds up to too much over all resources of a type, as quotas of an account count it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.checks.problem import Problem
from relint.logic.numbers import integer_value
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View


def check(resource: Resource, view: View, path: Steps, most: int) -> Iterator[Problem | Unknown]:
    """A problem when the numbers at `path` are above `most` in total, said where the largest of them stands.

    It is for rules whose scope is the template and whose resources are of one type. A number that is not known counts
    with the least that it can be; if it may bring the total above `most`, it is an Unknown.
    """
    places = [(one, place) for one in view.resources(resource.type) for place in view.select(one, path)]
    numbers = [(one, place, integer_value(place)) for one, place in places if place.value is not ABSENT]
    total = sum(_least(number) for _, _, number in numbers)
    if total > most:
        largest = max(numbers, key=lambda entry: _least(entry[2]))
        others = [(one, place) for one, place, _ in numbers if place is not largest[1]]
        related = tuple((place.path, f'"{one.logical_id}" counts as well.') for one, place in others)
        yield Problem(largest[1].path, {"total": total, "most": most}, related)
    elif total + sum(_room(number) for _, _, number in numbers) > most:
        yield next(number for _, _, number in numbers if isinstance(number, Unknown))


def _least(number: Any) -> int:
    return max(int(number.minimum or 0), 0) if isinstance(number, Unknown) else number


def _room(number: Any) -> float:
    """How much more than the least a number may be."""
    if not isinstance(number, Unknown):
        return 0
    return float("inf") if number.maximum is None else number.maximum - _least(number)
