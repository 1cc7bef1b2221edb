"""Delivery of a report: files of --output, what is printed, and the exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.commands.build_report import has_only_option_failures, warn_of_rules
from relint.commands.exit_codes import FAILED, exit_code
from relint.commands.print_report import STATISTICS_FORMATS, print_report
from relint.commands.write_report import render_report, write_files
from relint.discover.candidate import is_exclusion
from relint.discover.template_detection import NAMED_NO_TEMPLATE
from relint.errors import OptionError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from relint.commands.write_report import Renderer
    from relint.finding import Report


def reject_report_options(options: argparse.Namespace, format_name: str) -> None:
    """Raise OptionError for options about the report that exclude each other."""
    if options.quiet and options.verbose:
        raise OptionError("choose one of --quiet and --verbose")
    if options.statistics and format_name not in STATISTICS_FORMATS:
        raise OptionError(
            f"--statistics has the formats {', '.join(STATISTICS_FORMATS)}; "
            f"--output {format_name}=FILE writes the findings beside it"
        )


def deliver_report(
    report: Report,
    format_name: str,
    outputs: Sequence[tuple[str, str]],
    options: argparse.Namespace,
    render: Renderer = render_report,
) -> int:
    """Write the report to the files of `outputs`, print it, and return the exit code; `render` makes the lines."""
    warn_of_rules([report])
    code = exit_code(report, options.fail_on, counts_reviews=options.fail_on_review)
    if not write_files(report, outputs, options, render=render):
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
        print_report(report, format_name, options, code, render)
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
