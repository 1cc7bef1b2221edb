"""`relint check`: templates in, reports out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from relint.commands.build_report import checked, stopped
from relint.commands.check_options import _colour, _default_format, _output
from relint.commands.exit_codes import exit_code
from relint.commands.write_report import _write, write_files
from relint.errors import OptionError

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Checks, prints, writes; with --env all once for each environment."""
    outputs = [_output(option) for option in options.output]
    if options.prune_baseline and not options.baseline:
        raise OptionError("--prune-baseline needs the file: --baseline FILE")
    if options.env == "all":
        from relint.commands.environments import run_all

        return run_all(options, outputs)
    report = checked(options, options.env)
    write_files(report, outputs, options)
    kind = options.format or _default_format()
    if not (stopped(report) and kind in ("text", "concise")):  # whose reader has read it on stderr
        _write(report, kind, options, sys.stdout.write, colour=_colour())
    if options.verbose:
        for file, reason in report.skipped.items():
            print(f"{file}: skipped: {reason}", file=sys.stderr)
    return exit_code(report, options.fail_on)
