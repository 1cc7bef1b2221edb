"""`relint merge`: merge the SARIF logs of several runs."""

from __future__ import annotations

import json
import sys

from relint._typing import TYPE_CHECKING
from relint.commands.exit_codes import CLEAN
from relint.errors import OptionError
from relint.report.sarif.merge import merge_logs, read_log

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Write the merged log to --output or standard output."""
    log = merge_logs({file: read_log(file) for file in options.logs})
    text = json.dumps(log, separators=(",", ":")) + "\n"
    if not options.output:
        sys.stdout.write(text)
        return CLEAN
    try:
        with open(options.output, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise OptionError(f"'{options.output}' cannot be written ({error.strerror})") from error
    return CLEAN
