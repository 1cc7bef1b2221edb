"""Paths in a document, and positions and spans in its text."""

from __future__ import annotations

from relint._typing import NamedTuple

Path = tuple[str | int, ...]
"""The keys and indexes from the root of a document to a value: ("Resources", "Database", "Properties", "MultiAZ")."""


class Position(NamedTuple):
    """A position between two characters. `line` and `column` count from 1, columns in Unicode code points."""

    line: int
    column: int


class Span(NamedTuple):
    """The range of text from `start` up to, not including, `end`."""

    start: Position
    end: Position
