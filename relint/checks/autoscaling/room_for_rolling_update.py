"""The sizes of an Auto Scaling group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.logic.numbers import derived, whole
from relint.logic.predicates import test
from relint.logic.truth import Truth

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Truth:
    """Whether MaxSize is at most twice MinSize: the room that a rolling update needs, not room to grow."""
    least = whole(view.get(resource, "Properties", "MinSize"))
    most = whole(view.get(resource, "Properties", "MaxSize"))
    return test("max", most, derived(least, lambda size: 2 * size))
