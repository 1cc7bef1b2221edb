"""Places in a text."""

from __future__ import annotations

from relint._named_tuple import NamedTuple

Path = tuple[str | int, ...]
"""The way from the root of a document to a value: ("Resources", "Database", "Properties", "MultiAZ")."""


class Position(NamedTuple):
    """A place between two characters: `line` and `column` count from 1, columns in Unicode code points."""

    line: int
    column: int


class Span(NamedTuple):
    """The text from `start` up to, not including, `end`."""

    start: Position
    end: Position
