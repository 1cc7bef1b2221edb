"""The characters that a regular expression can begin with, from the tree of the standard library's parser.

A set is an integer with a bit for each character of ASCII, one for all characters beyond, and one for the end of the
text. Where it is not told exactly, it holds more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_LAST = 128
_BEYOND, _END = 1 << _LAST, 1 << _LAST + 1
_ASCII = _BEYOND - 1
_ALL = _ASCII | _BEYOND | _END


def inner_flags(flags: int, group: Any) -> int:
    """The flags of `re` inside of a group, which may set and clear some."""
    return int((flags | group[1]) & ~group[2])


def may_begin(items: list[Any], follow: int, flags: int) -> int:
    """What the items, and what follows if they may be empty, can begin with."""
    first, empty = first_of(items, flags)
    return first | follow if empty else first


def first_of(items: list[Any], flags: int) -> tuple[int, bool]:
    """What the items can begin with, and whether they may take no character at all."""
    found = 0
    for item in items:
        first, empty = _begins(item[0].name, item[1], flags)
        found |= first
        if not empty:
            return found, False
    return found, True


def _begins(kind: str, value: Any, flags: int) -> tuple[int, bool]:
    if kind == "AT":
        at_end = value.name == "AT_END_STRING" or (value.name == "AT_END" and not flags & re.MULTILINE)
        return (_END, False) if at_end else (0, True)
    if kind == "SUBPATTERN":
        return first_of(list(value[3]), inner_flags(flags, value))
    if kind == "BRANCH":
        firsts = [first_of(list(branch), flags) for branch in value[1]]
        return _union(first for first, _ in firsts), any(empty for _, empty in firsts)
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        first, empty = first_of(list(value[2]), flags)
        return first, empty or value[0] == 0
    if kind in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
        return _characters(kind, value, flags), False
    return _ALL, True  # it looks at more than one character, or at a group


def _characters(kind: str, value: Any, flags: int) -> int:
    """The characters that one item matches, or more of them."""
    if kind == "ANY":
        return _ASCII | _BEYOND if flags & re.DOTALL else (_ASCII | _BEYOND) & ~(1 << ord("\n"))
    members = [(op.name, what) for op, what in value] if kind == "IN" else [("LITERAL", value)]
    found = _union(_member(name, what, flags) for name, what in members)
    if kind == "NOT_LITERAL" or members[0][0] == "NEGATE":
        return (_ASCII & ~found) | _BEYOND
    folded = _union(1 << ord(letter) for letter in "iIsSkK")  # IGNORECASE takes letters beyond for these
    if flags & re.IGNORECASE and found & (folded | _BEYOND):
        found |= _BEYOND | (folded if found & _BEYOND else 0)
    return found


def _member(kind: str, value: Any, flags: int) -> int:
    if kind == "NEGATE":
        return 0
    if kind == "CATEGORY":
        name = value.name.removeprefix("CATEGORY_")
        letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[name.removeprefix("NOT_")]
        expression = re.compile("\\" + (letter.upper() if name.startswith("NOT_") else letter), flags & re.ASCII)
        return _union(1 << code for code in range(_LAST) if expression.match(chr(code))) | _BEYOND
    low, high = value if kind == "RANGE" else (value, value)
    found = _union(1 << code for code in range(low, min(high + 1, _LAST))) | (_BEYOND if high >= _LAST else 0)
    if flags & re.IGNORECASE:
        letters = [chr(code) for code in range(low, min(high + 1, _LAST)) if chr(code).isalpha()]
        found |= _union(1 << ord(letter.swapcase()) for letter in letters)
    return found


def _union(sets: Iterable[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found
