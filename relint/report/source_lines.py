"""Source texts split into lines, for reports that quote them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.source.location import Span

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class SourceLines:
    """The lines of the source texts of a report; each text is split once, on first use."""

    __slots__ = ("_lines_by_file", "texts")

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self._lines_by_file: dict[str, list[str]] = {}

    def lines_of(self, file: str) -> list[str]:
        """Return the lines of a file without line breaks; an empty list if the report does not contain its text."""
        lines = self._lines_by_file.get(file)
        if lines is None:
            text = self.texts.get(file)
            lines = self._lines_by_file[file] = [] if text is None else _LINE_BREAK.split(text)
        return lines

    def line_break_of(self, file: str) -> str:
        r"""Return the line break of a file: "\r\n" if its first line ends with one, else "\n"."""
        text = self.texts.get(file, "")
        return "\r\n" if text[: text.find("\n") + 1].endswith("\r\n") else "\n"

    def line_at(self, file: str, span: Span) -> tuple[str, int, int] | None:
        """Return the line on which a span starts, and the start and end of the span on it, counted from 0.

        A span of several lines ends with the text of its first line. None if the report does not contain the line.
        """
        lines = self.lines_of(file)
        if not 0 < span.start.line <= len(lines):
            return None
        text = lines[span.start.line - 1]
        start = min(span.start.column - 1, len(text))
        end = span.end.column - 1 if span.end.line == span.start.line else len(text.rstrip())
        return text, start, min(max(end, start + 1), len(text))
