"""Mappings that a template lacks, to which several edits of a fix add members."""

from __future__ import annotations

from collections.abc import Iterable

from relint._typing import TYPE_CHECKING, Any
from relint.fixes.data_paths import exists
from relint.fixes.edit import Edit

if TYPE_CHECKING:
    from relint.source.location import Path


def join_members(data: Any, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits of a fix, of which those that set members of one missing mapping are one that sets it.

    One text is added then, so the fix can be applied together with others.
    """
    joined: list[Edit] = []
    numbers: dict[Path, int] = {}
    for edit in edits:
        path = _missing_mapping(data, edit)
        if path is None:
            joined.append(edit)
        elif path in numbers:
            value = joined[numbers[path]].value
            joined[numbers[path]] = Edit("set", path, _with_member(value, edit.path[len(path) :], edit.value))
        else:
            numbers[path] = len(joined)
            joined.append(Edit("set", path, _with_member({}, edit.path[len(path) :], edit.value)))
    return tuple(joined)


def _missing_mapping(data: Any, edit: Edit) -> Path | None:
    """Return the path of the outermost mapping that an edit adds; None if it adds none."""
    if edit.action != "set":
        return None
    lengths = range(len(edit.path))
    length = next((length for length in lengths if not exists(data, edit.path[:length])), None)
    if length is None or any(isinstance(step, int) for step in edit.path[length:]):
        return None
    return edit.path[:length]


def _with_member(mapping: Any, steps: Path, value: Any) -> Any:
    """Return a mapping with a value at some steps."""
    if not steps:
        return value
    members = mapping if isinstance(mapping, dict) else {}
    return {**members, steps[0]: _with_member(members.get(steps[0]), steps[1:], value)}
