"""Text for a terminal: without control characters, measured in columns, wrapped and shortened."""

from __future__ import annotations

from collections.abc import Iterator

_TAB = "    "


def printable(text: str) -> str:
    r"""Return the text with tabs as four spaces and all other unprintable characters as escapes such as "\x1b".

    Control characters in a template could otherwise change the terminal or hide text.
    """
    if text.isprintable():
        return text
    return "".join(_TAB if c == "\t" else c if c.isprintable() else ascii(c)[1:-1] for c in text)


def width(text: str) -> int:
    """Return the columns of a printable text: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, columns: int) -> Iterator[str]:
    """Yield lines of whole words of at most `columns`; a longer word is a line of its own."""
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
    """Return the part of a source line around a range, and the column and width of the range in it.

    The range is from character `start` to `end`. A line of more than `columns` is shortened on both sides, with "..."
    for the omitted text.
    """
    nearby = 4 * columns  # of a line of megabytes only this part is processed
    before, after = printable(line[max(start - nearby, 0) : start]), printable(line[end : end + nearby].rstrip())
    marked = printable(line[start : min(end, start + nearby)])
    if width(before) + width(marked) + width(after) > columns:
        if width(marked) > columns // 2:
            marked, after = _shorten_end(marked, columns // 2), ""
        remaining = columns - width(marked)
        before = _shorten_start(before, min(width(before), max(remaining // 3, remaining - width(after))))
        after = _shorten_end(after, remaining - width(before))
    return before + marked + after, width(before), max(width(marked), 1)


def _shorten_end(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    start = text[: max(columns - 3, 0)]
    while width(start) > columns - 3:
        start = start[:-1]
    return f"{start}..."


def _shorten_start(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    end = text[-max(columns - 3, 1) :]
    while width(end) > columns - 3 and end:
        end = end[1:]
    return f"...{end}"
