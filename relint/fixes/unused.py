"""Parameters, conditions and mappings that nothing in a template refers to any more."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import Any
from relint.fixes.data_paths import NAME_IN_TEXT

_SECTIONS = ("Parameters", "Conditions", "Mappings")
_NAMED_FIRST = ("Fn::If", "Fn::FindInMap")


def newly_unused(before: Any, after: Any) -> str:
    """Return the name of a declaration that data refer to before an edit and not after it; "" if there is none."""
    declared = {name for section in _SECTIONS for name in _members(after, section)}
    gone = (set(_references(before)) - set(_references(after))) & declared
    return min(gone, default="")


def _members(data: Any, section: str) -> list[str]:
    members = data.get(section) if isinstance(data, dict) else None
    return list(members) if isinstance(members, dict) else []


def _references(value: Any) -> Iterator[str]:
    """Yield the names that calls and the attribute Condition refer to, of whatever kind they are."""
    if isinstance(value, list):
        for item in value:
            yield from _references(item)
    if not isinstance(value, dict):
        return
    for key, member in value.items():
        if key in ("Ref", "Condition") and isinstance(member, str):
            yield member
        elif key in _NAMED_FIRST and isinstance(member, list) and member and isinstance(member[0], str):
            yield member[0]
        elif key == "Fn::Sub":
            text = member[0] if isinstance(member, list) and member else member
            yield from NAME_IN_TEXT.findall(text) if isinstance(text, str) else ()
        yield from _references(member)
