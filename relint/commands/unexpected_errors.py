"""Errors that no command expects: output that is lost, and defects of relint."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from errno import EBADF, EDQUOT, EFBIG, EIO, ENOSPC, EPIPE, ESHUTDOWN

from relint.errors import TRACEBACK_VARIABLE, format_defect
from relint.report.terminal import printable

_OUTPUT_ERRORS = (EPIPE, ESHUTDOWN, ENOSPC, EDQUOT, EFBIG, EIO, EBADF)
"""The errors of a stream that takes no more output: its reader has gone, the disk is full, or it is closed."""


def report_unexpected_error(error: Exception) -> None:
    """Print one line about an error: that the output is lost, or else that relint has a defect."""
    if isinstance(error, OSError) and error.errno in _OUTPUT_ERRORS:
        _report_lost_output(error)
    else:
        _report_defect(error)


def _report_lost_output(error: OSError) -> None:
    """Print that the output is incomplete, and drop the rest of it, which Python would try to write at the end."""
    if sys.stdout is not None:
        with suppress(OSError, ValueError):  # a stream in memory has no number
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    with suppress(OSError):
        print(f"error: the output could not be written ({error.strerror}); it is incomplete", file=sys.stderr)


def _report_defect(error: Exception) -> None:
    """Print one line about a defect of relint, after the traceback if the environment requests it."""
    if os.environ.get(TRACEBACK_VARIABLE):
        from traceback import print_exception

        print_exception(type(error), error, error.__traceback__)
    print(printable(format_defect(error)), file=sys.stderr)
