"""Decoded text of a file, with lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from relint.errors import TemplateError
from relint.source.location import Position, Span

_LINE_BREAK = re.compile(r"\r\n?|\n")


class SourceText:
    """A decoded text with its file name.

    Converts offsets, which count code points from 0, to lines and columns.
    """

    __slots__ = ("_line_starts", "file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._line_starts: list[int] = []

    def position_at(self, offset: int) -> Position:
        """Return the line and column of an offset. A line ends with LF, CR LF or CR, as in editors."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    @property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins."""
        if not self._line_starts:
            if "\r" not in self.text:
                sizes = map((1).__add__, map(len, self.text.split("\n")))
                self._line_starts = [*accumulate(sizes, initial=0)][:-1]
            else:
                self._line_starts = [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]
        return self._line_starts

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        return Span(self.position_at(start), self.position_at(end))

    def first_line_end(self, start: int, end: int) -> int:
        """Return the offset after the first line of a range of text, without trailing blanks."""
        line_break = _LINE_BREAK.search(self.text, start, end)
        if line_break is None:
            return end
        return start + len(self.text[start : line_break.start()].rstrip())

    def error_at(self, message: str, offset: int | None) -> TemplateError:
        """Return an error for the character at `offset`; None means the whole file."""
        if offset is None:
            return TemplateError(message, self.file)
        end = offset if self.text[offset : offset + 1] in ("", "\r", "\n") else offset + 1
        return TemplateError(message, self.file, self.span(offset, end))
