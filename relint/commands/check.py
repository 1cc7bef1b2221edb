"""`relint check`: check templates and write reports."""

from __future__ import annotations

import os
import sys

from relint._typing import TYPE_CHECKING
from relint.commands.build_report import build_report, has_only_option_failures
from relint.commands.check_options import default_format, parse_output, uses_colour
from relint.commands.exit_codes import exit_code
from relint.commands.write_report import write_files, write_report
from relint.errors import OptionError

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Check the templates, print the report and write it to files; with --env all once for each environment."""
    options.paths = options.paths or [os.curdir]
    outputs = [parse_output(option) for option in options.output]
    if options.prune_baseline and not options.baseline:
        raise OptionError("--prune-baseline needs the file: --baseline FILE")
    if options.env == "all":
        from relint.commands.environments import run_all

        return run_all(options, outputs)
    report = build_report(options, options.env)
    write_files(report, outputs, options)
    format_name = options.format or default_format()
    # A person has already read the failure on stderr; programs read standard output only.
    if not (has_only_option_failures(report) and format_name in ("text", "concise")):
        write_report(report, format_name, options, sys.stdout.write, colour=uses_colour())
    if options.verbose:
        for file, reason in report.skipped.items():
            print(f"{file}: skipped: {reason}", file=sys.stderr)
    return exit_code(report, options.fail_on)
