"""Source texts by line, for the reports that show them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.source.location import Span

_BREAK = re.compile(r"\r\n|\r|\n")


class SourceLines:
    """The lines of the texts of a report; a text is split when it is first asked for, and once."""

    __slots__ = ("_split", "texts")

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self._split: dict[str, list[str]] = {}

    def lines_of(self, file: str) -> list[str]:
        """The lines of a file without their line breaks; an empty list when its text is not known."""
        lines = self._split.get(file)
        if lines is None:
            text = self.texts.get(file)
            lines = self._split[file] = [] if text is None else _BREAK.split(text)
        return lines

    def newline(self, file: str) -> str:
        """How the lines of a file end: with CR LF if its first one does, else with LF."""
        text = self.texts.get(file, "")
        return "\r\n" if text[: text.find("\n") + 1].endswith("\r\n") else "\n"

    def line_at(self, file: str, span: Span) -> tuple[str, int, int] | None:
        """The line on which a span starts, and where on it the span starts and ends, counted from 0.

        A span that goes on ends here with the text of its first line. None when the text of the file is not known.
        """
        lines = self.lines_of(file)
        if not 0 < span.start.line <= len(lines):
            return None
        text = lines[span.start.line - 1]
        start = min(span.start.column - 1, len(text))
        end = span.end.column - 1 if span.end.line == span.start.line else len(text.rstrip())
        return text, start, min(max(end, start + 1), len(text))
