"""The literals in the properties of a template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def literals(node: Any, name: str = "") -> Iterator[tuple[Any, Any, str]]:
    """Yield the container, the key and the nearest name of every scalar below a value, except inside functions."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        if isinstance(key, str) and (key in ("Ref", "Condition") or key.startswith("Fn::")):
            continue
        nearest = key if isinstance(key, str) else name
        if isinstance(value, str | int | float):
            yield node, key, nearest
        else:
            yield from literals(value, nearest)
