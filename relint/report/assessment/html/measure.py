"""Widths of texts, estimated from above, so that a text stays in its box with any usual font."""

from __future__ import annotations

from collections.abc import Iterator

from relint.report.terminal import width as columns

_WIDTHS = {
    0.42: "ijlI.,:;'|! ",
    0.54: 'frtJ-()[]{}/\\"*`',
    0.84: "ABCDEFGHKLNOPQRSTUVXYZ&",
    1.12: "mwMW@%",
}
"""Widths of characters in bold DejaVu Sans, the widest of the usual fonts, by their height; others have 0.76."""
_BY_CHARACTER = {character: size for size, characters in _WIDTHS.items() for character in characters}
ELLIPSIS = "\u2026"
_BREAKS = "-_.:/ "


def text_width(text: str, size: float) -> float:
    """Return the most that a text takes at a size of its font, both in pixels."""
    return size * sum(_width(character) for character in text)


def fit(text: str, width: float, size: float) -> str:
    """Return a text that is not wider than `width`, with its middle left out where it is too long."""
    if text_width(text, size) <= width:
        return text
    left, right = _head(text, width * 0.6, size), _head(text[::-1], width * 0.4 - size, size)[::-1]
    return f"{left}{ELLIPSIS}{right}"


def fold(text: str, width: float, size: float) -> list[str]:
    """Return a name in at most two lines, broken before a capital or after a separator where there is one."""
    if text_width(text, size) <= width:
        return [text]
    longest = len(_head(text, width, size))
    breaks = [index for index in _breaks(text) if longest // 2 <= index <= longest]
    at = breaks[-1] if breaks else max(longest, 1)
    return [text[:at], fit(text[at:], width, size)]


def _head(text: str, width: float, size: float) -> str:
    used = 0.0
    for index, character in enumerate(text):
        used += size * _width(character)
        if used > width:
            return text[:index]
    return text


def _breaks(text: str) -> Iterator[int]:
    for index in range(1, len(text)):
        if text[index - 1] in _BREAKS or (text[index].isupper() and text[index - 1].islower()):
            yield index


def _width(character: str) -> float:
    known = _BY_CHARACTER.get(character)
    if known is not None:
        return known
    return 0.76 if character.isascii() else 1.3 if columns(character) else 0.0
