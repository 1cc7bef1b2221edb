"""What a template declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, types: list[str]) -> int:
    """The number of resources of some types that exist."""
    return sum(1 for _ in view.resources(*types))
