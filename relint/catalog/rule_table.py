"""Tables of rules for a family of resource types: the cases are written once, each row adds what differs."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relint.catalog.rule_fields import RuleFields, RulePath

_PLACEHOLDER = re.compile(r"<([a-z][a-z_-]*)>")
_OMITTED = object()


def read_rows(fields: RuleFields) -> list[dict[str, Any]]:
    """Return the rows of a rule's table; [] without a table. Raises RuleError for a row without resource types."""
    if "table" not in fields.values:
        return []
    rows = fields.values["table"]
    if not isinstance(rows, list) or not rows:
        message = "'table' is a list of rows, such as {resources: AWS::EFS::FileSystem, days: 7}"
        raise fields.error_at(("table",), message)
    for index, row in enumerate(rows):
        if not isinstance(row, dict) or "resources" not in row:
            raise fields.error_at(("table", index), "a row of the table needs 'resources', the types that it is about")
    return rows


def resource_types(row: dict[str, Any]) -> list[str]:
    """Return the resource types of a row."""
    types = row["resources"]
    return types if isinstance(types, list) else [types]


class RowExpander:
    """Expands the placeholders `<key>` in the cases of a rule to the values of one row."""

    def __init__(self, fields: RuleFields, row: dict[str, Any], rows: list[dict[str, Any]]) -> None:
        self._fields = fields
        self._row = row
        self._keys = {key for each_row in rows for key in each_row}

    def expand(self, node: Any, path: RulePath) -> Any:
        """Return raw clauses for the row, without the list items, keys and clauses for which it has no value.

        Raises RuleError, which points to `path`, for a placeholder that no row has a value for, and for one within a
        longer text that this row has no value for.
        """
        if isinstance(node, dict):
            members = {key: self.expand(value, path) for key, value in node.items()}
            if members.get("path") is _OMITTED:  # without its path, a clause has no meaning
                return _OMITTED
            return {key: value for key, value in members.items() if value is not _OMITTED}
        if isinstance(node, list):
            items = [self.expand(item, path) for item in node]
            return [item for item in items if item is not _OMITTED]
        return self._expand_text(node, path) if isinstance(node, str) else node

    def _expand_text(self, text: str, path: RulePath) -> Any:
        names = _PLACEHOLDER.findall(text)
        for name in names:
            if name not in self._keys:
                raise self._fields.error_at(path, f"no row of the table has '{name}', which '<{name}>' asks for")
        if placeholder := _PLACEHOLDER.fullmatch(text):
            return self._row.get(placeholder[1], _OMITTED)
        for name in names:
            if name not in self._row:
                types = ", ".join(resource_types(self._row))
                raise self._fields.error_at(path, f"the row of {types} has no '{name}', which a text asks for")
        return _PLACEHOLDER.sub(lambda match: str(self._row[match[1]]), text)
