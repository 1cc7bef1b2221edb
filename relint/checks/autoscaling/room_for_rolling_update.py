"""Auto Scaling groups whose MaxSize leaves room for a rolling update only."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.numbers import integer_value, map_bounds
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Truth:
    """Whether MaxSize is at most twice MinSize.

    That is room for a rolling update, but not for growth. Unknown if a size decides and is unknown.
    """
    minimum = integer_value(view.get(resource, "Properties", "MinSize"))
    maximum = integer_value(view.get(resource, "Properties", "MaxSize"))
    return apply_test("max", maximum, map_bounds(minimum, lambda size: 2 * size))
