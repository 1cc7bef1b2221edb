"""Places in a text as an editor counts them: from 0, in the units that it asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import Position, PositionEncodingKind, Range

from relint.report.source_lines import SourceLines

if TYPE_CHECKING:
    from relint.source import location

_BYTE_ORDER_MARK = "\ufeff"
_CODECS = {
    PositionEncodingKind.Utf8: ("utf-8", 1),
    PositionEncodingKind.Utf16: ("utf-16-le", 2),
    PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


class Places:
    """Translates the places of relint in one text; `encoding` is what editor and server have agreed on."""

    def __init__(self, text: str, encoding: str | None) -> None:
        self._mark = _BYTE_ORDER_MARK if text.startswith(_BYTE_ORDER_MARK) else ""  # relint does not count it
        self._lines = SourceLines({"": text.removeprefix(_BYTE_ORDER_MARK)})
        self._codec, self._width = _CODECS[PositionEncodingKind(encoding or PositionEncodingKind.Utf16)]

    def position(self, place: location.Position) -> Position:
        """A place; one beyond the end of its line is at the end of the line."""
        return self._at(place.line, place.column - 1)

    def range(self, span: location.Span | None) -> Range:
        """The part of a span that lies on its first line, at least a character; for None, the start of the text."""
        found = self._lines.line_at("", span) if span else None
        if span is None or found is None:
            return Range(Position(0, 0), Position(0, 0))
        _, start, end = found
        return Range(self._at(span.start.line, start), self._at(span.start.line, end))

    def _at(self, number: int, column: int) -> Position:
        lines = self._lines.lines_of("")
        text = lines[number - 1] if 0 < number <= len(lines) else ""
        before = (self._mark if number == 1 else "") + text[:column]
        return Position(number - 1, len(before.encode(self._codec, "surrogatepass")) // self._width)
