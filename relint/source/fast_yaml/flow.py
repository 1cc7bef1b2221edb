"""Flow collections, `[a, b]` and `{a: b}`, in the few notations that templates use."""

from __future__ import annotations

import re

from relint._typing import Any
from relint.source.document import Extent
from relint.source.fast_yaml.tokens import UnsupportedSyntax
from relint.source.short_tags import expand_tag
from relint.source.yaml_scalars import resolve_plain_scalar

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
_CLOSING_BRACKET = object()

MemberExtents = dict[str | int, Extent]
"""The extents of the members of a flow collection, by key or index."""


def read_flow(text: str, start: int, depth: int = 0, extents: MemberExtents | None = None) -> tuple[Any, int]:
    """Return the list or mapping that begins at `start`, and the offset after it.

    The extents of its members are added to `extents`. Raises UnsupportedSyntax.
    """
    if depth > _MAX_DEPTH:
        raise UnsupportedSyntax
    if text[start] == "[":
        return _read_list(text, start + 1, depth, extents)
    return _read_mapping(text, start + 1, depth, extents)


def _read_list(text: str, position: int, depth: int, extents: MemberExtents | None) -> tuple[list[Any], int]:
    items: list[Any] = []
    while True:
        value, value_start, value_end = _read_value(text, position, depth)
        if value is _CLOSING_BRACKET:
            if text[value_end - 1] != "]":
                raise UnsupportedSyntax
            return items, value_end
        if extents is not None:
            extents[len(items)] = Extent(key=None, value=(value_start, value_end))
        items.append(value)
        separator = _AFTER_ITEM.match(text, value_end)
        if separator is None or separator[1] == "}":
            raise UnsupportedSyntax
        position = separator.end()
        if separator[1] == "]":
            return items, position


def _read_mapping(text: str, position: int, depth: int, extents: MemberExtents | None) -> tuple[dict[str, Any], int]:
    members: dict[str, Any] = {}
    while True:
        token = _TOKEN.match(text, position)
        if token is None:
            raise UnsupportedSyntax
        token_type = token.lastgroup
        key_end = token.end()
        if token_type == "close":
            if text[key_end - 1] != "}":
                raise UnsupportedSyntax
            return members, key_end
        if token_type not in ("plain", "double", "single"):
            raise UnsupportedSyntax
        key = token[token_type]
        colon = _AFTER_KEY.match(text, key_end)
        if colon is None or key in members:
            raise UnsupportedSyntax
        value, value_start, value_end = _read_value(text, colon.end(), depth)
        if value is _CLOSING_BRACKET:
            raise UnsupportedSyntax
        if extents is not None:
            key_start = token.start(token_type) - (token_type != "plain")
            extents[key] = Extent(key=(key_start, key_end), value=(value_start, value_end))
        members[key] = value
        separator = _AFTER_ITEM.match(text, value_end)
        if separator is None or separator[1] == "]":
            raise UnsupportedSyntax
        position = separator.end()
        if separator[1] == "}":
            return members, position


def _read_value(text: str, position: int, depth: int) -> tuple[Any, int, int]:
    """Return a value and the offsets of its start and end. At a closing bracket, the value is _CLOSING_BRACKET."""
    token = _TOKEN.match(text, position)
    if token is None:
        raise UnsupportedSyntax
    token_type = token.lastgroup
    end = token.end()
    if token_type == "plain":
        return resolve_plain_scalar(token[token_type]), token.start(token_type), end
    if token_type == "open":
        start = end - 1
        value, end = read_flow(text, start, depth + 1)
        return value, start, end
    if token_type == "tag":
        value, value_end = _read_tagged_value(text, end, depth)
        return expand_tag(token[token_type], value), token.start(token_type) - 1, value_end
    if token_type == "close":
        return _CLOSING_BRACKET, end, end
    return token[token_type or ""], token.start(token_type or "") - 1, end


def _read_tagged_value(text: str, position: int, depth: int) -> tuple[Any, int]:
    """Return the value after a tag, and the offset after the value. Plain scalars stay text."""
    token = _TOKEN.match(text, position)
    if token is None:
        raise UnsupportedSyntax
    token_type = token.lastgroup
    if token_type == "open":
        return read_flow(text, token.end() - 1, depth + 2)
    if token_type in ("plain", "double", "single"):
        return token[token_type], token.end()
    raise UnsupportedSyntax
