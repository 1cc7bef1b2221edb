"""Values of a resource as its template contains them, without resolved functions."""

from __future__ import annotations

from collections.abc import Iterable

from relint._typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relint.model.resource import Resource


def unresolved_value(resource: Resource, path: Iterable[Any]) -> Any:
    """Return the value at a path of keys below a resource, or None if the template contains none."""
    node: Any = resource.body
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node
