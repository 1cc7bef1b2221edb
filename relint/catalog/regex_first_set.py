"""FIRST sets of regular expressions, computed from the syntax tree of the standard library's parser.

A FIRST set contains the characters that an expression can begin with. It is an integer with one bit for each ASCII
character, one for all other characters, and one for the end of the text. Where the exact set is unknown, it is larger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from relint._typing import Any

_ASCII_SIZE = 128
_NON_ASCII, _END = 1 << _ASCII_SIZE, 1 << _ASCII_SIZE + 1
_ASCII = _NON_ASCII - 1
_ANYTHING = _ASCII | _NON_ASCII | _END


def inner_flags(flags: int, group: Any) -> int:
    """Return the flags of `re` inside a group, which may set and clear some."""
    return int((flags | group[1]) & ~group[2])


def first_set(items: list[Any], follow: int, flags: int) -> int:
    """Return the FIRST set of a sequence; if the sequence may be empty, `follow` is part of it."""
    first, can_be_empty = first_and_empty(items, flags)
    return first | follow if can_be_empty else first


def first_and_empty(items: list[Any], flags: int) -> tuple[int, bool]:
    """Return the FIRST set of a sequence, and whether the sequence can match the empty text."""
    characters = 0
    for item in items:
        first, can_be_empty = _first_of_item(item[0].name, item[1], flags)
        characters |= first
        if not can_be_empty:
            return characters, False
    return characters, True


def _first_of_item(opcode: str, value: Any, flags: int) -> tuple[int, bool]:
    if opcode == "AT":
        at_end = value.name == "AT_END_STRING" or (value.name == "AT_END" and not flags & re.MULTILINE)
        return (_END, False) if at_end else (0, True)
    if opcode == "SUBPATTERN":
        return first_and_empty(list(value[3]), inner_flags(flags, value))
    if opcode == "BRANCH":
        firsts = [first_and_empty(list(branch), flags) for branch in value[1]]
        return _union(first for first, _ in firsts), any(can_be_empty for _, can_be_empty in firsts)
    if opcode in ("MAX_REPEAT", "MIN_REPEAT"):
        first, can_be_empty = first_and_empty(list(value[2]), flags)
        return first, can_be_empty or value[0] == 0
    if opcode == "LITERAL":
        return _matched_by_literal(value, flags), False
    if opcode in ("NOT_LITERAL", "IN", "ANY"):
        return _matched_characters(opcode, value, flags), False
    return _ANYTHING, True  # assertions and group references


@lru_cache(maxsize=1024)
def _matched_by_literal(code: int, flags: int) -> int:
    return _matched_characters("LITERAL", code, flags)


def _matched_characters(opcode: str, value: Any, flags: int) -> int:
    """Return the characters that one item matches, or a larger set."""
    if opcode == "ANY":
        return _ASCII | _NON_ASCII if flags & re.DOTALL else (_ASCII | _NON_ASCII) & ~(1 << ord("\n"))
    members = [(member.name, operand) for member, operand in value] if opcode == "IN" else [("LITERAL", value)]
    characters = _union(_characters_of_member(name, operand, flags) for name, operand in members)
    if opcode == "NOT_LITERAL" or members[0][0] == "NEGATE":
        return (_ASCII & ~characters) | _NON_ASCII
    folded = _union(1 << ord(letter) for letter in "iIsSkK")  # with IGNORECASE, non-ASCII letters match these
    if flags & re.IGNORECASE and characters & (folded | _NON_ASCII):
        characters |= _NON_ASCII | (folded if characters & _NON_ASCII else 0)
    return characters


def _characters_of_member(opcode: str, value: Any, flags: int) -> int:
    if opcode == "NEGATE":
        return 0
    if opcode == "CATEGORY":
        name = value.name.removeprefix("CATEGORY_")
        letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[name.removeprefix("NOT_")]
        expression = re.compile("\\" + (letter.upper() if name.startswith("NOT_") else letter), flags & re.ASCII)
        return _union(1 << code for code in range(_ASCII_SIZE) if expression.match(chr(code))) | _NON_ASCII
    low, high = value if opcode == "RANGE" else (value, value)
    ascii_codes = range(low, min(high + 1, _ASCII_SIZE))
    characters = _union(1 << code for code in ascii_codes) | (_NON_ASCII if high >= _ASCII_SIZE else 0)
    if flags & re.IGNORECASE:
        letters = [chr(code) for code in ascii_codes if chr(code).isalpha()]
        characters |= _union(1 << ord(letter.swapcase()) for letter in letters)
    return characters


def _union(sets: Iterable[int]) -> int:
    union = 0
    for characters in sets:
        union |= characters
    return union
