"""Output of an assessment, to standard output and to files."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.errors import OptionError, working_on
from relint.report.assessment import ASSESSMENT_FORMATS, PROFILES, render_assessment

if TYPE_CHECKING:
    import argparse

    from relint.assessment.result import Assessment


def parse_outputs(options: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs of format and file in --output options; raises OptionError for another text."""
    outputs = []
    for option in options:
        format_name, _, file = option.partition("=")
        if not (format_name in (*ASSESSMENT_FORMATS, *PROFILES) and file):
            formats = ", ".join(ASSESSMENT_FORMATS)
            raise OptionError(f"--output takes FORMAT=FILE with a format of {formats} or sarif:PROFILE, not '{option}'")
        outputs.append((format_name, file))
    return outputs


def write_outputs(
    assessment: Assessment, outputs: Sequence[tuple[str, str]], options: argparse.Namespace, exit_code: int
) -> bool:
    """Write an assessment to files; return whether all were written, and name the others on standard error.

    `exit_code` is the one that the process will end with.
    """
    is_complete = True
    for format_name, file in outputs:
        try:
            with working_on(file), open(file, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(_render(assessment, format_name, options, exit_code))
        except OSError as error:
            print(f"error: '{file}' cannot be written ({error.strerror})", file=sys.stderr)
            is_complete = False
    return is_complete


def print_assessment(assessment: Assessment, options: argparse.Namespace, exit_code: int) -> None:
    """Print an assessment in the format of the options."""
    layout: dict[str, Any] = {}
    if options.format == "text":
        from relint.commands.output_layout import output_layout

        layout = {"layout": output_layout(options.color), "unicode": _has_unicode()}
    sys.stdout.write(_render(assessment, options.format, options, exit_code, **layout))


def _render(assessment: Assessment, format_name: str, options: argparse.Namespace, exit_code: int, **more: Any) -> str:
    if format_name.startswith("sarif"):
        from relint.report.sarif.provenance import VARIABLES

        more["build"] = {name: os.environ[name] for name in VARIABLES if name in os.environ}
        more["exit_code"] = exit_code
        more["with_passes"] = options.sarif_all
        if format_name == "sarif" and os.environ.get("TF_BUILD", "").lower() == "true":
            more["profile"] = "azure"
    return render_assessment(assessment, format_name, **more)


def _has_unicode() -> bool:
    """Whether standard output takes the characters of pictures."""
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
