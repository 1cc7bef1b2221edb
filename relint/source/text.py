"""The text of a file and the places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from relint.errors import TemplateError
from relint.source.location import Position, Span

_LINE_BREAK = re.compile(r"\r\n?|\n")


class SourceText:
    """A decoded text with its name; translates offsets (code points from 0) into lines and columns."""

    __slots__ = ("_starts", "file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._starts: list[int] = []

    def position_at(self, offset: int) -> Position:
        """The line and column of an offset. A line ends with LF, CR LF or CR, as editors see it."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    @property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins."""
        if not self._starts:
            if "\r" not in self.text:
                sizes = map((1).__add__, map(len, self.text.split("\n")))
                self._starts = [*accumulate(sizes, initial=0)][:-1]
            else:
                self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]
        return self._starts

    def span(self, start: int, end: int) -> Span:
        """The place of the text between two offsets."""
        return Span(self.position_at(start), self.position_at(end))

    def first_line(self, start: int, end: int) -> int:
        """The offset where the first line of a stretch of text ends, without trailing blanks."""
        line_break = _LINE_BREAK.search(self.text, start, end)
        if line_break is None:
            return end
        return start + len(self.text[start : line_break.start()].rstrip())

    def error_at(self, message: str, offset: int | None) -> TemplateError:
        """An error to raise; it points at the character at `offset`, or at no place."""
        if offset is None:
            return TemplateError(message, self.file)
        end = offset if self.text[offset : offset + 1] in ("", "\r", "\n") else offset + 1
        return TemplateError(message, self.file, self.span(offset, end))
