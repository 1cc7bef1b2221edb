"""Number of resources in a template."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, types: list[str]) -> int:
    """Return the number of existing resources of some types."""
    return sum(1 for _ in view.resources(*types))
