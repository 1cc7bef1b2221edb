"""Texts with unknown parts, and whether a pattern with wildcards matches them.

A text is a tuple of literals and symbols. A symbol is the expression of a part that only a deployment decides, such as
("Ref", "AWS::Region"). The answer is True, False, or None if it depends on the symbols.
"""

from __future__ import annotations

from relint._typing import Any
from relint.resolve.value import is_call

Text = tuple[Any, ...]

FREE = ("Free", "text")
"""A part of a text that takes whatever value a pattern asks for."""
FREE_NAME = ("Free", "name")
"""The same without "/" and ":", such as the stage of an API, or the name of the stack in a generated name."""
FREE_END = ("Free", "end")
"""What may follow an ARN, or not: the ":*" of log groups, the "/" of the root of an API."""
PARTITION = ("Ref", "AWS::Partition")
REGION = ("Ref", "AWS::Region")
ACCOUNT = ("Ref", "AWS::AccountId")

_STAR = ("Wildcard", "*")
_ONE_CHARACTER = ("Wildcard", "?")
_CHARACTERS = {
    PARTITION: frozenset("abcdefghijklmnopqrstuvwxyz-"),
    REGION: frozenset("abcdefghijklmnopqrstuvwxyz0123456789-"),
    ACCOUNT: frozenset("0123456789"),
}
"""The characters of values that have at least one, and no others."""

_MAX_COMPARISONS = 40_000
"""A bound of the time for hostile templates; ARNs have a few dozen characters after what they have in common."""

_NO, _MAYBE, _YES = 0, 1, 2
_Table = list[list[int]]


def generated(logical_id: str) -> tuple[str, str]:
    """Return the symbol of a text that AWS makes up for a resource, which equals nothing else."""
    return ("Generated", logical_id)


def joined(parts: Text) -> Text:
    """Return a text whose neighbouring literals are merged, and whose empty ones are left out."""
    merged: list[Any] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return tuple(merged)


def matches(text: Text, pattern: Text, *, wildcards: bool = True) -> bool | None:
    """Return whether a pattern matches the whole of a text; without `wildcards`, "*" and "?" are characters."""
    if pattern == text:
        return True
    if wildcards and pattern == ("*",):
        return True
    tokens = _tokens(text, wildcards=False)
    pattern_tokens = _tokens(pattern, wildcards=wildcards)
    start = _common_length(tokens, pattern_tokens)
    tokens, pattern_tokens = tokens[start:], pattern_tokens[start:]
    for index in (0, -1) if tokens and pattern_tokens else ():  # a quick answer for most names that differ
        token, wanted = tokens[index], pattern_tokens[index]
        if token != wanted and _is_fixed(token) and _is_fixed(wanted):
            return False
    answer = _compare(tokens, pattern_tokens)
    return None if answer == _MAYBE else answer == _YES


def _common_length(left: list[Any], right: list[Any]) -> int:
    """Return how many tokens at the beginning are equal and are nothing but themselves."""
    length = 0
    for one, other in zip(left, right, strict=False):
        if one != other or is_call(one, "Free", "Wildcard"):
            break
        length += 1
    return length


def _is_fixed(token: Any) -> bool:
    """Whether a token is a character, or a text that AWS makes up."""
    return isinstance(token, str) or is_call(token, "Generated")


def _tokens(text: Text, *, wildcards: bool) -> list[Any]:
    """Return the characters and symbols of a text."""
    tokens: list[Any] = []
    for part in text:
        if not isinstance(part, str):
            tokens.append(part)
        elif wildcards:
            tokens += [_STAR if char == "*" else _ONE_CHARACTER if char == "?" else char for char in part]
        else:
            tokens += part
    return tokens


def _compare(text: list[Any], pattern: list[Any]) -> int:
    """Return the best answer over all ways to lay the pattern over the text."""
    if len(text) * len(pattern) > _MAX_COMPARISONS:
        return _MAYBE
    table = [[_NO] * (len(pattern) + 1) for _ in range(len(text) + 1)]
    table[0][0] = _YES
    for i in range(len(text) + 1):
        for j in range(len(pattern) + 1):
            if table[i][j]:
                _step(table, text, pattern, i, j)
    return table[-1][-1]


def _step(table: _Table, text: list[Any], pattern: list[Any], i: int, j: int) -> None:
    """Carry the answer for the first `i` tokens of the text and `j` of the pattern to those that follow."""
    answer = table[i][j]

    def carry(to_i: int, to_j: int, value: int) -> None:
        table[to_i][to_j] = max(table[to_i][to_j], value)

    token = text[i] if i < len(text) else None
    wanted = pattern[j] if j < len(pattern) else None
    if wanted == _STAR:
        carry(i, j + 1, answer)
        if token is not None:
            carry(i + 1, j, answer)
    if token is not None and (token == wanted or (wanted == _ONE_CHARACTER and isinstance(token, str))):
        carry(i + 1, j + 1, answer)
    if token is not None and _is_open(token):
        value = answer if is_call(token, "Free") else min(answer, _MAYBE)
        for end in _ends(token, pattern, j):
            carry(i + 1, end, value)
    if wanted is not None and wanted not in (_STAR, _ONE_CHARACTER) and _is_open(wanted):
        for end in _ends(wanted, text, i):
            carry(end, j + 1, min(answer, _MAYBE))


def _is_open(token: Any) -> bool:
    """Whether a symbol may have a value that is written differently."""
    return not isinstance(token, str) and not is_call(token, "Generated", "Wildcard")


def _ends(symbol: Any, tokens: list[Any], start: int) -> list[int]:
    """Return where the value of a symbol may end if it begins at `start`."""
    end = start
    while end < len(tokens) and _may_contain(symbol, tokens[end]):
        end += 1
    return list(range(start + 1 if symbol in _CHARACTERS else start, end + 1))


def _may_contain(symbol: Any, token: Any) -> bool:
    """Whether the value of a symbol may contain a character, or the value of another symbol."""
    if symbol == FREE_END:
        return token in (":", "/", _STAR)
    if symbol == FREE_NAME:
        return token not in (":", "/")
    characters = _CHARACTERS.get(symbol)
    if characters is None:
        return True
    if isinstance(token, str):
        return token in characters
    return not is_call(token, "Generated") and token not in _CHARACTERS
