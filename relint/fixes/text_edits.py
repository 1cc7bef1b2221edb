"""The edits of a text that carry out an edit of a value, at the place and in the style of the author."""

from __future__ import annotations

from collections.abc import Sequence

from relint._typing import TYPE_CHECKING
from relint.errors import TemplateError
from relint.fixes.block_edits import add_to_block, remove_from_block, replace_in_block
from relint.fixes.bracket_edits import add_to_brackets, remove_from_brackets, replace_in_brackets, replace_quoted
from relint.fixes.edit import EditError, exclude_each_other, join_edits, replace_text
from relint.fixes.place import find_place, has_brackets, is_call
from relint.fixes.same_data import has_edited_data
from relint.fixes.style import read_style
from relint.source.read import read_document

if TYPE_CHECKING:
    from relint.fixes.edit import Edit, TextEdit
    from relint.fixes.style import Style
    from relint.source.document import Document


def edit_document(document: Document, edits: Sequence[Edit]) -> tuple[Document, list[TextEdit]]:
    """Return the document after edits, one after the other, and the edits of its text that do them all.

    The edited text is read again: all values but the edited ones are as before. Raises EditError if one of the edits
    cannot do so.
    """
    if not edits:
        return document, []
    style = read_style(document)
    ways = _ways(document, edits[0], style) if len(edits) == 1 else _first_ways(document, edits, style)
    for text_edits in ways:
        edited = _edited(document, text_edits)
        if edited and has_edited_data(document.data, edited.data, edits):
            return edited, text_edits
    if len(edits) == 1:
        raise EditError("the way in which the template is written does not allow it without other changes")
    middle = len(edits) // 2
    between, first = edit_document(document, edits[:middle])
    edited, second = edit_document(between, edits[middle:])
    return edited, join_edits(first, second)


def _first_ways(document: Document, edits: Sequence[Edit], style: Style) -> list[list[TextEdit]]:
    """Return the way to carry out all edits at once, which one reading of the text verifies; [] if there is none.

    Members that are added at one place stand in alphabetical order, whatever the order of the edits; Properties last.
    """
    ordered = sorted(edits, key=lambda edit: [(step == "Properties", str(step)) for step in edit.path])
    try:
        text_edits = [text_edit for edit in ordered for text_edit in _ways(document, edit, style)[0]]
    except EditError:
        return []
    return [] if exclude_each_other(text_edits) else [text_edits]


def _edited(document: Document, text_edits: list[TextEdit]) -> Document | None:
    """Return the document after edits of its text; None if it cannot be read."""
    try:
        return read_document(replace_text(document.source.text, text_edits), document.file)
    except TemplateError:
        return None


def _ways(document: Document, edit: Edit, style: Style) -> list[list[TextEdit]]:
    """Return ways to carry out an edit, the best first; not each of them keeps all other values."""
    if document.included:
        raise EditError("a part of the template is in an included file")
    place = find_place(document, edit.path)
    missing, value = edit.path[len(place.path) :], edit.value
    if edit.action == "remove":
        if missing or not edit.path:
            raise EditError("there is nothing to remove")
        parent = find_place(document, edit.path[:-1])
        if has_brackets(document, parent.path):
            return [remove_from_brackets(document, parent, place)]
        return [remove_from_block(document, parent, place, style)]
    if edit.action == "add":
        if not missing and isinstance(place.value, list):
            if has_brackets(document, place.path):
                return [add_to_brackets(document, place, None, value, style)]
            return add_to_block(document, place, None, value, style)
        if not missing:
            raise EditError(f"{edit.path[-1]} is no list")
        value = [value]
    if any(isinstance(step, int) for step in missing):
        raise EditError("a list is shorter than the rule expects")
    for step in reversed(missing[1:]):
        value = {step: value}
    if missing and place.value is not None:
        if not isinstance(place.value, dict) or is_call(place.value):
            raise EditError(f"{place.path[-1] if place.path else 'the template'} is a value that takes no members")
        if place.value == {} and document.language == "yaml" and not has_brackets(document, place.path[:-1]):
            return [replace_in_block(document, place, {missing[0]: value}, style)]  # a person would not fill {}
        if has_brackets(document, place.path):
            return [add_to_brackets(document, place, str(missing[0]), value, style)]
        return add_to_block(document, place, str(missing[0]), value, style)
    if missing:
        value = {missing[0]: value}
    mark = document.source.text[place.start : place.start + 1]
    if mark in ("'", '"') and isinstance(place.value, str) and isinstance(value, (str, bool, int)):
        return [replace_quoted(place, mark, value)]
    if has_brackets(document, place.path[:-1]):
        return [replace_in_brackets(document, place, value, style)]
    return [replace_in_block(document, place, value, style)]
