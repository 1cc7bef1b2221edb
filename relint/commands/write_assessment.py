"""Output of an assessment, to standard output and to files."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.errors import OptionError, working_on
from relint.report.assessment import ASSESSMENT_FORMATS, render_assessment

if TYPE_CHECKING:
    import argparse

    from relint.assessment.result import Assessment


def parse_outputs(options: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs of format and file in --output options; raises OptionError for another text."""
    outputs = []
    for option in options:
        format_name, _, file = option.partition("=")
        if not (format_name in ASSESSMENT_FORMATS and file):
            formats = ", ".join(ASSESSMENT_FORMATS)
            raise OptionError(f"--output takes FORMAT=FILE with a format of {formats}, not '{option}'")
        outputs.append((format_name, file))
    return outputs


def write_outputs(assessment: Assessment, outputs: Sequence[tuple[str, str]], options: argparse.Namespace) -> bool:
    """Write an assessment to files; return whether all were written, and name the others on standard error."""
    is_complete = True
    for format_name, file in outputs:
        try:
            with working_on(file), open(file, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(render_assessment(assessment, format_name, **_common_options(options)))
        except OSError as error:
            print(f"error: '{file}' cannot be written ({error.strerror})", file=sys.stderr)
            is_complete = False
    return is_complete


def print_assessment(assessment: Assessment, options: argparse.Namespace) -> None:
    """Print an assessment in the format of the options."""
    layout: dict[str, Any] = {}
    if options.format == "text":
        from relint.commands.output_layout import output_layout

        layout["layout"] = output_layout(options.color)
    sys.stdout.write(render_assessment(assessment, options.format, **layout, **_common_options(options)))


def _common_options(options: argparse.Namespace) -> dict[str, Any]:
    return {"with_passes": options.sarif_all}
