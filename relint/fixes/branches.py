"""Edits of the branches of conditions, where an author writes several values for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.fixes.author_place import NO_VALUE, reject_reference
from relint.fixes.data_paths import is_if, value_at
from relint.fixes.edit import Edit, EditError
from relint.fixes.place import is_call

if TYPE_CHECKING:
    from relint.source.location import Path


def edits_by_branch(data: Any, reported: Path, edits: Sequence[Edit]) -> Iterator[tuple[Edit, ...]]:
    """Yield the ways to carry out edits in branches: in the reported one, in each other one, then in all.

    Without a condition there is one way, but for members of a mapping of which one is reported: that alone comes first.
    Raises EditError if the value to edit comes from elsewhere.
    """
    choices = [_choices(data, reported, edit) for edit in edits]
    position = next((number for number, choice in enumerate(choices) if len(choice) > 1), None)
    if position is not None:
        first, last = choices[:position], choices[position + 1 :]
        for way in choices[position]:
            yield _joined((*first, [way], *last))
    yield _joined(choices)


def _joined(choices: Iterable[Iterable[Sequence[Edit]]]) -> tuple[Edit, ...]:
    joined: list[Edit] = []
    for edit in (edit for choice in choices for way in choice for edit in way):
        if edit not in joined:
            joined.append(edit)
    return tuple(joined)


def _choices(data: Any, reported: Path, edit: Edit) -> list[list[Edit]]:
    """Return the edits of each branch that the path leads through and that is to be edited, the reported one first."""
    choices: list[list[Edit]] = []
    reasons: list[EditError] = []
    for path in sorted(_written_paths(data, edit.path), key=lambda path: reported[: len(path)] != path):
        try:
            reject_reference(data, path[:-1] if is_call(edit.value) else path)  # a call may take the place of another
        except EditError as reason:
            if reported[: len(path)] == path:
                raise
            reasons.append(reason)
            continue
        found = list(_at(data, edit, path))
        choices += [[one] for one in found if len(found) > 1 and one.path == reported]
        choices += [found] if found else []
    if not choices and reasons:
        raise reasons[0]
    return choices


def _written_paths(data: Any, path: Path) -> Iterator[Path]:
    """Yield a path, or the paths that lead through each branch of the conditions on its way."""
    for end in range(1, len(path) + 1):
        if is_if(value_at(data, path[:end])) and path[end : end + 1] != ("Fn::If",):
            for branch in (1, 2):
                yield from _written_paths(data, (*path[:end], "Fn::If", branch, *path[end:]))
            return
    yield path


def _at(data: Any, edit: Edit, path: Path) -> Iterator[Edit]:
    """Yield the edit at a path of what the author writes, if the value there is another one."""
    if edit.action == "remove" and path[-2:-1] == ("Fn::If",):
        edit = Edit("set", path, NO_VALUE)
    value, depth = edit.value, len(path)
    for end in range(1, len(path)):
        if value_at(data, path[:end]) == NO_VALUE:
            for step in reversed(path[end:]):
                value = {step: value}
            depth = end
            break
    if edit.action == "set":
        yield from _differences(data, path[:depth], value)
    else:
        yield edit._replace(path=path[:depth], value=value)


def _differences(data: Any, path: Path, value: Any) -> Iterator[Edit]:
    """Yield the edits that set a value, or only the members of a mapping that are different."""
    there = value_at(data, path)
    if there == value:
        return
    if isinstance(there, dict) and isinstance(value, dict) and there and not is_call(there) and not is_call(value):
        for key, member in value.items():
            yield from _differences(data, (*path, key), member)
    else:
        yield Edit("set", path, value)
