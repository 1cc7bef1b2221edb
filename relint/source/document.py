"""Parsed files: plain values, and the source range of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING, Any, Literal, NamedTuple
from relint.source.location import Span
from relint.source.text import SourceText

if TYPE_CHECKING:
    from relint.errors import TemplateError
    from relint.source.inline_suppressions import InlineSuppression
    from relint.source.location import Path


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


class Included(NamedTuple):
    """A value of a template that is written in another file: its `path` there, and the path of the include."""

    document: Document
    path: Path
    call: Path


class Document(NamedTuple):
    """A parsed file.

    `data` consists of dict, list, str, int, float, bool and None; short tags are expanded. YAML aliases are references
    to the same object. `locate` returns the extent of a path, or of its nearest ancestor in the text; it is called for
    reported paths only, because it reads the text again.

    A template with expanded includes has the values of all its files in `data`. `included` are those from other files,
    by path, `included_text` is the text with those of these files, and `include_errors` are the includes that cannot
    be expanded.
    """

    source: SourceText
    language: Literal["yaml", "json"]
    data: Any
    duplicates: tuple[DuplicateKey, ...]
    inline_suppressions: tuple[InlineSuppression, ...]
    locate: Callable[[Path], Extent]
    included: Mapping[Path, Included] = {}
    included_text: str = ""
    include_errors: tuple[TemplateError, ...] = ()

    @property
    def file(self) -> str:
        """The name of the file as the user wrote it, with forward slashes."""
        return self.source.file

    @property
    def text(self) -> str:
        """The decoded text without byte order mark, with its original line ends; then those of included files."""
        return self.included_text or self.source.text

    @property
    def parts(self) -> tuple[Document, ...]:
        """The document with the text of its own file only, and the files that it includes."""
        if not self.included:
            return (self,)
        documents = {included.document.file: included.document for included in self.included.values()}
        return (self._replace(included={}, included_text=""), *documents.values())

    def renamed(self, name_of: Callable[[str], str]) -> Document:
        """Return the document with other names for its file and the included ones."""
        included = {
            path: entry._replace(document=entry.document.renamed(name_of)) for path, entry in self.included.items()
        }
        return self._replace(source=SourceText(name_of(self.file), self.source.text), included=included)

    def included_places(self) -> dict[tuple[str, Path], Path]:
        """Return the first path in this document of each included value, by its file and its path there."""
        places: dict[tuple[str, Path], Path] = {}
        for path, included in self.included.items():
            places.setdefault((included.document.file, included.path), path)
        return places

    def inclusion_of(self, path: Path) -> tuple[Included, Path] | None:
        """Return the included value that contains the value at `path`, and the path of the latter in its file."""
        for end in range(1, len(path) + 1) if self.included else ():
            included = self.included.get(path[:end])
            if included:
                return included, (*included.path, *path[end:])
        return None

    def origin(self, path: Path) -> tuple[Document, Path]:
        """Return the document of the file in which the value at `path` is written, and its path there."""
        inclusion = self.inclusion_of(path)
        return (inclusion[0].document, inclusion[1]) if inclusion else (self, path)

    def file_of(self, path: Path) -> str:
        """Return the file in which the value at `path` is written."""
        return self.origin(path)[0].file

    def span_of(self, path: Path) -> Span:
        """Return the span to report for `path`, or for its nearest ancestor in the text. It has one line.

        It reaches from the key to the end of the value if both are on one line, else it is the key. For a list item it
        is the first line of the value.
        """
        document, path = self.origin(path)
        extent, source = document.locate(path), document.source
        start, end = extent.value
        if extent.key is None:
            return source.span(start, source.first_line_end(start, end))
        key = source.span(*extent.key)
        value = source.span(start, end)
        is_on_one_line = key.end <= value.start and value.end.line == key.start.line  # the value of an alias is above
        return Span(key.start, value.end) if is_on_one_line else key

    def key_span(self, path: Path) -> Span:
        """Return the span of the key of `path`. List items and the whole document have that of `span_of`."""
        document, path = self.origin(path)
        extent = document.locate(path)
        return document.span_of(path) if extent.key is None else document.source.span(*extent.key)

    def value_span(self, path: Path) -> Span:
        """Return the span of the value at `path`, from its tag to its last character. It may have several lines."""
        document, path = self.origin(path)
        return document.source.span(*document.locate(path).value)
