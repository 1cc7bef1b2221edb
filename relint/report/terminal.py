"""Text for a terminal: harmless, measured, wrapped and coloured."""

from __future__ import annotations

from collections.abc import Iterator

_TAB = "    "


def printable(text: str) -> str:
    r"""The text with tabs as four spaces, and what could steer a terminal (or hide) as an escape such as "\x1b"."""
    if text.isprintable():
        return text
    return "".join(_TAB if c == "\t" else c if c.isprintable() else ascii(c)[1:-1] for c in text)


def width(text: str) -> int:
    """How many columns a printable text takes: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, columns: int) -> Iterator[str]:
    """Lines of whole words that take no more than `columns`, unless one word does."""
    line = ""
    for word in text.split():
        if line and width(line) + 1 + width(word) > columns:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield line


def excerpt(line: str, start: int, end: int, columns: int) -> tuple[str, int, int]:
    """What to show of a source line for the characters from `start` to `end`, and where: column and width.

    A line that takes more than `columns` is cut around them; what was cut off shows as "...".
    """
    near = 4 * columns  # a line of megabytes is not looked through for what cannot be shown
    before, after = printable(line[max(start - near, 0) : start]), printable(line[end : end + near].rstrip())
    marked = printable(line[start : min(end, start + near)])
    if width(before) + width(marked) + width(after) > columns:
        if width(marked) > columns // 2:
            marked, after = _head(marked, columns // 2), ""
        room = columns - width(marked)
        lead = min(width(before), max(room // 3, room - width(after)))
        before = _tail(before, lead)
        after = _head(after, room - width(before))
    return before + marked + after, width(before), max(width(marked), 1)


def _head(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    kept = text[: max(columns - 3, 0)]
    while width(kept) > columns - 3:
        kept = kept[:-1]
    return f"{kept}..."


def _tail(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    kept = text[-max(columns - 3, 1) :]
    while width(kept) > columns - 3 and kept:
        kept = kept[1:]
    return f"...{kept}"
