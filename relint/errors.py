"""Everything that relint raises.

RelintError
├── TemplateError    a template cannot be read, parsed or stays outside of the limits
├── RuleError        a rule file is wrong
└── OptionError      an option names something that does not exist, or a parameter file is wrong
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.source.location import Span


class RelintError(Exception):
    """What is wrong, where, and what to write instead; the text is one sentence for the user."""

    def __init__(self, message: str, file: str | None = None, span: Span | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.span = span


class TemplateError(RelintError):
    """A template cannot be read or parsed, or goes beyond a limit of size, depth or expansion."""


class RuleError(RelintError):
    """A rule file does not say what a rule must say."""


class OptionError(RelintError):
    """An option, or a file that an option names, cannot be used."""


def format_error(error: RelintError) -> str:
    """The error with the place that it speaks of."""
    place = ""
    if error.file:
        place = error.file + ":"
        if error.span:
            place += f"{error.span.start.line}:{error.span.start.column}:"
        place += " "
    return f"{place}error: {error.message}"
