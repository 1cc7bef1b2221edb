"""Edits of blocks of YAML, in which each member has lines of its own."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any
from relint.fixes.edit import EditError, TextEdit
from relint.fixes.neighbour import previous_member
from relint.fixes.place import find_place, line_end, line_start, member_starts
from relint.fixes.render import render_block, render_flow, render_item, render_key

if TYPE_CHECKING:
    from relint.fixes.place import Place
    from relint.fixes.style import Style
    from relint.source.document import Document
    from relint.source.location import Path

_COLON = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^:#"'\r\n]|:(?! |\t|[\r\n]|$)|#)*:""")
_BLANK_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]")
_LINE_BREAK = re.compile(r"\r\n?|\n")


def replace_in_block(document: Document, place: Place, value: Any, style: Style) -> list[TextEdit]:
    """Return the edits that replace the value of a member, or of an item, of a block."""
    text = document.source.text
    if place.key_start is None:
        return [TextEdit(place.start, place.end, _item(document, place, value, style))]
    colon = _COLON.match(text, place.key_start)
    if colon is None:
        raise EditError("its key is written in a way that no edit handles")
    rendered = render_block(value, style, " " * (document.source.position_at(place.key_start).column - 1))
    below = line_end(document, colon.end())  # the line of the key may have a comment
    starts_below = place.start > below
    if "#" in text[below if starts_below else place.start : place.end]:
        raise EditError("the value contains a comment or a #, which would be lost")
    if rendered.startswith(" "):
        if place.end > place.start and not (starts_below and isinstance(place.value, (dict, list))):
            return [TextEdit(place.start, place.end, rendered[1:])]
        return [TextEdit(colon.end(), colon.end(), rendered), TextEdit(below, max(below, place.end), "")]
    if starts_below or place.end == place.start:
        return [TextEdit(below, max(below, place.end), rendered)]
    if place.end > below:
        return [TextEdit(colon.end(), place.end, rendered)]
    return [TextEdit(colon.end(), place.end, ""), TextEdit(below, below, rendered)]


def _item(document: Document, place: Place, value: Any, style: Style) -> str:
    """Return a value as an item of a block list: on lines if it stands behind its dash, else on one line."""
    text = document.source.text
    if "#" in text[place.start : place.end]:
        raise EditError("the value contains a comment or a #, which would be lost")
    if text[max(place.start - 2, 0) : place.start] != "- ":
        return render_flow(value, style)
    return render_item(value, style, " " * (document.source.position_at(place.start).column - 3))[2:]


def add_to_block(document: Document, place: Place, key: str | None, value: Any, style: Style) -> list[list[TextEdit]]:
    """Return ways to add a member, or without `key` an item, to a block: where it belongs, else last or first."""
    members = member_starts(document, place)
    if not members:
        raise EditError("all its members come from elsewhere")
    steps = [step for _, step in members]
    previous = previous_member(document, place, steps, key)
    first = members[0][0]
    indent = " " * (document.source.position_at(first).column - 1)
    if key is None:
        member = render_item(value, style, indent)
    else:
        member = f"{render_key(key, style)}:{render_block(value, style, indent)}"
    gap = style.line_break if _are_apart(document, place, members) else ""
    ways = [
        _add_behind(document, (*place.path, step), f"{indent}{member}", gap, style)
        for step in dict.fromkeys((previous, steps[-1]))
        if step is not None
    ]
    before = TextEdit(first, first, f"{member}{style.line_break}{gap}{indent}")
    ways.insert(0 if previous is None else len(ways), before)
    return [[way] for way in ways]


def _add_behind(document: Document, path: Path, line: str, gap: str, style: Style) -> TextEdit:
    """Return the edit that puts a member on the lines below another one, behind a gap."""
    end = document.locate(path).value[1]
    if end and document.source.text[end - 1] in "\r\n":  # a block scalar that ends with its line break
        return TextEdit(end, end, f"{gap}{line}{style.line_break}")
    end = line_end(document, end)
    return TextEdit(end, end, f"{style.line_break}{gap}{line}")


def _are_apart(document: Document, place: Place, members: list[tuple[int, str | int]]) -> bool:
    """Whether blank lines stand between most members of a block; for the first two resources, between the sections."""
    if len(members) == 1 and place.path == ("Resources",):
        place = find_place(document, ())
        members = member_starts(document, place)
    ends = [document.locate((*place.path, step)).value[1] for _, step in members]
    gaps = [
        _BLANK_LINE.search(document.source.text, end - 1, start) is not None  # a block scalar ends with its line break
        for end, (start, _) in zip(ends, members[1:], strict=False)
    ]
    return bool(gaps) and 2 * sum(gaps) >= len(gaps)


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
