"""Conversion of positions to those of an editor, which count from 0 in the units of the agreed encoding."""

from __future__ import annotations

from lsprotocol.types import Position, PositionEncodingKind, Range

from relint._typing import TYPE_CHECKING
from relint.report.source_lines import SourceLines

if TYPE_CHECKING:
    from relint.source import location

_BYTE_ORDER_MARK = "\ufeff"
_CODECS = {
    PositionEncodingKind.Utf8: ("utf-8", 1),
    PositionEncodingKind.Utf16: ("utf-16-le", 2),
    PositionEncodingKind.Utf32: ("utf-32-le", 4),
}
"""Python's codec for each encoding, and the bytes of one unit."""


class PositionConverter:
    """Converts positions in one text; `encoding` is the one that editor and server agreed on, by default UTF-16."""

    def __init__(self, text: str, encoding: str | None) -> None:
        # relint does not count a byte order mark, editors do
        self._byte_order_mark = _BYTE_ORDER_MARK if text.startswith(_BYTE_ORDER_MARK) else ""
        self._lines = SourceLines({"": text.removeprefix(_BYTE_ORDER_MARK)})
        self._encoding = encoding
        self._codec, self._unit_bytes = _CODECS[PositionEncodingKind(encoding or PositionEncodingKind.Utf16)]

    def for_text(self, text: str) -> PositionConverter:
        """Return a converter for another text."""
        return PositionConverter(text, self._encoding)

    def to_editor_position(self, position: location.Position) -> Position:
        """Return the editor's position; one beyond the end of its line becomes the end of the line."""
        return self._convert(position.line, position.column - 1)

    def to_editor_range(self, span: location.Span | None) -> Range:
        """Return the part of a span on its first line, at least a character; for None, the start of the text."""
        source = self._lines.line_at("", span) if span else None
        if span is None or source is None:
            return Range(Position(0, 0), Position(0, 0))
        _, start, end = source
        return Range(self._convert(span.start.line, start), self._convert(span.start.line, end))

    def _convert(self, line: int, offset: int) -> Position:
        lines = self._lines.lines_of("")
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        before = (self._byte_order_mark if line == 1 else "") + text[:offset]
        return Position(line - 1, len(before.encode(self._codec, "surrogatepass")) // self._unit_bytes)
