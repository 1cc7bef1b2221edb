"""Values in the data of a template by their path, as the author writes them."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relint.source.location import Path

NAME_IN_TEXT = re.compile(r"\$\{\s*([A-Za-z0-9]+)")
"""A name in the text of Fn::Sub, or its part before the first dot."""


def value_at(data: Any, path: Path) -> Any:
    """Return the value at a path of the data of a template; None if there is none."""
    for step in path:
        if not has_member(data, step):
            return None
        data = data[step]
    return data


def exists(data: Any, path: Path) -> bool:
    """Whether data have a value at a path, which may be null."""
    return not path or has_member(value_at(data, path[:-1]), path[-1])


def has_member(value: Any, step: str | int) -> bool:
    """Whether a mapping has a key, or a list an index."""
    return step in value if isinstance(value, dict) else isinstance(value, list) and step in range(len(value))


def is_if(value: Any) -> bool:
    """Whether a value is a call of Fn::If with a condition and two branches."""
    if not isinstance(value, dict) or list(value) != ["Fn::If"]:
        return False
    return isinstance(value["Fn::If"], list) and len(value["Fn::If"]) == 3
