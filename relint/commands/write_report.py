"""Output of a report in a format, to a stream or to files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from relint.errors import OptionError
from relint.finding import Report
from relint.report.baseline import without_known

if TYPE_CHECKING:
    import argparse

    from relint.report.sarif.log import Profile


def write_files(report: Report, outputs: Sequence[tuple[str, str]], options: argparse.Namespace) -> None:
    """Writes the reports that --output asks for."""
    for kind, file in outputs:
        try:
            with open(file, "w", encoding="utf-8", newline="\n") as stream:
                _write(report, kind, options, stream.write, colour=False)
        except OSError as error:
            raise OptionError(f"'{file}' cannot be written ({error.strerror})") from error


def _write(
    report: Report, kind: str, options: argparse.Namespace, write: Callable[[str], object], colour: bool
) -> None:
    kind, _, asked = kind.partition(":")
    if kind == "sarif":
        from relint.report.sarif.log import write_sarif
        from relint.report.sarif.provenance import VARIABLES

        azure = os.environ.get("TF_BUILD", "").lower() == "true"
        profile = cast("Profile", asked or options.sarif_profile or ("azure" if azure else "full"))
        build: Mapping[str, str] = {name: os.environ[name] for name in VARIABLES if name in os.environ}
        report = report if profile in ("full", "azure") else without_known(report)
        write_sarif(report, write, profile=profile, category=options.sarif_category, build=build)
        return
    from relint.report.formats import lines

    for line in lines(without_known(report), kind, colour=colour, show_open=options.show_open):
        write(line + "\n")
