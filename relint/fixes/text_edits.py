"""The edits of a text that carry out an edit of a value, at the place and in the style of the author."""

from __future__ import annotations

from collections.abc import Sequence

from relint._typing import TYPE_CHECKING
from relint.errors import TemplateError
from relint.fixes.block_edits import add_to_block, remove_from_block, replace_in_block
from relint.fixes.bracket_edits import add_to_brackets, remove_from_brackets, replace_in_brackets, replace_quoted
from relint.fixes.edit import EditError, exclude_each_other, join_edits, replace_text
from relint.fixes.neighbour import ATTRIBUTES
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
    if len(edits) > 1:
        together = edit_together(document, [edits])
        if together:
            return together[0], together[1][0]
        middle = len(edits) // 2
        between, first = edit_document(document, edits[:middle])
        edited, second = edit_document(between, edits[middle:])
        return edited, join_edits(first, second)
    for edit in edits:
        for text_edits in _ways(document, edit, read_style(document)):
            after = _edited(document, text_edits, edits)
            if after:
                return after, text_edits
        raise EditError("the way in which the template is written does not allow it without other changes")
    return document, []


def edit_together(document: Document, groups: Sequence[Sequence[Edit]]) -> tuple[Document, list[list[TextEdit]]] | None:
    """Return the document after groups of edits, and for each group the edits of the text that do it alone.

    One reading of the text verifies all of them; None if they are not possible at once. Members that are added at one
    place stand in one order, whatever the order of the edits.
    """
    edits: list[Edit] = []
    for edit in (edit for group in groups for edit in group):
        if edit not in edits:
            edits.append(edit)
    edits.sort(key=lambda edit: [_rank(step) for step in edit.path])
    style = read_style(document)
    try:
        ways = [_ways(document, edit, style)[0] for edit in edits]
    except EditError:
        return None
    text_edits = [text_edit for way in ways for text_edit in way]
    edited = None if exclude_each_other(text_edits) else _edited(document, text_edits, edits)
    if edited is None:
        return None
    return edited, [
        [one for edit, way in zip(edits, ways, strict=True) if edit in group for one in way] for group in groups
    ]


def _rank(step: str | int) -> tuple[bool, int, str]:
    """Return what sorts the members that are added at one place: in alphabetical order, but for attributes."""
    attribute = ATTRIBUTES.index(step) if step in ATTRIBUTES else len(ATTRIBUTES)
    return step == "Properties", attribute, str(step)


def _edited(document: Document, text_edits: list[TextEdit], edits: Sequence[Edit]) -> Document | None:
    """Return the document after edits of its text; None if it cannot be read, or has not the data after the edits."""
    try:
        edited = read_document(replace_text(document.source.text, text_edits), document.file)
    except TemplateError:
        return None
    return edited if has_edited_data(document.data, edited.data, edits) else None


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
    if type(place.value) is int and isinstance(value, str) and value.isdecimal():
        value = int(value)  # the author writes numbers so
    if has_brackets(document, place.path[:-1]):
        return [replace_in_brackets(document, place, value, style)]
    return [replace_in_block(document, place, value, style)]
