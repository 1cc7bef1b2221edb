"""Parser of paths in rule files, such as `$.Properties.Rules[*].Status`."""

from __future__ import annotations

import re

from relint._typing import Any

Step = str | int | tuple[tuple[str, str], ...]
"""A name, an index, "*", or the (name, value) pairs that select one item of a list."""

_MEMBER = re.compile(r"\.([A-Za-z_][A-Za-z0-9_]*)")


def parse_path(text: str) -> tuple[Step, ...]:
    """Return the steps of a JSONPath that begins with `$`: names, indexes, "*" for each item or member, and filters.

    The filter `[?(@.Key == 'a' && @.Other == 'b')]` selects the item of a list with these values. Raises ValueError
    for an invalid or unsupported path. Only paths that are more than a chain of names need jsonpath-ng.
    """
    if not text.startswith("$"):
        raise ValueError(f"path '{text}' must begin with '$', as in '$.Properties.MultiAZ'")
    names = _MEMBER.findall(text)
    if text == "$" + "".join("." + name for name in names):
        return tuple(names)
    from jsonpath_ng.exceptions import JSONPathError

    try:
        return tuple(_steps(_parse(text)))
    except JSONPathError as error:
        raise ValueError(f"path '{text}' is no JSONPath: {error}") from error


def _parse(text: str) -> Any:
    """Return the tree of jsonpath-ng, whose versions for Python 3.10 write `&` for the `&&` of RFC 9535."""
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
    if str(node) in ("*", "[*]"):  # a Slice, Fields or Wildcard, depending on the version of jsonpath-ng
        return ["*"]
    if isinstance(node, Filter):
        return [tuple(_name_and_value(expression) for expression in node.expressions)]
    if isinstance(node, Fields) and len(node.fields) == 1:
        return [node.fields[0]]
    if isinstance(node, Index):
        indices = getattr(node, "indices", None) or (getattr(node, "index", None),)
        if len(indices) == 1 and isinstance(indices[0], int):
            return [indices[0]]
    raise ValueError(f"'{node}' is not supported in a path: use names, [0], [*], [?(@.Key == 'x')], and 'where'")


def _name_and_value(expression: Any) -> tuple[str, str]:
    from jsonpath_ng import Child, Fields, This

    target = expression.target
    if isinstance(target, Child) and isinstance(target.left, This):
        target = target.right
    if isinstance(target, Fields) and len(target.fields) == 1 and expression.op == "==":
        return target.fields[0], str(expression.value)
    raise ValueError(f"a filter compares members with '==', not '{expression}'")
