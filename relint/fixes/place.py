"""The place of a value in the text of a template."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.fixes.data_paths import has_member
from relint.fixes.edit import EditError

if TYPE_CHECKING:
    from relint.source.document import Document
    from relint.source.location import Path

_TAG = re.compile(r"![\w:]+[ \t]*")
_REFERENCE = re.compile(r"[&*][^\s,\[\]{}]+")
_REFERENCE_BEFORE = re.compile(r"(?:^|[\s,\[{:-])(&[^\s,\[\]{}]+)\s+(?:![\w:]+\s+)?$")
_ANCHOR = re.compile(r"&[^\s,\[\]{}]+\s+")
_LONGEST_ANCHOR = 200


class Place(NamedTuple):
    """A value that the template contains, and the range of its text and the start of its key; None for items."""

    path: Path
    value: Any
    start: int
    end: int
    key_start: int | None


def find_place(document: Document, path: Path) -> Place:
    """Return the place of the longest part of a path that exists.

    Raises EditError if the author did not write the value there: an anchor shares it with other places.
    """
    value: Any = document.data
    text = document.source.text
    start, end, depth = 0, len(text), 0
    while True:
        extent = document.locate(path[:depth])
        is_inside = start <= extent.value[0] <= extent.value[1] <= end
        if not is_inside or (document.language == "yaml" and _is_shared(text, start, extent.value[0])):
            raise EditError("an anchor shares this value with other places, which would change, too")
        start, end = extent.value
        has_step = depth < len(path) and has_member(value, path[depth])
        if not has_step:
            anchor = _ANCHOR.match(text, start, end) if document.language == "yaml" else None
            start = anchor.end() if anchor else start
            return Place(path[:depth], value, start, end, extent.key[0] if extent.key else None)
        value = value[path[depth]]
        depth += 1


def _is_shared(text: str, start: int, offset: int) -> bool:
    """Whether the value at an offset of YAML is an alias, or has an anchor that an alias repeats."""
    before = _REFERENCE_BEFORE.search(text[max(start, offset - _LONGEST_ANCHOR) : offset])
    reference = before[1] if before else (found[0] if (found := _REFERENCE.match(text, offset)) else "")
    if reference.startswith("&"):
        return re.search(rf"\*{re.escape(reference[1:])}(?![^\s,\[\]{{}}])", text) is not None
    return bool(reference)


def is_call(value: Any) -> bool:
    """Whether a value is the call of an intrinsic function, which takes no members."""
    if not isinstance(value, dict) or len(value) != 1:
        return False
    (key,) = value
    return isinstance(key, str) and (key == "Ref" or key.startswith("Fn::"))


def has_brackets(document: Document, path: Path) -> bool:
    """Whether the members of a mapping or list stand between brackets, as in JSON, rather than on lines."""
    if document.language == "json":
        return True
    text, start = document.source.text, document.locate(path).value[0]
    tag = _TAG.match(text, start)
    return text.startswith(("{", "["), tag.end() if tag else start)


def member_starts(document: Document, place: Place) -> list[tuple[int, str | int]]:
    """Return where the members of a mapping or list begin, with their key or dash, in the order of the text.

    Members that a merge key takes from elsewhere are left out.
    """
    text = document.source.text
    starts: list[tuple[int, str | int]] = []
    for step in place.value if isinstance(place.value, dict) else range(len(place.value)):
        extent = document.locate((*place.path, step))
        start = (extent.key or extent.value)[0]
        if isinstance(step, int) and not has_brackets(document, place.path):
            start = text.rindex("-", place.start, max(start, place.start + 1))
        if place.start <= start < max(place.end, place.start + 1):
            starts.append((start, step))
    return sorted(starts, key=lambda pair: pair[0])


def line_indent(document: Document, offset: int) -> str:
    """Return the blanks at the start of the line of an offset."""
    match = re.compile(r"[ \t]*").match(document.source.text, line_start(document, offset))
    return match[0] if match else ""


def line_start(document: Document, offset: int) -> int:
    """Return the offset at which the line of an offset begins."""
    return offset - document.source.position_at(offset).column + 1


def line_end(document: Document, offset: int) -> int:
    """Return the offset at which the line of an offset ends, before its line break."""
    match = re.compile(r"[^\r\n]*").match(document.source.text, offset)
    return match.end() if match else offset
