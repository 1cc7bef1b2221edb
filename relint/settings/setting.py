"""A value of an option, and where it was set."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from relint.source.location import Span


class Origin(NamedTuple):
    """The source of a value: a position in a file, or a name like "profile dev"."""

    name: str
    span: Span | None = None

    def __str__(self) -> str:
        return f"{self.name}:{self.span.start.line}" if self.span else self.name


COMMAND_LINE = Origin("the options of this run")


class Setting(NamedTuple):
    """The value of an option, and its origin.

    Relative paths in the value are relative to `folder`.
    """

    value: Any
    origin: Origin
    folder: str = ""


SettingMap = Mapping[str, Setting]
"""Settings by the name of the option."""
