"""A template as values that know where they were written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from relint._named_tuple import NamedTuple
from relint.source.location import Span

if TYPE_CHECKING:
    from relint.source.inline_suppressions import InlineSuppression
    from relint.source.location import Path
    from relint.source.text import SourceText


class DuplicateKey(NamedTuple):
    """A key that a mapping has twice: `second` takes effect, the value of `first` is lost. `path` ends with the key."""

    key: str
    path: Path
    first: Span
    second: Span


class Extent(NamedTuple):
    """Where a value was written, as offsets (start, end); list items and the whole document have no key."""

    key: tuple[int, int] | None
    value: tuple[int, int]


class Document(NamedTuple):
    """A parsed file. `data` is plain: dict, list, str, int, float, bool, None, with short tags written out in full.

    Values that YAML aliases share are the same objects. `locate` finds the place of a path, or of its nearest ancestor
    that was written; it is called only for what is reported.
    """

    source: SourceText
    language: Literal["yaml", "json"]
    data: Any
    duplicates: tuple[DuplicateKey, ...]
    inline_suppressions: tuple[InlineSuppression, ...]
    locate: Callable[[Path], Extent]

    @property
    def file(self) -> str:
        """The name of the file as the user gave it, with forward slashes."""
        return self.source.file

    @property
    def text(self) -> str:
        """The decoded text without byte order mark, line ends as they were."""
        return self.source.text

    def span_of(self, path: Path) -> Span:
        """The line that shows what was written at `path`, or at its nearest ancestor that was written.

        From the key to the end of the value when both lie on one line, else the key alone; of a list item the value,
        or its first line.
        """
        place = self.locate(path)
        start, end = place.value
        if place.key is None:
            return self.source.span(start, self.source.first_line(start, end))
        key = self.source.span(*place.key)
        value = self.source.span(start, end)
        one_line = key.end <= value.start and value.end.line == key.start.line  # an alias stands behind its value
        return Span(key.start, value.end) if one_line else key

    def key_span(self, path: Path) -> Span:
        """The key of what was written at `path`; of a list item or the whole document, what `span_of` says."""
        place = self.locate(path)
        return self.span_of(path) if place.key is None else self.source.span(*place.key)

    def value_span(self, path: Path) -> Span:
        """The whole value at `path` without its key, from its tag to its last character; may have several lines."""
        return self.source.span(*self.locate(path).value)
