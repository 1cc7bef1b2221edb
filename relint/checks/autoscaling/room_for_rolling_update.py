"""The sizes of an Auto Scaling group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.logic.numbers import integer_value, map_bounds
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Truth:
    """Whether MaxSize is at most twice MinSize: the room that a rolling update needs, not room to grow."""
    least = integer_value(view.get(resource, "Properties", "MinSize"))
    most = integer_value(view.get(resource, "Properties", "MaxSize"))
    return apply_test("max", most, map_bounds(least, lambda size: 2 * size))
