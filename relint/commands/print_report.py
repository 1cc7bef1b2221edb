"""Output of a report to standard output, for people with a summary."""

from __future__ import annotations

import sys

from relint._typing import TYPE_CHECKING, Any
from relint.commands.exit_codes import FAILED, exit_note
from relint.commands.write_report import new_findings_of, render_report, write_report
from relint.report.unjudged import format_unjudged

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from relint.commands.write_report import Renderer
    from relint.finding import Report

STATISTICS_FORMATS = ("text", "concise", "json")
"""Formats of --statistics."""


def print_report(
    report: Report,
    format_name: str,
    options: argparse.Namespace,
    process_exit_code: int,
    render: Renderer = render_report,
) -> None:
    """Print a report, or with --statistics its numbers; `process_exit_code` is the one that the process will end with.

    The summary of the format concise is for people, while its lines are for programs, so it goes to standard error.
    """
    reason = exit_note(report, options.fail_on, counts_reviews=options.fail_on_review)
    if process_exit_code == FAILED and not report.failures:
        reason = "exit code 2: not every report could be written"
    notes = [format_unjudged(report), reason]
    if options.statistics:
        for line in _statistics(new_findings_of(report), format_name, options, notes):
            sys.stdout.write(line + "\n")
        return
    text_options: dict[str, Any] = {"with_summary": not options.quiet}
    if format_name == "text":
        from relint.commands.output_layout import output_layout

        text_options |= {"layout": output_layout(options.color), "notes": notes}
    write_report(report, format_name, options, sys.stdout.write, process_exit_code, render, **text_options)
    if format_name == "concise" and not options.quiet:
        from relint.report.one_line import closing_line

        sys.stdout.flush()  # else the summary would overtake the findings where both streams are one
        if line := closing_line(new_findings_of(report), show_open=options.show_open, notes=notes):
            print(line, file=sys.stderr)


def _statistics(report: Report, format_name: str, options: argparse.Namespace, notes: Sequence[str]) -> Iterator[str]:
    """Yield the lines of --statistics: a row for each rule, failures and a summary, or all of it as JSON."""
    from relint.commands.output_layout import output_layout
    from relint.report.severity import visible_findings
    from relint.report.statistics import count_by_rule, render_statistics

    findings = list(visible_findings(report, show_open=options.show_open))
    if format_name == "json":
        from relint.report.statistics_json import render_statistics_json

        yield from render_statistics_json(report, findings)
        return
    from relint.report.text import render_failures, render_summary

    layout = output_layout(options.color)
    yield from render_statistics(count_by_rule(findings), layout)
    yield from render_failures(report, layout)
    if not options.quiet:
        if findings or report.failures:
            yield ""
        yield from render_summary(report, layout, show_open=options.show_open, notes=notes)
