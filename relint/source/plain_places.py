"""Where the values stand that `plain_reader` has read, found when somebody asks."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from relint.source.block_scalar import read_block_scalar
from relint.source.document import Place
from relint.source.flow import Places, read_flow
from relint.source.plain_reader import QUOTED, TAG, first_line, plain_text

if TYPE_CHECKING:
    from relint.source.location import Path
    from relint.source.plain_reader import Rows


class PlainPlaces:
    """Finds where the value of a path was written, by reading the lines on the way to it again."""

    __slots__ = ("_data", "_flows", "_lines", "_rows", "_starts", "_steps", "_text")

    def __init__(self, text: str, data: Any, rows: Rows) -> None:
        self._text = text
        self._data = data
        self._rows = rows
        self._lines: list[str] = []
        self._starts: list[int] = []
        self._steps: dict[int, dict[Any, int]] = {}
        self._flows: dict[int, Places] = {}

    def locate(self, path: Path) -> Place:
        """The place of `path`, or of its nearest ancestor that was written."""
        if not self._lines:
            self._lines = self._text.split("\n")
            self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        value = self._data
        start = self._next(first_line(self._lines))
        place = Place(None, (start, self._end(start, value, -1)))
        tag = False
        for step in path:
            if self._text.startswith("!", place.value[0]) and not tag:
                tag = isinstance(value, dict) and step in value  # the tag is the key, so this step stays in its place
                if not tag:
                    break
                value = value[step]
                continue
            member = self._member(value, step, place.value[0])
            if member is None:
                break
            place, value, tag = member, value[step], False
        return place

    def _member(self, value: Any, step: str | int, start: int) -> Place | None:
        """The place of a member of a collection that begins at `start`, perhaps with its tag."""
        if id(value) not in self._rows:
            return self._flow(value, start).get(step) if isinstance(value, dict | list) else None
        level, numbers = self._rows[id(value)]
        if id(value) not in self._steps:
            self._steps[id(value)] = dict(
                zip(value if isinstance(value, dict) else range(len(value)), numbers, strict=True)
            )
        number = self._steps[id(value)].get(step)
        if number is None:
            return None
        begin = self._starts[number] + level
        line = self._lines[number][level:]
        key = None
        mark = begin + 1
        if isinstance(value, dict):
            word, colon, _ = line.partition(": ")
            if not colon:
                word = word[:-1]
            key = (begin, begin + len(word))
            mark += len(word)
        return Place(key, self._extent(mark, number, level, value[step]))

    def _flow(self, value: Any, start: int) -> Places:
        places = self._flows.get(id(value))
        if places is None:
            places = self._flows[id(value)] = {}
            start = self._behind_tag(start)
            if self._text[start : start + 1] in ("[", "{"):
                read_flow(self._text, start, places=places)
        return places

    def _extent(self, mark: int, number: int, level: int, value: Any) -> tuple[int, int]:
        """The offsets between which a value stands that comes behind the dash or colon that ends at `mark`."""
        line_end = self._starts[number + 1] - 1
        rest = self._text[mark:line_end].lstrip(" ")
        start = line_end - len(rest)
        if not rest or rest[0] == "#":
            start = self._next(number + 1)
            if value is None and (start == len(self._text) or self._column(start) <= level):
                return mark, mark
        return start, self._end(start, value, level)

    def _end(self, start: int, value: Any, level: int) -> int:
        """The offset after the last character of a value that begins at `start`, perhaps with its tag."""
        tag = TAG.match(self._text, start)
        if tag:
            (value,) = value.values()
            start = self._behind_tag(start)
            if id(value) not in self._rows and self._text[start : start + 1] in ("", "\n", "#"):
                start = self._next(self._number(start) + 1)
                if value in ("", [""]) and (start == len(self._text) or self._column(start) <= level):
                    return tag.end(1)
        if id(value) in self._rows:
            last = next(reversed(value)) if isinstance(value, dict) else len(value) - 1
            place = self._member(value, last, start)
            return place.value[1] if place else start
        number = self._number(start)
        rest = self._text[start : self._starts[number + 1] - 1]
        first = rest[0]
        if first in "|>":
            _, behind = read_block_scalar(self._lines, rest, number + 1, level)
            while not self._lines[behind - 1].strip(" "):
                behind -= 1
            return self._starts[behind - 1] + len(self._lines[behind - 1].rstrip(" "))
        if first in "[{":
            return read_flow(self._text, start)[1]
        quoted = QUOTED.match(rest) if first in "\"'" else None
        return start + (quoted.end() if quoted else len(plain_text(rest)))

    def _behind_tag(self, start: int) -> int:
        tag = TAG.match(self._text, start)
        return tag.end() if tag else start

    def _next(self, number: int) -> int:
        """The offset of the first character on or below a line that is neither blank nor in a comment."""
        for start, line in zip(self._starts[number:], self._lines[number:], strict=False):
            rest = line.lstrip(" ")
            if rest and rest[0] != "#":
                return start + len(line) - len(rest)
        return len(self._text)

    def _number(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _column(self, offset: int) -> int:
        return offset - self._starts[self._number(offset)]
