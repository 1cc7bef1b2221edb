"""Rules for a family of resource types: the cases are written once, and a table says what differs from type to type."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from relint.errors import RuleError

Where = tuple[str | int, ...]

_PLACEHOLDER = re.compile(r"<([a-z][a-z_-]*)>")
_LEFT_OUT = object()


def rows_of(raw: dict[str, Any], fail: Callable[[str, Where], RuleError]) -> list[dict[str, Any]]:
    """The rows of the table of a rule, checked; without a table none."""
    if "table" not in raw:
        return []
    rows = raw["table"]
    if not isinstance(rows, list) or not rows:
        raise fail("'table' is a list of rows, such as {resources: AWS::EFS::FileSystem, days: 7}", ("table",))
    for index, row in enumerate(rows):
        if not isinstance(row, dict) or "resources" not in row:
            raise fail("a row of the table needs 'resources', the types that it is about", ("table", index))
    return rows


def types_of(row: dict[str, Any]) -> list[str]:
    """The resource types that a row is about."""
    types = row["resources"]
    return types if isinstance(types, list) else [types]


def filled(
    node: Any, row: dict[str, Any], rows: list[dict[str, Any]], fail: Callable[[str, Where], RuleError], place: Where
) -> Any:
    """Clauses for one row: `<key>` becomes the row's value; what asks for a value that the row lacks is left out."""
    keys = {key for each in rows for key in each}

    def fill(node: Any) -> Any:
        if isinstance(node, dict):
            members = {key: fill(value) for key, value in node.items()}
            if members.get("path") is _LEFT_OUT:  # a clause about nothing
                return _LEFT_OUT
            return {key: value for key, value in members.items() if value is not _LEFT_OUT}
        if isinstance(node, list):
            return [value for value in map(fill, node) if value is not _LEFT_OUT]
        if not isinstance(node, str):
            return node
        for name in _PLACEHOLDER.findall(node):
            if name not in keys:
                raise fail(f"no row of the table has '{name}', which '<{name}>' asks for", place)
        whole = _PLACEHOLDER.fullmatch(node)
        return row.get(whole[1], _LEFT_OUT) if whole else _PLACEHOLDER.sub(text, node)

    def text(match: re.Match[str]) -> str:
        if match[1] not in row:
            raise fail(f"the row of {', '.join(types_of(row))} has no '{match[1]}', which a text asks for", place)
        return str(row[match[1]])

    return fill(node)
