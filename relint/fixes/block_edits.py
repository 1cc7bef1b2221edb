"""Edits of blocks of YAML, in which each member has lines of its own."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any
from relint.fixes.edit import EditError, TextEdit
from relint.fixes.place import line_end, line_start, member_starts
from relint.fixes.render import render_block, render_flow, render_item

if TYPE_CHECKING:
    from relint.fixes.place import Place
    from relint.fixes.style import Style
    from relint.source.document import Document

_COLON = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^:#"'\r\n]|:(?! |\t|[\r\n]|$)|#)*:""")
_LINE_BREAK = re.compile(r"\r\n?|\n")


def replace_in_block(document: Document, place: Place, value: Any, style: Style) -> list[TextEdit]:
    """Return the edits that replace the value of a member, or of an item, of a block."""
    text = document.source.text
    if place.key_start is None:
        return [TextEdit(place.start, place.end, render_flow(value, style))]
    colon = _COLON.match(text, place.key_start)
    if colon is None:
        raise EditError("its key is written in a way that no edit handles")
    rendered = render_block(value, style, " " * (document.source.position_at(place.key_start).column - 1))
    if "#" in text[place.start : place.end]:
        raise EditError("the value contains a comment or a #, which would be lost")
    below = line_end(document, colon.end())  # the line of the key may have a comment
    starts_below = place.start > below
    if rendered.startswith(" "):
        if place.end > place.start and not starts_below:
            return [TextEdit(place.start, place.end, rendered[1:])]
        return [TextEdit(colon.end(), colon.end(), rendered), TextEdit(below, max(below, place.end), "")]
    if starts_below or place.end == place.start:
        return [TextEdit(below, max(below, place.end), rendered)]
    if place.end > below:
        return [TextEdit(colon.end(), place.end, rendered)]
    return [TextEdit(colon.end(), place.end, ""), TextEdit(below, below, rendered)]


def add_to_block(document: Document, place: Place, key: str | None, value: Any, style: Style) -> list[list[TextEdit]]:
    """Return ways to add a member, or without `key` an item, to a block: after a member, else before the first one."""
    text = document.source.text
    members = member_starts(document, place)
    if not members:
        raise EditError("all its members come from elsewhere")
    first = members[0][0]
    indent = " " * (document.source.position_at(first).column - 1)
    if key is None:
        member = render_item(value, style, indent)
    else:
        member = f"{render_flow(key, style)}:{render_block(value, style, indent)}"
    end = document.locate((*place.path, _neighbour(place, [step for _, step in members]))).value[1]
    if end and text[end - 1] in "\r\n":  # a block scalar that ends with its line break
        after = TextEdit(end, end, f"{indent}{member}{style.line_break}")
    else:
        end = line_end(document, end)
        after = TextEdit(end, end, f"{style.line_break}{indent}{member}")
    return [[after], [TextEdit(first, first, f"{member}{style.line_break}{indent}")]]


def _neighbour(place: Place, steps: list[str | int]) -> str | int:
    """Return the member behind which a new one stands: the type of a resource, for its attributes, else the last."""
    is_resource = len(place.path) == 2 and place.path[0] == "Resources"
    return "Type" if is_resource and "Type" in steps else steps[-1]


def remove_from_block(document: Document, parent: Place, place: Place, style: Style) -> list[TextEdit]:
    """Return the edits that remove a member or item of a block; a comment on its line stays, on a line of its own."""
    text = document.source.text
    members = member_starts(document, parent)
    step = place.path[-1]
    start, position = next((start, number) for number, (start, other) in enumerate(members) if other == step)
    if "#" in text[start : place.end]:
        raise EditError("the value contains a comment, which would be lost")
    comment = text[place.end : line_end(document, place.end)].strip()
    if len(members) == 1:
        return replace_in_block(document, parent, {} if isinstance(parent.value, dict) else [], style)
    begin = line_start(document, start)
    if text[begin:start].strip():  # the first member of an item stands behind its dash
        following = members[position + 1][0]
        if "#" in text[place.end : following]:
            raise EditError("a comment between the values would be lost")
        return [TextEdit(start, following, "")]
    end = line_end(document, place.end)
    line_break = _LINE_BREAK.match(text, end)
    end = line_break.end() if line_break else end
    kept = f"{text[begin:start]}{comment}{line_break[0] if line_break else ''}" if comment else ""
    return [TextEdit(begin, end, kept)]
