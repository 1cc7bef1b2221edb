"""Resolved properties of a resource as one text, to search for a name or an expression."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.resolve.value import expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def properties_text(view: View, resource: Resource) -> str:
    """Return the Properties of a resource as text; unknown values appear as their expressions."""
    properties = view.scenario.resolve_deep(resource.body.get("Properties"), (*resource.path, "Properties"))
    return repr(expression_of(properties))
