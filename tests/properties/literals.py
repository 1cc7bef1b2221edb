"""The literals in the properties of a template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def literals(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the container and the key of every scalar below a value, except inside intrinsic functions."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        if isinstance(key, str) and (key in ("Ref", "Condition") or key.startswith("Fn::")):
            continue
        if isinstance(value, str | int | float):
            yield node, key
        else:
            yield from literals(value)
