"""Edits of values in a template, and the edits of its text that carry them out."""

from __future__ import annotations

from collections.abc import Iterable

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
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*pieces, text[position:]])
