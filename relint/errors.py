"""Exceptions that relint raises.

RelintError
├── TemplateError    a template cannot be read or parsed, or exceeds a limit
├── RuleError        a rule file is wrong
└── OptionError      an option names something that does not exist, or a file that an option names cannot be used
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.source.location import Span


class RelintError(Exception):
    """An error that the user can correct.

    `message` is one sentence for the user: the problem, and what to write instead. `file` and `span` locate the cause
    if it is in a file.
    """

    def __init__(self, message: str, file: str | None = None, span: Span | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.span = span


class TemplateError(RelintError):
    """A template that cannot be read or parsed, or exceeds a limit of size, depth or expansion."""


class RuleError(RelintError):
    """A rule file that does not follow the rule language."""


class OptionError(RelintError):
    """An option, or a file that an option names, that cannot be used."""


def format_error(error: RelintError) -> str:
    """Return the error as one line: file, line and column if they are known, then the message."""
    location = ""
    if error.file:
        location = error.file + ":"
        if error.span:
            location += f"{error.span.start.line}:{error.span.start.column}:"
        location += " "
    return f"{location}error: {error.message}"
