"""Output of a report in a format, to a stream or to files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any, cast
from relint.commands.exit_codes import exit_code
from relint.errors import working_on
from relint.finding import Report

if TYPE_CHECKING:
    import argparse

    from relint.report.sarif.log import Profile

Renderer = Callable[..., "Iterator[str]"]
"""A function that returns the lines of a report in a format that has lines, with the options of that format."""


def render_report(report: Report, format_name: str, **options: Any) -> Iterator[str]:
    """Return the lines of a report in any format except SARIF."""
    from relint.report.formats import render

    return render(report, format_name, **options)


def write_files(
    report: Report,
    outputs: Sequence[tuple[str, str]],
    options: argparse.Namespace,
    process_exit_code: int | None = None,
    render: Renderer = render_report,
) -> bool:
    """Write the reports of the --output options, given as pairs of format and file; return whether all were written.

    A file that cannot be written is named on standard error.

    `process_exit_code` is the one that the process will end with, if it does not follow from this report.
    """
    is_complete = True
    for format_name, file in outputs:
        try:
            with working_on(file), open(file, "w", encoding="utf-8", newline="\n") as stream:
                write_report(report, format_name, options, stream.write, process_exit_code, render)
        except OSError as error:
            print(f"error: '{file}' cannot be written ({error.strerror})", file=sys.stderr)
            is_complete = False
    return is_complete


def write_report(
    report: Report,
    format_name: str,
    options: argparse.Namespace,
    write: Callable[[str], object],
    process_exit_code: int | None = None,
    render: Renderer = render_report,
    **text_options: Any,
) -> None:
    """Write a report in a format; for SARIF the name may include a profile, as in `sarif:github`.

    `render` makes the lines of the other formats. `text_options` are options of `render_text`, which others ignore.
    """
    format_name, _, profile = format_name.partition(":")
    if format_name == "sarif":
        if process_exit_code is None:
            process_exit_code = exit_code(report, options.fail_on, counts_reviews=options.fail_on_review)
        _write_sarif(report, profile or options.sarif_profile or _default_profile(), options, write, process_exit_code)
        return
    for line in render(new_findings_of(report), format_name, show_open=options.show_open, **text_options):
        write(line + "\n")


def new_findings_of(report: Report) -> Report:
    """Return the report without the findings that a baseline or a git revision contains."""
    if all(finding.baseline_state is None for finding in report.results):  # as in most runs
        return report
    from relint.report.baseline import new_findings_only

    return new_findings_only(report)


def _default_profile() -> str:
    return "azure" if os.environ.get("TF_BUILD", "").lower() == "true" else "full"


def _write_sarif(
    report: Report, profile: str, options: argparse.Namespace, write: Callable[[str], object], process_exit_code: int
) -> None:
    from relint.report.sarif.log import write_sarif
    from relint.report.sarif.provenance import VARIABLES

    build: Mapping[str, str] = {name: os.environ[name] for name in VARIABLES if name in os.environ}
    if profile not in ("full", "azure"):  # the other readers ignore baselineState
        report = new_findings_of(report)
    write_sarif(
        report,
        write,
        profile=cast("Profile", profile),
        category=options.sarif_category,
        build=build,
        show_open=options.show_open,
        exit_code=process_exit_code,
    )
