"""A JSON text -> the place of a path, found by reading the text again as far as is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from relint.source.document import DuplicateKey, Extent

if TYPE_CHECKING:
    from relint.source.location import Path
    from relint.source.text import SourceText

_BLANK = re.compile(r"[ \t\r\n]*")


class JsonLocator:
    """Finds where the value of a path was written; remembers the members of what it has passed."""

    __slots__ = ("_members", "_root", "_source")

    def __init__(self, source: SourceText) -> None:
        start = _skip(source.text, 0)
        self._source = source
        self._root = Extent(None, (start, len(source.text.rstrip(" \t\r\n"))))
        self._members: dict[int, dict[str | int, Extent]] = {}

    def locate(self, path: Path) -> Extent:
        """The place of `path`, or of its nearest ancestor that was written."""
        place = self._root
        for step in path:
            inner = self._members_at(place.value[0]).get(step)
            if inner is None:
                break
            place = inner
        return place

    def _members_at(self, start: int) -> dict[str | int, Extent]:
        members = self._members.get(start)
        if members is None:
            members = self._members[start] = dict(members_at(self._source.text, start))
        return members


def members_at(text: str, start: int) -> Iterator[tuple[str | int, Extent]]:
    """The keys or indices of the object or array that begins at `start`, in order; nothing for any other value.

    The text must be valid JSON. Values are skipped by json's scanner, which is written in C.
    """
    if text[start] not in "{[":
        return
    is_object = text[start] == "{"
    decode = JSONDecoder().raw_decode
    index = 0
    here = _skip(text, start + 1)
    while text[here] not in "}]":
        step: str | int = index
        key = None
        if is_object:
            step, key_end = scanstring(text, here + 1, True)
            key = (here, key_end)
            here = _skip(text, _skip(text, key_end) + 1)
        _, end = decode(text, here)
        yield step, Extent(key, (here, end))
        index += 1
        here = _skip(text, end)
        if text[here] == ",":
            here = _skip(text, here + 1)


def duplicate_keys(data: Any, repeated: list[dict[str, Any]], source: SourceText) -> Iterator[DuplicateKey]:
    """The keys that stand twice in the given objects of `data`."""
    if not repeated:
        return
    wanted = {id(mapping) for mapping in repeated}
    waiting: list[tuple[Any, Path, int]] = [(data, (), _skip(source.text, 0))]
    while waiting:
        value, path, start = waiting.pop()
        if not isinstance(value, dict | list):
            continue
        members = list(members_at(source.text, start))
        if id(value) in wanted:
            yield from _twice(members, path, source)
        inner = {step: (value[step], (*path, step), place.value[0]) for step, place in members}  # type: ignore[index]
        waiting += reversed(inner.values())


def _twice(members: Iterable[tuple[str | int, Extent]], path: Path, source: SourceText) -> Iterator[DuplicateKey]:
    seen: dict[str | int, tuple[int, int]] = {}
    for key, place in members:
        if place.key is None:
            continue
        if key in seen:
            yield DuplicateKey(str(key), (*path, key), source.span(*seen[key]), source.span(*place.key))
        seen[key] = place.key


def _skip(text: str, start: int) -> int:
    match = _BLANK.match(text, start)
    return match.end() if match else start
