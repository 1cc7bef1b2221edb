"""Edits of mappings and lists between brackets: those of JSON, and the flow style of YAML."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any
from relint.fixes.edit import EditError, TextEdit
from relint.fixes.neighbour import previous_member
from relint.fixes.place import is_call, line_end, line_indent, member_starts
from relint.fixes.render import quoted, render_flow, render_json, render_key
from relint.resolve.value import scalar_text

if TYPE_CHECKING:
    from relint.fixes.place import Place
    from relint.fixes.style import Style
    from relint.source.document import Document

_COMMA = re.compile(r"[ \t\r\n]*,")


def replace_in_brackets(document: Document, place: Place, value: Any, style: Style) -> list[TextEdit]:
    """Return the edits that replace the value of a member or item between brackets."""
    if document.language == "yaml" and "#" in document.source.text[place.start : place.end]:
        raise EditError("the value contains a comment or a #, which would be lost")
    if document.language == "json":
        written = document.source.text[place.start : place.end]
        is_on_a_line = bool(place.value) and isinstance(place.value, (dict, list)) and len(written.splitlines()) == 1
        has_lines = _has_lines(document) and (is_call(place.value) or not is_on_a_line)
        rendered = render_json(value, style, line_indent(document, place.start) if has_lines else None)
    else:
        rendered = render_flow(value, style)
    return [TextEdit(place.start, place.end, rendered)]


def add_to_brackets(document: Document, place: Place, key: str | None, value: Any, style: Style) -> list[TextEdit]:
    """Return the edits that add a member, or without `key` an item, between brackets, where it belongs."""
    text = document.source.text
    members = member_starts(document, place)
    if not members:
        return [_fill(document, place, key, value, style)]
    steps = [step for _, step in members]
    previous = previous_member(document, place, steps, key)
    position = 0 if previous is None else steps.index(previous)
    start = members[position][0]
    following = members[position + 1][0] if position + 1 < len(members) else None
    end = document.locate((*place.path, steps[position])).value[1]
    has_lines = text[place.start : start].rstrip(" \t").endswith(("\n", "\r"))
    indent = line_indent(document, start) if has_lines else None
    member = _member(document, key, value, indent, style)
    if previous is None:
        separator = f",{style.line_break}{indent}" if has_lines else style.comma
        return [TextEdit(start, start, f"{member}{separator}")]
    if not has_lines or (following is not None and following <= line_end(document, end)):
        return [TextEdit(end, end, style.comma + _member(document, key, value, None, style))]
    line = f"{style.line_break}{indent}{member}"
    comma_after = _COMMA.match(text, end, line_end(document, end))
    last = comma_after.end() if comma_after else end
    line_ends = line_end(document, last)
    at = line_ends if line_ends < place.end and not text[last:line_ends].strip().startswith(("}", "]")) else last
    if comma_after:
        return [TextEdit(at, at, f"{line},")]
    return [TextEdit(end, end, f",{line}")] if at == end else [TextEdit(end, end, ","), TextEdit(at, at, line)]


def remove_from_brackets(document: Document, parent: Place, place: Place) -> list[TextEdit]:
    """Return the edits that remove a member or item between brackets, with one comma."""
    text = document.source.text
    members = member_starts(document, parent)
    step = place.path[-1]
    position = next(number for number, (_, other) in enumerate(members) if other == step)
    start, end = members[position][0], place.end
    if position + 1 < len(members):
        end = members[position + 1][0]
    elif position:
        start = document.locate((*parent.path, members[position - 1][1])).value[1]
    else:
        start, end = parent.end - 1 - len(_inside(document, parent)), parent.end - 1
    if document.language == "yaml" and "#" in text[start:end]:
        raise EditError("a comment beside the value would be lost")
    return [TextEdit(start, end, "")]


def replace_quoted(place: Place, mark: str, value: Any) -> list[TextEdit]:
    """Return the edits that replace a text in quotes by a scalar in the same quotes, which CloudFormation converts."""
    return [TextEdit(place.start, place.end, quoted(scalar_text(value), mark))]


def _fill(document: Document, place: Place, key: str | None, value: Any, style: Style) -> TextEdit:
    """Return the edit that puts a first member between brackets; JSON on lines gets a line for it."""
    if "#" in document.source.text[place.start : place.end]:
        raise EditError("the brackets contain a comment, which would be lost")
    if document.language == "json" and _has_lines(document):
        outer = line_indent(document, place.start)
        inner = outer + style.step
        member = _member(document, key, value, inner, style)
        filled = f"{style.line_break}{inner}{member}{style.line_break}{outer}"
    else:
        filled = _member(document, key, value, None, style)
    return TextEdit(place.end - 1 - len(_inside(document, place)), place.end - 1, filled)


def _inside(document: Document, place: Place) -> str:
    """Return the text between the brackets of a value."""
    text = document.source.text[place.start : place.end - 1]
    return text[min(position for position in map(text.find, "{[") if position >= 0) + 1 :]


def _member(document: Document, key: str | None, value: Any, indent: str | None, style: Style) -> str:
    if document.language == "json":
        content = render_json(value, style, indent)
        return content if key is None else f"{render_json(key, style, None)}{style.colon}{content}"
    content = render_flow(value, style)
    return content if key is None else f"{render_key(key, style)}: {content}"


def _has_lines(document: Document) -> bool:
    return "\n" in document.source.text.strip() or "\r" in document.source.text.strip()
