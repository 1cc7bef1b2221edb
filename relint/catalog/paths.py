"""Paths of rule files, such as `$.Properties.Rules[*].Status`, as steps."""

from __future__ import annotations

import re
from typing import Any

Step = str | int

_MEMBER = re.compile(r"\.([A-Za-z_][A-Za-z0-9_]*)")


def parse_path(text: str) -> tuple[Step, ...]:
    """The steps of a JSONPath that begins with `$`: names, indexes, and "*" for each item or member.

    Raises ValueError with a clause that says what is wrong. Chains of plain names, which most paths are, need no
    parser; everything else is given to jsonpath-ng.
    """
    if not text.startswith("$"):
        raise ValueError(f"path '{text}' must begin with '$', as in '$.Properties.MultiAZ'")
    names = _MEMBER.findall(text)
    if text == "$" + "".join("." + name for name in names):
        return tuple(names)
    from jsonpath_ng.exceptions import JSONPathError
    from jsonpath_ng.parser import parse

    try:
        return tuple(_steps(parse(text)))
    except JSONPathError as error:
        raise ValueError(f"path '{text}' is no JSONPath: {error}") from error


def _steps(node: Any) -> list[Step]:
    from jsonpath_ng import Child, Fields, Index, Root

    if isinstance(node, Root):
        return []
    if isinstance(node, Child):
        return _steps(node.left) + _steps(node.right)
    if str(node) in ("*", "[*]"):  # a Slice, a Fields or a Wildcard, as the version of jsonpath-ng has it
        return ["*"]
    if isinstance(node, Fields) and len(node.fields) == 1:
        return [node.fields[0]]
    if isinstance(node, Index):
        indices = getattr(node, "indices", None) or (getattr(node, "index", None),)
        if len(indices) == 1 and isinstance(indices[0], int):
            return [indices[0]]
    raise ValueError(f"'{node}' is not supported in a path: use names, [0] and [*], and 'where' to filter")
