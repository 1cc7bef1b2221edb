"""Locator of the fast reader, which reads the lines of the text again."""

from __future__ import annotations

from bisect import bisect_right

from relint._typing import TYPE_CHECKING, Any
from relint.source.document import Extent
from relint.source.fast_yaml.block_scalar import read_block_scalar
from relint.source.fast_yaml.flow import MemberExtents, read_flow
from relint.source.fast_yaml.tokens import QUOTED, TAG, first_content_line, plain_scalar

if TYPE_CHECKING:
    from relint.source.fast_yaml.tokens import CollectionLines
    from relint.source.location import Path
    from relint.source.text import SourceText

_KeyRange = tuple[int, int] | None


class FastYamlLocator:
    """Locates the value of a path by reading the lines of its ancestors again."""

    __slots__ = (
        "_collection_lines",
        "_data",
        "_flow_extents",
        "_line_by_member",
        "_line_starts",
        "_lines",
        "_root_start",
        "_text",
    )

    def __init__(self, source: SourceText, data: Any, collection_lines: CollectionLines) -> None:
        self._text = source.text
        self._data = data
        self._collection_lines = collection_lines
        self._lines = source.text.split("\n")
        self._line_starts = [*source.line_starts, len(source.text) + 1]
        self._root_start = self._next_content(first_content_line(self._lines))
        self._line_by_member: dict[int, dict[Any, int]] = {}
        self._flow_extents: dict[int, MemberExtents] = {}

    def locate(self, path: Path) -> Extent:
        """Return the extent of `path`, or of its nearest ancestor in the text."""
        value, start, column = self._data, self._root_start, -1
        key: _KeyRange = None
        flow_extent: Extent | None = None
        after_tag = False
        for step in path:
            if not after_tag and self._text.startswith("!", start):
                if not (isinstance(value, dict) and step in value):
                    break
                value, after_tag = value[step], True  # the tag is the key, so the extent is the same
                continue
            if id(value) in self._collection_lines:
                member = self._locate_member(value, step)
                if member is None:
                    break
                key, start, column = member
            else:
                member_extent = self._members_of_flow(value, start).get(step)
                if member_extent is None:
                    break
                flow_extent, start = member_extent, member_extent.value[0]
            value, after_tag = value[step], False
        return flow_extent or Extent(key=key, value=(start, self._end(start, value, column, after_tag=after_tag)))

    def _locate_member(self, collection: Any, step: str | int) -> tuple[_KeyRange, int, int] | None:
        """Return the range of a member's key, the start of its value, and its column.

        Returns None if the block collection has no such member.
        """
        column, member_lines = self._collection_lines[id(collection)]
        if id(collection) not in self._line_by_member:
            steps = collection if isinstance(collection, dict) else range(len(collection))
            self._line_by_member[id(collection)] = dict(zip(steps, member_lines, strict=True))
        number = self._line_by_member[id(collection)].get(step)
        if number is None:
            return None
        member_start = self._line_starts[number] + column
        key = None
        indicator_end = member_start + 1
        if isinstance(collection, dict):
            token, colon, _ = self._lines[number][column:].partition(": ")
            if not colon:
                token = token[:-1]
            key = (member_start, member_start + len(token))
            indicator_end += len(token)
        line_end = self._line_starts[number + 1] - 1
        content = self._text[indicator_end:line_end].lstrip(" ")
        start = line_end - len(content)
        if not content or content[0] == "#":
            start = self._next_content(number + 1)
            if collection[step] is None and self._column(start) <= column:
                start = indicator_end
        return key, start, column

    def _members_of_flow(self, value: Any, start: int) -> MemberExtents:
        """Return the extents of the members of a flow collection.

        The collection or its tag begins at `start`.
        """
        if not isinstance(value, dict | list):
            return {}
        extents = self._flow_extents.get(id(value))
        if extents is None:
            extents = self._flow_extents[id(value)] = {}
            tag = TAG.match(self._text, start)
            start = tag.end() if tag else start
            if self._text.startswith(("[", "{"), start):
                read_flow(self._text, start, extents=extents)
        return extents

    def _end(self, start: int, value: Any, column: int, *, after_tag: bool = False) -> int:
        """Return the offset after the last character of a value.

        The value or its tag begins at `start`. `column` is that of the collection that contains the value. If a tag
        begins at `start`, `after_tag` means that `value` is the value after the tag, and not the function call that the
        tag expands to.
        """
        tag = TAG.match(self._text, start)
        if tag:
            if not after_tag:
                (value,) = value.values()
            start = tag.end()
            if id(value) not in self._collection_lines and self._text[start : start + 1] in ("", "\n", "#"):
                start = self._next_content(self._line_number(start) + 1)
                if value in ("", [""]) and self._column(start) <= column:
                    return tag.end(1)
        if id(value) in self._collection_lines:
            last = next(reversed(value)) if isinstance(value, dict) else len(value) - 1
            member = self._locate_member(value, last)
            return self._end(member[1], value[last], member[2]) if member else start
        return self._scalar_or_flow_end(start, value, column)

    def _scalar_or_flow_end(self, start: int, value: Any, column: int) -> int:
        number = self._line_number(start)
        content = self._text[start : self._line_starts[number + 1] - 1]
        first = content[:1]
        if value is None and first in ("", "\n", " ", "#"):
            return start
        if first in "|>":
            _, next_line = read_block_scalar(self._lines, content, number + 1, column)
            while not self._lines[next_line - 1].strip(" "):
                next_line -= 1
            return self._line_starts[next_line - 1] + len(self._lines[next_line - 1].rstrip(" "))
        if first in "[{":
            return read_flow(self._text, start)[1]
        quoted = QUOTED.match(content) if first in "\"'" else None
        return start + (quoted.end() if quoted else len(plain_scalar(content)))

    def _next_content(self, first_number: int) -> int:
        """Return the offset of the first content from a line on, or the text's end."""
        for number in range(first_number, len(self._lines)):
            line = self._lines[number]
            content = line.lstrip(" ")
            if content and content[0] != "#":
                return self._line_starts[number] + len(line) - len(content)
        return len(self._text)

    def _line_number(self, offset: int) -> int:
        return bisect_right(self._line_starts, offset) - 1

    def _column(self, offset: int) -> int:
        """Return the column of an offset, -1 for the end of the text."""
        return offset - self._line_starts[self._line_number(offset)] if offset < len(self._text) else -1
