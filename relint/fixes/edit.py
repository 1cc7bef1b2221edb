"""Edits of values in a template, and the edits of its text that carry them out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from relint._typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from relint.source.location import Path


class Edit(NamedTuple):
    """A change of the value at `path`, which begins at the root of the document.

    set: the value becomes `value`; mappings on the way that do not exist are added. add: `value` becomes the last item
    of the list, which is added if it does not exist. remove: the mapping or list loses the value.
    """

    action: Literal["set", "add", "remove"]
    path: Path
    value: Any = None


class TextEdit(NamedTuple):
    """The range of text from `start` up to `end`, in code points, and the text that replaces it."""

    start: int
    end: int
    text: str


class EditError(Exception):
    """The reason, as a part of a sentence, why an edit is not possible in the text that the author wrote."""


def replace_text(text: str, edits: Iterable[TextEdit]) -> str:
    """Return a text after edits that do not overlap; those at one offset are applied in their order."""
    pieces: list[str] = []
    position = 0
    for edit in _in_order(edits):
        pieces += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*pieces, text[position:]])


def exclude_each_other(edits: Iterable[TextEdit]) -> bool:
    """Whether two edits replace the same characters."""
    ordered = _in_order(edits)
    return any(edit.end > following.start for edit, following in pairwise(ordered))


def join_edits(first: Iterable[TextEdit], second: Iterable[TextEdit]) -> list[TextEdit]:
    """Return the edits of a text that do what `first` does, and then `second` in the text after that."""
    joined = _in_order(first)
    for edit in reversed(_in_order(second)):
        joined = _join_edit(joined, edit)
    return joined


def _join_edit(edits: list[TextEdit], later: TextEdit) -> list[TextEdit]:
    """Return the edits of a text with a later one, which becomes one edit with those whose new text it touches."""
    before: list[TextEdit] = []
    after: list[TextEdit] = []
    head = tail = ""
    start = end = None
    growth = growth_before = growth_within = 0  # of the text: by the edits before a place, and by those touched, too
    for edit in edits:
        new_start = edit.start + growth
        new_end = new_start + len(edit.text)
        growth = new_end - edit.end
        if new_end < later.start:
            before.append(edit)
            growth_before = growth_within = growth
        elif new_start > later.end:
            after.append(edit)
        else:
            growth_within = growth
            if start is None and new_start <= later.start:
                start, head = edit.start, edit.text[: later.start - new_start]
            if new_end >= later.end:
                end, tail = edit.end, edit.text[max(later.end - new_start, 0) :]
    start = later.start - growth_before if start is None else start
    end = later.end - growth_within if end is None else end
    return [*before, TextEdit(start, end, f"{head}{later.text}{tail}"), *after]


def _in_order(edits: Iterable[TextEdit]) -> list[TextEdit]:
    return sorted(edits, key=lambda edit: (edit.start, edit.end))
