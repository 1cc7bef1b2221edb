"""A value that somebody has set, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple

if TYPE_CHECKING:
    from relint.source.location import Span


class Origin(NamedTuple):
    """Where a value was set: a file and the place in it, or a name such as "the command line"."""

    name: str
    span: Span | None = None

    def __str__(self) -> str:
        return f"{self.name}:{self.span.start.line}" if self.span else self.name


COMMAND_LINE = Origin("the options of this run")


class Setting(NamedTuple):
    """The value of a key, and where it was set. `folder` is what its relative paths are relative to."""

    value: Any
    origin: Origin
    folder: str = ""


SettingMap = Mapping[str, Setting]
