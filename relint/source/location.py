"""Places in a text."""

from __future__ import annotations

from dataclasses import dataclass

Path = tuple[str | int, ...]
"""The way from the root of a document to a value: ("Resources", "Database", "Properties", "MultiAZ")."""


@dataclass(frozen=True, order=True, slots=True)
class Position:
    """A place between two characters: `line` and `column` count from 1, columns in Unicode code points."""

    line: int
    column: int


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """The text from `start` up to, not including, `end`."""

    start: Position
    end: Position
