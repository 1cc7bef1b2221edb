"""YAML as templates usually have it -> a document, line by line, without PyYAML and faster.

Block mappings and lists, flow collections, short tags, quoted texts on one line, block scalars. Whatever else YAML
knows, and every mistake, is Unsure: then `yaml_reader` reads the text, and says what is wrong with it. A test compares
the two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from relint.source.document import Document
from relint.source.fast_yaml.block_scalar import read_block_scalar
from relint.source.fast_yaml.flow import Unsure, read_flow
from relint.source.fast_yaml.tokens import QUOTED, TAG, Rows, first_line, plain_text
from relint.source.short_tags import tagged
from relint.source.yaml_scalars import plain_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from relint.source.document import Extent
    from relint.source.fast_yaml.locator import PlainPlaces
    from relint.source.location import Path
    from relint.source.text import SourceText

_BEHIND = re.compile(r"(?: *| +#.*)$", re.MULTILINE)
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}
_ORDINARY = bytes([10, *range(32, 127)])
_PLAIN_START = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/.$+()_<=;^~\\")
_MAX_DEPTH = 60
_MAX_KEY = 1000
"""libyaml takes keys of up to 1,024 characters."""


def read_plain(source: SourceText) -> Document | None:
    """The document of a YAML text; None if it is not certain what the text means."""
    try:
        data, rows = values_of(source.text)
    except Unsure:
        return None
    return Document(source, "yaml", data, (), (), _locator(source, data, rows))


def _locator(source: SourceText, data: Any, rows: Rows) -> Callable[[Path], Extent]:
    """Finds the places of paths; what that takes is imported and made when it is first asked."""
    made: list[PlainPlaces] = []

    def locate(path: Path) -> Extent:
        if not made:
            from relint.source.fast_yaml.locator import PlainPlaces

            made.append(PlainPlaces(source, data, rows))
        return made[0].locate(path)

    return locate


def values_of(text: str) -> tuple[Any, Rows]:
    """The value of a YAML text, and where the members of its block collections stand; raises Unsure."""
    if not _is_ordinary(text) or "\n..." in text:
        raise Unsure
    lines = text.split("\n")
    size = len(lines)
    starts: list[int] = []
    keys: dict[str, str] = {}
    rows: Rows = {}
    root: list[Any] = [None]
    here: list[int] = []
    outer: list[tuple[int, Any, bool, list[int]]] = []
    node: Any = root
    level, is_list = -1, True  # the collection that goes on: its column, and what it is
    slot: Any = -1  # its last member, and whether the value of that is yet to come, below a tag
    pending, tag = True, ""
    number = first_line(lines)
    while number < size:
        line = lines[number]
        rest = line.lstrip(" ")
        if not rest or rest[0] == "#":
            number += 1
            continue
        column = first_column = len(line) - len(rest)
        dashes = []
        while rest[:1] == "-" and rest[1:2] in (" ", ""):
            dashes.append(column)
            if len(dashes) > _MAX_DEPTH:
                raise Unsure
            rest = rest[1:].lstrip(" ")
            column = len(line) - len(rest)
        key = ""
        word, colon, behind = rest.partition(": ")
        if not colon and word[-1:] == ":":
            word, colon = word[:-1], ":"
        if colon:
            known = keys.get(word)
            key = keys[word] = _key(word) if known is None else known
            if key:
                rest = behind.lstrip(" ")
        opens = pending and (first_column > level or (dashes and first_column == level and not is_list))
        if not opens:
            if tag:
                node[slot] = tagged(tag, "")
                tag = ""
            while first_column < level or (is_list and not dashes and first_column == level):
                level, node, is_list, here = outer.pop()
            if first_column != level or is_list != bool(dashes) or not (dashes or key):
                raise Unsure
        for begin in (*dashes, column) if key else dashes:
            in_list = begin in dashes
            if opens:
                outer.append((level, node, is_list, here))
                if len(outer) > _MAX_DEPTH:
                    raise Unsure
                child: Any = [] if in_list else {}
                node[slot] = tagged(tag, child) if tag else child
                level, node, is_list, here, tag = begin, child, in_list, [], ""
                rows[id(node)] = (level, here)
            here.append(number)
            if in_list:
                slot = -1
                node.append(None)
            elif key in node:
                raise Unsure
            else:
                slot = key
                node[key] = None
            opens = True
        first = rest[:1]
        number += 1
        pending = True
        if first == "!":
            said = TAG.match(rest)
            if tag or said is None:
                raise Unsure
            tag = said[1]
            rest = rest[said.end() :]
            first = rest[:1]
        if first in ("", "#"):
            continue
        if node is root:
            raise Unsure
        pending = False
        read: Any
        if first in _PLAIN_START or first > "~" or (first in "-:" and rest[1:2] not in (" ", "")):
            read = plain_text(rest)
            if not tag:
                read = plain_value(read)
        elif first in "\"'":
            read = _quoted_text(rest)
        elif first in "[{":
            starts = starts or [0, *accumulate(len(line) + 1 for line in lines)]
            read, end = read_flow(text, starts[number] - 1 - len(rest))
            if _BEHIND.match(text, end) is None:
                raise Unsure
            number = bisect_right(starts, end)
        elif first in "|>":
            read, number = read_block_scalar(lines, rest, number, level)
        else:
            raise Unsure
        if tag:
            read = tagged(tag, read)
            tag = ""
        node[slot] = read
    if tag:
        node[slot] = tagged(tag, "")
    if root[0] is None:
        raise Unsure
    return root[0], rows


def _is_ordinary(text: str) -> bool:
    """Whether all characters are line feeds or printable, so that YAML has no opinion of its own about any."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ORDINARY)
    return not rest or rest.decode("utf-8", "surrogatepass").isprintable()


def _key(word: str) -> str:
    """The key that is written so before a colon; empty if it is none."""
    if len(word) > _MAX_KEY or not word:
        return ""
    if word[0] in _PLAIN_START or word[0] > "~":
        return "" if " #" in word or word[-1] == " " or word == "<<" else word
    match = QUOTED.fullmatch(word)
    return _unquoted(match) if match else ""


def _quoted_text(rest: str) -> str:
    match = QUOTED.match(rest)
    if match is None:
        raise Unsure
    return _unquoted(match)


def _unquoted(match: re.Match[str]) -> str:
    double, single = match.groups()
    if double is None:
        return str(single).replace("''", "'")
    return _ESCAPE.sub(_unescaped, double) if "\\" in double else str(double)


def _unescaped(match: re.Match[str]) -> str:
    if match[1] not in _ESCAPED:
        raise Unsure
    return _ESCAPED[match[1]]
