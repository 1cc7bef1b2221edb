"""What a check says: where something is wrong, and the facts for the message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.source.location import Path

if TYPE_CHECKING:
    from relint.level import Level
    from relint.resolve.value import Unknown


class Problem(NamedTuple):
    """A failed check.

    `path` is where the value was written, or would stand; `values` fill the message besides resource, type and
    property. `related` are other places: a path and a sentence each. `message` and `level` replace those of the case.
    """

    path: Path
    values: Mapping[str, Any] = {}
    related: tuple[tuple[Path, str], ...] = ()
    message: str | None = None
    level: Level | None = None


class Outcome(NamedTuple):
    """What a case says of a resource in one scenario: problems, or why it cannot tell, or (`applies` false) nothing."""

    applies: bool = True
    problems: tuple[Problem, ...] = ()
    unknown: Unknown | None = None


NOT_APPLICABLE = Outcome(applies=False)
PASS = Outcome()
