"""Flow collections, `[a, b]` and `{a: b}`, as far as templates write them in one way only."""

from __future__ import annotations

import re
from typing import Any

from relint.source.document import Extent
from relint.source.short_tags import tagged
from relint.source.yaml_scalars import plain_value

_WORD = r"[\w./$*+=@~()-]+(?::+[\w./$*+=@~()-]+)*"
_TOKEN = re.compile(
    r"[ \n]*(?:"
    rf"(?P<plain>(?!\.\.\.)-?[\w/.$](?:{_WORD})?(?: +{_WORD})*)"
    r'|"(?P<double>[^"\\\n]*)"'
    r"|'(?P<single>[^'\n]*)'"
    r"|(?P<open>[\[{])"
    r"|(?P<close>[\]}])"
    r"|!(?P<tag>[A-Za-z0-9_][A-Za-z0-9_:]*) +(?=[^ \n!])"
    r")"
)
_AFTER_ITEM = re.compile(r"[ \n]*([,\]}])")
_AFTER_KEY = re.compile(r":[ \n]+")
_MAX_DEPTH = 50

Places = dict[str | int, Extent]


class Unsure(Exception):
    """The text may be right, but this reader does not know what it means."""


def read_flow(text: str, start: int, depth: int = 0, places: Places | None = None) -> tuple[Any, int]:
    """The list or mapping that begins at `start`, and the offset behind it.

    `places` takes the places of its items or members. Raises Unsure.
    """
    if depth > _MAX_DEPTH:
        raise Unsure
    if text[start] == "[":
        return _read_list(text, start + 1, depth, places)
    return _read_mapping(text, start + 1, depth, places)


def _read_list(text: str, position: int, depth: int, places: Places | None) -> tuple[list[Any], int]:
    items: list[Any] = []
    while True:
        value, begin, end = _read_value(text, position, depth)
        if value is _CLOSE:
            if text[end - 1] != "]":
                raise Unsure
            return items, end
        if places is not None:
            places[len(items)] = Extent(None, (begin, end))
        items.append(value)
        after = _AFTER_ITEM.match(text, end)
        if after is None or after[1] == "}":
            raise Unsure
        position = after.end()
        if after[1] == "]":
            return items, position


def _read_mapping(text: str, position: int, depth: int, places: Places | None) -> tuple[dict[str, Any], int]:
    members: dict[str, Any] = {}
    while True:
        token = _TOKEN.match(text, position)
        if token is None:
            raise Unsure
        kind = token.lastgroup
        end = token.end()
        if kind == "close":
            if text[end - 1] != "}":
                raise Unsure
            return members, end
        if kind not in ("plain", "double", "single"):
            raise Unsure
        key = token[kind]
        colon = _AFTER_KEY.match(text, end)
        if colon is None or key in members:
            raise Unsure
        value, begin, value_end = _read_value(text, colon.end(), depth)
        if value is _CLOSE:
            raise Unsure
        if places is not None:
            key_start = token.start(kind) - (kind != "plain")
            places[key] = Extent((key_start, end), (begin, value_end))
        members[key] = value
        after = _AFTER_ITEM.match(text, value_end)
        if after is None or after[1] == "]":
            raise Unsure
        position = after.end()
        if after[1] == "}":
            return members, position


def _read_value(text: str, position: int, depth: int) -> tuple[Any, int, int]:
    """A value with the offsets between which it stands; _CLOSE for a closing bracket."""
    token = _TOKEN.match(text, position)
    if token is None:
        raise Unsure
    kind = token.lastgroup
    end = token.end()
    if kind == "plain":
        return plain_value(token[kind]), token.start(kind), end
    if kind == "open":
        begin = end - 1
        value, end = read_flow(text, begin, depth + 1)
        return value, begin, end
    if kind == "tag":
        begin = token.start(kind) - 1
        inner = _TOKEN.match(text, end)
        if inner is None:
            raise Unsure
        form = inner.lastgroup
        if form == "open":
            value, end = read_flow(text, inner.end() - 1, depth + 2)
        elif form in ("plain", "double", "single"):
            value, end = inner[form], inner.end()
        else:
            raise Unsure
        return tagged(token[kind], value), begin, end
    if kind == "close":
        return _CLOSE, end, end
    return token[kind or ""], token.start(kind or "") - 1, end


_CLOSE = object()
