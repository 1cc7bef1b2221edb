"""Titles of fixes that have none of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.fixes.data_paths import value_at

if TYPE_CHECKING:
    from relint.fixes.edit import Edit
    from relint.source.location import Path

_LONGEST = 80


_NAMES = ("Key", "Name", "OptionName")
"""Keys beside Value by which the items of a list are named."""


def title_of(edits: Sequence[Edit], resource: Path, data: Any) -> str:
    """Return what edits of a resource do, such as "Set MultiAZ: true", in a line that is not long."""
    titles = [_title(edit, resource, data) for edit in edits]
    title = ", ".join(titles)
    if len(title) > _LONGEST and len(titles) > 1:
        title = f"{titles[0]}, and {len(titles) - 1} more"
    return title[:1].upper() + title[1:]


def _title(edit: Edit, resource: Path, data: Any) -> str:
    setting = _setting(edit, data)
    if setting:
        return f"set {setting[0]}: {setting[1]}"
    if len(edit.path) == 2 and edit.path[0] == "Resources":
        return f"add {edit.path[1]}, an {edit.value['Type']}"
    names = _names(edit.path[len(resource) :])
    name, last = ".".join(names) or "the value", names[-1] if names else "the value"
    value = edit.value if isinstance(edit.value, str) else json.dumps(edit.value).replace('"', "")
    if edit.action == "remove":
        return f"remove {name}"
    verb = "set {name}: {value}" if edit.action == "set" else "add {value} to {name}"
    choices = [verb.format(name=one, value=value) for one in (name, last)]
    return next((choice for choice in choices if len(choice) <= _LONGEST), f"{edit.action} {last}")


def _setting(edit: Edit, data: Any) -> tuple[str, Any] | None:
    """Return the name and the value of a setting that is written as an item of a list, such as a load balancer has."""
    is_value = edit.action == "set" and edit.path[-1] == "Value"
    item = edit.value if edit.action == "add" else value_at(data, edit.path[:-1]) if is_value else None
    name = next((item[key] for key in _NAMES if key in item), None) if isinstance(item, dict) else None
    value = edit.value if is_value else item.get("Value") if isinstance(item, dict) else None
    return (name, value) if isinstance(name, str) and isinstance(value, (str, int)) else None


def _names(path: Path) -> list[str]:
    """Return the keys of a path below a resource, without those of Properties, functions and lists."""
    names = [step for step in path if isinstance(step, str) and step != "Properties"]
    return [name for name in names if not name.startswith("Fn::")]
