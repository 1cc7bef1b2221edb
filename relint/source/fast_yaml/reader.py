"""Reader of the YAML that templates usually contain, without PyYAML and faster.

The reader works line by line. Supported are block mappings and lists, flow collections, short tags, quoted texts on one
line, and block scalars. All other syntax, and every mistake, raises UnsupportedSyntax: then `full_yaml` reads the text,
and explains the mistake. A test compares the two readers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from relint._typing import TYPE_CHECKING, Any
from relint.source.document import Document
from relint.source.fast_yaml.block_scalar import read_block_scalar
from relint.source.fast_yaml.flow import read_flow
from relint.source.fast_yaml.tokens import (
    PLAIN_START,
    TAG,
    CollectionLines,
    UnsupportedSyntax,
    first_content_line,
    plain_scalar,
    quoted_text,
    read_key,
)
from relint.source.short_tags import expand_tag
from relint.source.yaml_scalars import Scalar, resolve_plain_scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from relint.source.document import Extent
    from relint.source.fast_yaml.locator import FastYamlLocator
    from relint.source.location import Path
    from relint.source.text import SourceText

_TRAILING = re.compile(r"(?: *| +#.*)$", re.MULTILINE)
_ORDINARY = bytes([10, *range(32, 127)])
_MAX_DEPTH = 60
"""Block collections inside of one another."""


def try_read_yaml(source: SourceText) -> Document | None:
    """Return the document of a YAML text, or None if its syntax is not supported."""
    try:
        data, collection_lines = parse(source.text)
    except UnsupportedSyntax:
        return None
    return Document(
        source=source,
        language="yaml",
        data=data,
        duplicates=(),
        inline_suppressions=(),
        locate=_lazy_locator(source, data, collection_lines),
    )


def _lazy_locator(source: SourceText, data: Any, collection_lines: CollectionLines) -> Callable[[Path], Extent]:
    """Return a function that locates paths. The locator is imported and created on the first call."""
    locators: list[FastYamlLocator] = []

    def locate(path: Path) -> Extent:
        if not locators:
            from relint.source.fast_yaml.locator import FastYamlLocator

            locators.append(FastYamlLocator(source, data, collection_lines))
        return locators[0].locate(path)

    return locate


def parse(text: str) -> tuple[Any, CollectionLines]:
    """Return the value of a YAML text, and the lines of its block collections. Raises UnsupportedSyntax."""
    if not _is_ordinary(text) or "\n..." in text:
        raise UnsupportedSyntax
    parser = _BlockParser(text)
    return parser.parse(), parser.collection_lines


class _BlockParser:
    """A parser of block collections and the values in them, one line at a time."""

    __slots__ = (
        "_awaits_value",
        "_collection",
        "_column",
        "_is_list",
        "_key",
        "_key_by_token",
        "_line_starts",
        "_lines",
        "_member_lines",
        "_outer_collections",
        "_root",
        "_scalar_by_content",
        "_tag",
        "_text",
        "collection_lines",
    )

    def __init__(self, text: str) -> None:
        self.collection_lines: CollectionLines = {}
        self._text = text
        self._lines = text.split("\n")
        self._line_starts: list[int] = []
        # Templates repeat most of their keys and many of their values, so each is parsed once.
        self._key_by_token: dict[str, str] = {}
        self._scalar_by_content: dict[str, Scalar] = {}
        # The innermost open collection, with the column of its members and the numbers of the lines they begin on.
        self._root: list[Any] = [None]
        self._collection: Any = self._root
        self._column = -1
        self._is_list = True
        self._member_lines: list[int] = []
        self._outer_collections: list[tuple[int, Any, bool, list[int]]] = []
        # The last member of that collection. Its value may be missing so far, and may then follow on the next lines.
        self._key: Any = -1
        self._tag = ""
        self._awaits_value = True

    def parse(self) -> Any:
        """Return the value of the text; raises UnsupportedSyntax."""
        lines = self._lines
        line_count = len(lines)
        number = first_content_line(lines)
        while number < line_count:
            line = lines[number]
            content = line.lstrip(" ")
            if not content or content[0] == "#":
                number += 1
                continue
            column = key_column = len(line) - len(content)
            dashes: Sequence[int] = ()
            if content[0] == "-":
                dashes, content = _split_dashes(content, column)
                key_column = len(line) - len(content)
            key, content = self._split_key(content)
            self._add_members(number, column, dashes, key, key_column)
            number += 1
            self._awaits_value = True
            if content:
                number = self._read_value(content, number)
        if self._tag:
            self._collection[self._key] = expand_tag(self._tag, "")
        if self._root[0] is None:
            raise UnsupportedSyntax
        return self._root[0]

    def _split_key(self, content: str) -> tuple[str, str]:
        """Return the key that begins a text, or "", and the text after the colon."""
        token, colon, after_colon = content.partition(": ")
        if not colon:
            if token[-1:] != ":":
                return "", content
            token = token[:-1]
        key = self._key_by_token.get(token)
        if key is None:
            key = self._key_by_token[token] = read_key(token)
        return (key, after_colon.lstrip(" ")) if key else ("", content)

    def _add_members(self, number: int, column: int, dashes: Sequence[int], key: str, key_column: int) -> None:
        """Add a list item for each dash, and a mapping member for the key.

        Each one contains the next. The first belongs to an open collection, or to a new one that becomes the value of
        the last member.
        """
        opens = self._awaits_value and (
            column > self._column or (dashes and column == self._column and not self._is_list)
        )
        if not opens:
            if self._tag:
                self._collection[self._key] = expand_tag(self._tag, "")
                self._tag = ""
            while column < self._column or (self._is_list and not dashes and column == self._column):
                self._column, self._collection, self._is_list, self._member_lines = self._outer_collections.pop()
            if column != self._column or (not dashes if self._is_list else dashes or not key):
                raise UnsupportedSyntax
        for dash_column in dashes:
            if opens:
                self._open_collection([], dash_column)
            self._member_lines.append(number)
            self._key = -1
            self._collection.append(None)
            opens = True
        if key:
            if opens:
                self._open_collection({}, key_column)
            elif key in self._collection:
                raise UnsupportedSyntax
            self._member_lines.append(number)
            self._key = key
            self._collection[key] = None

    def _open_collection(self, collection: Any, column: int) -> None:
        """Make an empty collection the value of the last member, and the innermost one."""
        outer_collections = self._outer_collections
        outer_collections.append((self._column, self._collection, self._is_list, self._member_lines))
        if len(outer_collections) > _MAX_DEPTH:
            raise UnsupportedSyntax
        self._collection[self._key] = expand_tag(self._tag, collection) if self._tag else collection
        self._tag = ""
        self._collection = collection
        self._column = column
        self._is_list = collection.__class__ is list
        self._member_lines = []
        self.collection_lines[id(collection)] = (column, self._member_lines)

    def _read_value(self, content: str, next_line: int) -> int:
        """Read the value at the end of a line, and return the next line number."""
        first = content[0]
        if first == "!":
            match = TAG.match(content)
            if self._tag or match is None:
                raise UnsupportedSyntax
            self._tag = match[1]
            content = content[match.end() :]
            first = content[:1]
        if first in ("", "#"):
            return next_line
        if self._collection is self._root:
            raise UnsupportedSyntax
        value: Any
        if first in PLAIN_START or first > "~" or (first in "-:" and content[1:2] not in (" ", "")):
            if self._tag:
                value = plain_scalar(content)
            elif content in self._scalar_by_content:
                value = self._scalar_by_content[content]
            else:
                value = self._scalar_by_content[content] = resolve_plain_scalar(plain_scalar(content))
        elif first in "\"'":
            value = quoted_text(content)
        elif first in "[{":
            value, next_line = self._read_flow_collection(content, next_line)
        elif first in "|>":
            value, next_line = read_block_scalar(self._lines, content, next_line, self._column)
        else:
            raise UnsupportedSyntax
        if self._tag:
            value = expand_tag(self._tag, value)
            self._tag = ""
        self._collection[self._key] = value
        self._awaits_value = False
        return next_line

    def _read_flow_collection(self, content: str, next_line: int) -> tuple[Any, int]:
        """Return the flow collection at the end of a line, and the next line number."""
        if not self._line_starts:
            self._line_starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        value, end = read_flow(self._text, self._line_starts[next_line] - 1 - len(content))
        if _TRAILING.match(self._text, end) is None:
            raise UnsupportedSyntax
        return value, bisect_right(self._line_starts, end)


def _is_ordinary(text: str) -> bool:
    """Whether all characters are line feeds or printable. YAML treats some of the others as line breaks."""
    unusual = text.encode("utf-8", "surrogatepass").translate(None, _ORDINARY)
    return not unusual or unusual.decode("utf-8", "surrogatepass").isprintable()


def _split_dashes(content: str, column: int) -> tuple[list[int], str]:
    """Return the columns of the dashes that begin a line, and the remaining text."""
    end = column + len(content)
    dashes: list[int] = []
    while content[:2] in ("- ", "-"):
        dashes.append(end - len(content))
        if len(dashes) > _MAX_DEPTH:
            raise UnsupportedSyntax
        content = content[1:].lstrip(" ")
    return dashes, content
