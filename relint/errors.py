"""Exceptions that relint raises.

RelintError
├── TemplateError    a template cannot be read or parsed, or exceeds a limit
├── RuleError        a rule file is wrong
└── OptionError      an option names something that does not exist, or a file that an option names cannot be used
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from relint._about import ISSUES
from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.source.location import Span

DEFECT = f"this is a defect of relint, please report it at {ISSUES}"
TRACEBACK_VARIABLE = "RELINT_TRACEBACK"
"""The variable of the environment with which the command line prints the traceback of a defect."""


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


@contextmanager
def working_on(file: str) -> Iterator[None]:
    """Add the name of a file to each exception that is a defect, for `format_defect`."""
    try:
        yield
    except RelintError:
        raise
    except Exception as error:
        error.__dict__.setdefault(_FILE, file)  # as the file of an exception in a worker, it survives pickling
        raise


def format_defect(error: Exception) -> str:
    """Return an exception that nothing in relint expects as one line, with the file if it is known."""
    file = error.__dict__.get(_FILE)
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    hint = f"{TRACEBACK_VARIABLE}=1 prints the traceback"
    return f"{f'{file}: ' if file else ''}error: relint failed ({reason}); {DEFECT}; {hint}"


_FILE = "file_of_relint"
