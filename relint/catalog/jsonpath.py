"""Paths of rule files, such as `$.Properties.Rules[*].Status`, as steps."""

from __future__ import annotations

import re
from typing import Any

Step = str | int | tuple[tuple[str, str], ...]
"""A name, an index, "*", or the (name, value) pairs that pick one item of a list."""

_MEMBER = re.compile(r"\.([A-Za-z_][A-Za-z0-9_]*)")


def parse_path(text: str) -> tuple[Step, ...]:
    """The steps of a JSONPath that begins with `$`: names, indexes, "*" for each item or member, and filters.

    `[?(@.Key == 'a' && @.Other == 'b')]` picks the item of a list that has these values. Raises ValueError with a
    clause that says what is wrong. Chains of plain names, which most paths are, need no parser; everything else is
    given to jsonpath-ng.
    """
    if not text.startswith("$"):
        raise ValueError(f"path '{text}' must begin with '$', as in '$.Properties.MultiAZ'")
    names = _MEMBER.findall(text)
    if text == "$" + "".join("." + name for name in names):
        return tuple(names)
    from jsonpath_ng.exceptions import JSONPathError

    try:
        return tuple(_steps(_parsed(text)))
    except JSONPathError as error:
        raise ValueError(f"path '{text}' is no JSONPath: {error}") from error


def _parsed(text: str) -> Any:
    """The path as jsonpath-ng has it; its versions for Python 3.10 know the `&&` of RFC 9535 as `&` only."""
    from jsonpath_ng.exceptions import JSONPathError
    from jsonpath_ng.ext.parser import parse

    try:
        return parse(text)
    except JSONPathError:
        if "&&" not in text:
            raise
    return parse(text.replace("&&", "&"))


def _steps(node: Any) -> list[Step]:
    from jsonpath_ng import Child, Fields, Index, Root
    from jsonpath_ng.ext.filter import Filter

    if isinstance(node, Root):
        return []
    if isinstance(node, Child):
        return _steps(node.left) + _steps(node.right)
    if str(node) in ("*", "[*]"):  # a Slice, a Fields or a Wildcard, as the version of jsonpath-ng has it
        return ["*"]
    if isinstance(node, Filter):
        return [tuple(_pair(expression) for expression in node.expressions)]
    if isinstance(node, Fields) and len(node.fields) == 1:
        return [node.fields[0]]
    if isinstance(node, Index):
        indices = getattr(node, "indices", None) or (getattr(node, "index", None),)
        if len(indices) == 1 and isinstance(indices[0], int):
            return [indices[0]]
    raise ValueError(f"'{node}' is not supported in a path: use names, [0], [*], [?(@.Key == 'x')], and 'where'")


def _pair(expression: Any) -> tuple[str, str]:
    from jsonpath_ng import Child, Fields, This

    target = expression.target
    if isinstance(target, Child) and isinstance(target.left, This):
        target = target.right
    if isinstance(target, Fields) and len(target.fields) == 1 and expression.op == "==":
        return target.fields[0], str(expression.value)
    raise ValueError(f"a filter compares members with '==', not '{expression}'")
