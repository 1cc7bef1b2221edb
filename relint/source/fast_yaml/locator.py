"""Where the values stand that `plain_reader` has read, found when somebody asks."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from relint.source.document import Extent
from relint.source.fast_yaml.block_scalar import read_block_scalar
from relint.source.fast_yaml.flow import Places, read_flow
from relint.source.fast_yaml.tokens import QUOTED, TAG, first_line, plain_text

if TYPE_CHECKING:
    from relint.source.fast_yaml.tokens import Rows
    from relint.source.location import Path
    from relint.source.text import SourceText

_Key = tuple[int, int] | None


class PlainPlaces:
    """Finds where the value of a path was written, by reading the lines on the way to it again."""

    __slots__ = ("_data", "_flows", "_lines", "_root", "_rows", "_starts", "_steps", "_text")

    def __init__(self, source: SourceText, data: Any, rows: Rows) -> None:
        self._text = source.text
        self._data = data
        self._rows = rows
        self._lines = source.text.split("\n")
        self._starts = [*source.line_starts, len(source.text) + 1]
        self._root = self._next(first_line(self._lines))
        self._steps: dict[int, dict[Any, int]] = {}
        self._flows: dict[int, Places] = {}

    def locate(self, path: Path) -> Extent:
        """The place of `path`, or of its nearest ancestor that was written."""
        value, start, level = self._data, self._root, -1
        key: _Key = None
        flow: Extent | None = None
        named = False
        for step in path:
            if not named and self._text.startswith("!", start):
                if not (isinstance(value, dict) and step in value):
                    break
                value, named = value[step], True  # the tag is the key, so this step stays in its place
                continue
            if id(value) in self._rows:
                member = self._member(value, step)
                if member is None:
                    break
                key, start, level = member
            else:
                inner = self._flow(value, start).get(step)
                if inner is None:
                    break
                flow, start = inner, inner.value[0]
            value, named = value[step], False
        return flow or Extent(key, (start, self._end(start, value, level, named)))

    def _member(self, value: Any, step: str | int) -> tuple[_Key, int, int] | None:
        """The extent of the key of a member of a block collection, where its value begins, and the column of both."""
        level, numbers = self._rows[id(value)]
        if id(value) not in self._steps:
            steps = value if isinstance(value, dict) else range(len(value))
            self._steps[id(value)] = dict(zip(steps, numbers, strict=True))
        number = self._steps[id(value)].get(step)
        if number is None:
            return None
        begin = self._starts[number] + level
        key = None
        mark = begin + 1
        if isinstance(value, dict):
            word, colon, _ = self._lines[number][level:].partition(": ")
            if not colon:
                word = word[:-1]
            key = (begin, begin + len(word))
            mark += len(word)
        line_end = self._starts[number + 1] - 1
        rest = self._text[mark:line_end].lstrip(" ")
        start = line_end - len(rest)
        if not rest or rest[0] == "#":
            start = self._next(number + 1)
            if value[step] is None and self._column(start) <= level:
                start = mark
        return key, start, level

    def _flow(self, value: Any, start: int) -> Places:
        """The places of the members of a flow collection that begins at `start`, perhaps with its tag."""
        if not isinstance(value, dict | list):
            return {}
        places = self._flows.get(id(value))
        if places is None:
            places = self._flows[id(value)] = {}
            tag = TAG.match(self._text, start)
            start = tag.end() if tag else start
            if self._text.startswith(("[", "{"), start):
                read_flow(self._text, start, places=places)
        return places

    def _end(self, start: int, value: Any, level: int, named: bool = False) -> int:
        """The offset after the last character of a value that begins at `start`, perhaps with its tag.

        `named` says that the value is the one behind the tag.
        """
        tag = TAG.match(self._text, start)
        if tag:
            if not named:
                (value,) = value.values()
            start = tag.end()
            if id(value) not in self._rows and self._text[start : start + 1] in ("", "\n", "#"):
                start = self._next(self._number(start) + 1)
                if value in ("", [""]) and self._column(start) <= level:
                    return tag.end(1)
        if id(value) in self._rows:
            last = next(reversed(value)) if isinstance(value, dict) else len(value) - 1
            member = self._member(value, last)
            return self._end(member[1], value[last], member[2]) if member else start
        number = self._number(start)
        rest = self._text[start : self._starts[number + 1] - 1]
        first = rest[:1]
        if value is None and first in ("", "\n", " ", "#"):
            return start
        if first in "|>":
            _, behind = read_block_scalar(self._lines, rest, number + 1, level)
            while not self._lines[behind - 1].strip(" "):
                behind -= 1
            return self._starts[behind - 1] + len(self._lines[behind - 1].rstrip(" "))
        if first in "[{":
            return read_flow(self._text, start)[1]
        quoted = QUOTED.match(rest) if first in "\"'" else None
        return start + (quoted.end() if quoted else len(plain_text(rest)))

    def _next(self, number: int) -> int:
        """The offset of the first character on or below a line that is neither blank nor in a comment."""
        for below in range(number, len(self._lines)):
            line = self._lines[below]
            rest = line.lstrip(" ")
            if rest and rest[0] != "#":
                return self._starts[below] + len(line) - len(rest)
        return len(self._text)

    def _number(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _column(self, offset: int) -> int:
        """The column of an offset; -1 for the end of the text."""
        return offset - self._starts[self._number(offset)] if offset < len(self._text) else -1
