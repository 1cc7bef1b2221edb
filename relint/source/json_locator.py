"""Locator of JSON, which reads the text again as far as needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]

from relint._typing import TYPE_CHECKING, Any
from relint.source.document import DuplicateKey, Extent

if TYPE_CHECKING:
    from relint.source.location import Path
    from relint.source.text import SourceText

_BLANK = re.compile(r"[ \t\r\n]*")


class JsonLocator:
    """Locates the value of a path. Caches the members of the objects and arrays on the way."""

    __slots__ = ("_members", "_root", "_source")

    def __init__(self, source: SourceText) -> None:
        start = _skip_blanks(source.text, 0)
        self._source = source
        self._root = Extent(key=None, value=(start, len(source.text.rstrip(" \t\r\n"))))
        self._members: dict[int, dict[str | int, Extent]] = {}

    def locate(self, path: Path) -> Extent:
        """Return the extent of `path`, or of its nearest ancestor in the text."""
        extent = self._root
        for step in path:
            member = self._members_at(extent.value[0]).get(step)
            if member is None:
                break
            extent = member
        return extent

    def _members_at(self, start: int) -> dict[str | int, Extent]:
        members = self._members.get(start)
        if members is None:
            members = self._members[start] = dict(members_at(self._source.text, start))
        return members


def members_at(text: str, start: int) -> Iterator[tuple[str | int, Extent]]:
    """Yield the keys or indexes of the object or array at `start`, and their extents.

    Other values have no members. The text must be valid JSON. Values are skipped by json's scanner, which is written
    in C.
    """
    if text[start] not in "{[":
        return
    is_object = text[start] == "{"
    decode = JSONDecoder().raw_decode
    index = 0
    position = _skip_blanks(text, start + 1)
    while text[position] not in "}]":
        step: str | int = index
        key_range = None
        if is_object:
            step, key_end = scanstring(text, position + 1)
            key_range = (position, key_end)
            position = _skip_blanks(text, _skip_blanks(text, key_end) + 1)
        _, end = decode(text, position)
        yield step, Extent(key=key_range, value=(position, end))
        index += 1
        position = _skip_blanks(text, end)
        if text[position] == ",":
            position = _skip_blanks(text, position + 1)


def duplicate_keys(
    data: Any, objects_with_duplicates: list[dict[str, Any]], source: SourceText
) -> Iterator[DuplicateKey]:
    """Yield the keys that occur twice in the given objects of `data`."""
    if not objects_with_duplicates:
        return
    ids = {id(mapping) for mapping in objects_with_duplicates}
    pending: list[tuple[Any, Path, int]] = [(data, (), _skip_blanks(source.text, 0))]
    while pending:
        value, path, start = pending.pop()
        if not isinstance(value, dict | list):
            continue
        members = list(members_at(source.text, start))
        if id(value) in ids:
            yield from _duplicates_in(members, path, source)
        children = {step: (value[step], (*path, step), extent.value[0]) for step, extent in members}  # type: ignore[index]
        pending += reversed(children.values())


def _duplicates_in(
    members: Iterable[tuple[str | int, Extent]], path: Path, source: SourceText
) -> Iterator[DuplicateKey]:
    extents: dict[str | int, Extent] = {}
    for key, extent in members:
        if extent.key is None:
            continue
        first = extents.get(key)
        if first is not None and first.key is not None:
            yield DuplicateKey(
                key=str(key),
                path=(*path, key),
                first=source.span(*first.key),
                second=source.span(*extent.key),
                is_equal=_value_at(first, source) == _value_at(extent, source),
            )
        extents[key] = extent


def _value_at(extent: Extent, source: SourceText) -> Any:
    return JSONDecoder().raw_decode(source.text, extent.value[0])[0]


def _skip_blanks(text: str, start: int) -> int:
    match = _BLANK.match(text, start)
    return match.end() if match else start
