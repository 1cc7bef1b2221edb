"""Parsed files: plain values, and the source range of each."""

from __future__ import annotations

from collections.abc import Callable

from relint._typing import TYPE_CHECKING, Any, Literal, NamedTuple
from relint.source.location import Span

if TYPE_CHECKING:
    from relint.source.inline_suppressions import InlineSuppression
    from relint.source.location import Path
    from relint.source.text import SourceText


class DuplicateKey(NamedTuple):
    """A key that a mapping contains twice.

    The value at `second` is used, the value at `first` is lost. `path` ends with the key. `is_equal` tells whether
    both values are equal.
    """

    key: str
    path: Path
    first: Span
    second: Span
    is_equal: bool = False


class Extent(NamedTuple):
    """The ranges of a value and of its key in the text.

    A range is a pair of offsets, the start and the end. The key is None for list items and for the whole document.
    """

    key: tuple[int, int] | None
    value: tuple[int, int]


class Document(NamedTuple):
    """A parsed file.

    `data` consists of dict, list, str, int, float, bool and None; short tags are expanded. YAML aliases are references
    to the same object. `locate` returns the extent of a path, or of its nearest ancestor in the text; it is called for
    reported paths only, because it reads the text again.
    """

    source: SourceText
    language: Literal["yaml", "json"]
    data: Any
    duplicates: tuple[DuplicateKey, ...]
    inline_suppressions: tuple[InlineSuppression, ...]
    locate: Callable[[Path], Extent]

    @property
    def file(self) -> str:
        """The name of the file as the user wrote it, with forward slashes."""
        return self.source.file

    @property
    def text(self) -> str:
        """The decoded text without byte order mark, with its original line ends."""
        return self.source.text

    def span_of(self, path: Path) -> Span:
        """Return the span to report for `path`, or for its nearest ancestor in the text. It has one line.

        It reaches from the key to the end of the value if both are on one line, else it is the key. For a list item it
        is the first line of the value.
        """
        extent = self.locate(path)
        start, end = extent.value
        if extent.key is None:
            return self.source.span(start, self.source.first_line_end(start, end))
        key = self.source.span(*extent.key)
        value = self.source.span(start, end)
        is_on_one_line = key.end <= value.start and value.end.line == key.start.line  # the value of an alias is above
        return Span(key.start, value.end) if is_on_one_line else key

    def key_span(self, path: Path) -> Span:
        """Return the span of the key of `path`. List items and the whole document have that of `span_of`."""
        extent = self.locate(path)
        return self.span_of(path) if extent.key is None else self.source.span(*extent.key)

    def value_span(self, path: Path) -> Span:
        """Return the span of the value at `path`, from its tag to its last character. It may have several lines."""
        return self.source.span(*self.locate(path).value)
