"""`relint check`: check templates and write reports."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout

from relint._typing import TYPE_CHECKING
from relint.commands.build_report import build_report
from relint.commands.check_options import default_format, parse_output, settle_fix_options
from relint.commands.deliver_report import deliver_report, reject_report_options
from relint.errors import OptionError

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Check the templates, print the report and write it to files; with --env all once for each environment."""
    settle_fix_options(options)
    options.paths = options.paths or [os.curdir]
    outputs = [parse_output(option) for option in options.output]
    if options.prune_baseline and not options.baseline:
        raise OptionError("--prune-baseline needs the file: --baseline FILE")
    format_name = options.format or default_format(has_table=options.statistics)
    reject_report_options(options, format_name)
    if options.env and (options.env == "all" or "," in options.env):
        from relint.commands.environments import run_all

        return run_all(options, outputs)
    if options.fix:
        from relint.commands.fix import fix_and_report

        report = fix_and_report(options)
    else:
        report = build_report(options, options.env)
    if options.dry_run:
        with redirect_stdout(sys.stderr):  # standard output is the diff, which patch reads
            return deliver_report(report, format_name, outputs, options)
    return deliver_report(report, format_name, outputs, options)
