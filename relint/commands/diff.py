"""`relint diff`: print what a change does to what is deployed."""

from __future__ import annotations

import sys

from relint._typing import TYPE_CHECKING, Any
from relint.commands.build_report import report_error
from relint.commands.check_options import check_arguments, parameter_values, parse_output
from relint.commands.deliver_report import deliver_report, reject_report_options
from relint.discover.candidate import Candidate
from relint.errors import OptionError, RelintError
from relint.report.change import render_changes
from relint.report.change.new_places import report_on_new_templates
from relint.run.comparison.compare_files import Diff
from relint.template_diff import diff

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from relint.finding import Report

STANDARD_INPUT = "stdin.yaml"
"""The name of a template that is read from standard input."""


def run(options: argparse.Namespace) -> int:
    """Print the differences and the findings, write them to files, and return the exit code as `relint check` does."""
    outputs = [parse_output(option) for option in options.output]
    format_name = options.format or "text"
    reject_report_options(options, format_name)
    try:
        result = diff(**_sources(options), **_arguments(options))
    except RelintError as error:
        result = Diff(report=report_error(error))

    def render(report: Report, format_name: str, **format_options: Any) -> Iterator[str]:
        return render_changes(result, format_name, **format_options)

    return deliver_report(report_on_new_templates(result), format_name, outputs, options, render)


def _sources(options: argparse.Namespace) -> dict[str, Any]:
    """Return the arguments that name templates; raises OptionError unless they are two, or a revision and any."""
    if options.recovery:
        return _sources_of_sites(options)
    if options.recovery_parameters or options.recovery_region:
        raise OptionError("--recovery-parameters and --recovery-region need --recovery")
    if options.change_set is not None:
        return _sources_of_change_set(options)
    if options.base is not None:
        if "-" in options.paths:
            raise OptionError("--base compares files with a git revision; standard input is none")
        return {"base": options.base, "paths": options.paths}
    if len(options.paths) != 2:
        raise OptionError("name the old and the new template, or folders of them: relint diff OLD NEW")
    if options.paths == ["-", "-"]:
        raise OptionError("standard input is one template; name a file for the other")
    old, new = (_source(path) for path in options.paths)
    return {"old": old, "new": new}


def _sources_of_sites(options: argparse.Namespace) -> dict[str, Any]:
    if options.base is not None or options.change_set is not None:
        raise OptionError("--recovery compares two sites; leave out --base and --change-set")
    values = parameter_values(options.recovery_parameters)
    if options.recovery_region:
        values["AWS::Region"] = options.recovery_region
    if len(options.paths) == 1 and not values:
        raise OptionError("name the recovery template, or the values of its site with --recovery-parameters")
    if len(options.paths) not in (1, 2):
        raise OptionError("name the primary and the recovery template: relint diff --recovery PRIMARY RECOVERY")
    if options.paths == ["-", "-"]:
        raise OptionError("standard input is one template; name a file for the other")
    sides = {side: _source(path) for side, path in zip(("old", "new"), options.paths, strict=False)}
    return {"recovery": True, "recovery_parameters": values or None, **sides}


def _sources_of_change_set(options: argparse.Namespace) -> dict[str, Any]:
    if options.base is not None:
        raise OptionError("--change-set says what CloudFormation changes; leave out --base")
    if len(options.paths) > 2:
        raise OptionError("a change set has an old and a new template at most: relint diff OLD NEW --change-set FILE")
    if [*options.paths, options.change_set].count("-") > 1:
        raise OptionError("standard input is one file; name the others")
    sides = ("old", "new")[2 - len(options.paths) :]
    templates = {side: _source(path) for side, path in zip(sides, options.paths, strict=True)}
    return {"change_set": _source(options.change_set, "stdin.json"), **templates}


def _source(path: str, name: str = STANDARD_INPUT) -> str | Candidate:
    return Candidate(name, sys.stdin.buffer.read(), is_explicit=True) if path == "-" else path


def _arguments(options: argparse.Namespace) -> dict[str, Any]:
    return {
        **check_arguments(options),
        "environment": options.env,
        "allow_empty": options.allow_empty,
        "skip_non_templates": options.skip_non_templates,
    }
