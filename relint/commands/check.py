"""`relint check`: check templates and write reports."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.commands.build_report import build_report, has_only_option_failures, warn_of_rules
from relint.commands.check_options import default_format, parse_output, settle_fix_options
from relint.commands.exit_codes import FAILED, exit_code
from relint.commands.print_report import STATISTICS_FORMATS, print_report
from relint.commands.write_report import write_files
from relint.discover.candidate import is_exclusion
from relint.discover.template_detection import NAMED_NO_TEMPLATE
from relint.errors import OptionError

if TYPE_CHECKING:
    import argparse

    from relint.finding import Report


def run(options: argparse.Namespace) -> int:
    """Check the templates, print the report and write it to files; with --env all once for each environment."""
    settle_fix_options(options)
    options.paths = options.paths or [os.curdir]
    outputs = [parse_output(option) for option in options.output]
    if options.prune_baseline and not options.baseline:
        raise OptionError("--prune-baseline needs the file: --baseline FILE")
    if options.quiet and options.verbose:
        raise OptionError("choose one of --quiet and --verbose")
    if options.env and (options.env == "all" or "," in options.env):
        from relint.commands.environments import run_all

        return run_all(options, outputs)
    format_name = options.format or default_format(has_table=options.statistics)
    if options.statistics and format_name not in STATISTICS_FORMATS:
        raise OptionError(
            f"--statistics has the formats {', '.join(STATISTICS_FORMATS)}; "
            f"--output {format_name}=FILE writes the findings beside it"
        )
    if options.fix:
        from relint.commands.fix import fix_and_report

        report = fix_and_report(options)
    else:
        report = build_report(options, options.env)
    warn_of_rules([report])
    code = exit_code(report, options.fail_on, counts_reviews=options.fail_on_review)
    if not write_files(report, outputs, options):
        code = FAILED
    notes = list(_skipped_files(report, is_complete=options.verbose, is_quiet=options.quiet))
    if options.verbose:
        from relint.report.unjudged import unjudged_lines

        notes += unjudged_lines(report)
    if notes:
        from relint.report.terminal import printable

        for line in notes:
            print(printable(line), file=sys.stderr)
    # A person has already read the failure on stderr; programs read standard output only.
    if not (has_only_option_failures(report) and format_name in ("text", "concise")):
        print_report(report, format_name, options, code)
    return code


def _skipped_files(report: Report, *, is_complete: bool, is_quiet: bool) -> Iterator[str]:
    """Yield a line for each file and folder that was skipped; without `is_complete` only for what seems to be checked.

    That is ignored output of the CDK, as every project ignores its templates; and unless the run `is_quiet` or fails
    because of them, the files that the user named.
    """
    says_named = not is_quiet and all(failure.stage != "discover" for failure in report.failures)
    for file, reason in report.skipped.items():
        if file.endswith("cdk.out/") and is_exclusion(reason):
            yield f"{file}: skipped: {reason}; name the folder to check it"
        elif is_complete or (says_named and reason == NAMED_NO_TEMPLATE):
            yield f"{file}: skipped: {reason}"
