"""Comparison of the data before and after an edit of the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.value import scalar_text

if TYPE_CHECKING:
    from relint.fixes.edit import Edit
    from relint.source.location import Path


def has_edited_data(before: Any, after: Any, edits: Iterable[Edit]) -> bool:
    """Whether data differ from those before edits by these edits only.

    Types count, but at an edited path a text is the same as the number or boolean that it shows.
    """
    expected, paths = before, []
    for edit in edits:
        expected = _expected(expected, edit.path, edit)
        paths.append(edit.path)
    return _is_same(expected, after, paths, set())


def _expected(data: Any, path: Path, edit: Edit) -> Any:
    """Return the data that an edit makes of data; what stays is not copied."""
    if not path:
        if edit.action == "add":
            return [*(data if isinstance(data, list) else ()), edit.value]
        return edit.value
    step, rest = path[0], path[1:]
    removes = edit.action == "remove" and not rest
    if isinstance(data, list) and isinstance(step, int):
        return [*data[:step], *([] if removes else [_expected(data[step], rest, edit)]), *data[step + 1 :]]
    members = data if isinstance(data, dict) else {}
    if removes:
        return {key: value for key, value in members.items() if key != step}
    return {**members, step: _expected(members.get(step), rest, edit)}


def _is_same(expected: Any, found: Any, edited: Collection[Path], known: set[tuple[int, int]]) -> bool:
    """Whether data are the same; `known` are pairs of collections that are compared once, as aliases share them."""
    if () in edited and {type(found), type(expected)} in ({str, bool}, {str, int}):
        return scalar_text(found) == scalar_text(expected)
    if type(expected) is not type(found):
        return False
    if not isinstance(expected, (dict, list)):
        return bool(expected == found) or (expected != expected and found != found)  # not a number
    if len(expected) != len(found):
        return False
    pair = id(expected), id(found)
    if not any(edited) and pair in known:
        return True
    steps = expected if isinstance(expected, dict) else range(len(expected))
    if isinstance(expected, dict) and expected.keys() != found.keys():
        return False
    below: dict[str | int, list[Path]] = {}
    for path in filter(None, edited):
        below.setdefault(path[0], []).append(path[1:])
    same = all(_is_same(expected[step], found[step], below.get(step, ()), known) for step in steps)
    if same and not any(edited):
        known.add(pair)
    return same
