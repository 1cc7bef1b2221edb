"""Defects of relint, which a user sees as one line."""

from __future__ import annotations

import os
import sys

from relint.errors import TRACEBACK_VARIABLE, format_defect
from relint.report.terminal import printable


def print_defect(error: Exception) -> None:
    """Print one line about a defect of relint, after the traceback if the environment requests it."""
    if os.environ.get(TRACEBACK_VARIABLE):
        from traceback import print_exception

        print_exception(type(error), error, error.__traceback__)
    print(printable(format_defect(error)), file=sys.stderr)
