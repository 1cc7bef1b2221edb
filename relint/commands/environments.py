"""`relint check --env all` and `--env dev,prod`: check several environments, and print a table and the findings."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from relint import api
from relint._typing import TYPE_CHECKING, Any
from relint.commands.build_report import build_report, warn_of_rules
from relint.commands.check_options import config_argument
from relint.commands.exit_codes import FAILED, exit_code
from relint.commands.write_report import write_files, write_report
from relint.errors import OptionError
from relint.report.baseline import new_findings_only
from relint.report.environment_findings import group_by_environments, join_reports
from relint.report.environment_table import render_environment_table
from relint.settings.configuration import configuration_folder, unknown_environment

if TYPE_CHECKING:
    import argparse

    from relint.finding import Report


def run_all(options: argparse.Namespace, outputs: Sequence[tuple[str, str]]) -> int:
    """Print a table of rules and environments with the findings below it, and return the highest exit code.

    A format for programs gets one report instead, in which each finding stands once; so does a file without {env}. The
    exit code of an environment depends on its own fail-on. Raises OptionError for options that need one environment,
    and for an environment that the configuration does not define.
    """
    if options.write_baseline or options.prune_baseline:
        raise OptionError("a baseline is written in one environment: --env NAME")
    if options.statistics:
        raise OptionError("several environments have a table of their own; --statistics takes one: --env NAME")
    reports: dict[str, Report] = {name: build_report(options, name) for name in _environments(options)}
    warn_of_rules([*reports.values()])
    code = max(exit_code(report, options.fail_on, counts_reviews=options.fail_on_review) for report in reports.values())
    for format_name, file in outputs:
        for name, report in reports.items() if "{env}" in file else [("", join_reports(reports))]:
            if not write_files(report, [(format_name, file.replace("{env}", name))], options, code):
                code = FAILED
    format_name = options.format or ("text" if sys.stdout.isatty() else "concise")
    if format_name not in ("text", "concise"):
        write_report(join_reports(reports), format_name, options, sys.stdout.write, code)
        return code
    for line in render_environment_table({name: new_findings_only(report) for name, report in reports.items()}):
        sys.stdout.write(line + "\n")
    _print_findings(reports, format_name, options)
    return code


def _environments(options: argparse.Namespace) -> list[str]:
    """Return the environments that the option names; raises OptionError for an unknown one."""
    configuration = api.Linter(config=config_argument(options)).configuration()
    folders = [path if os.path.isdir(path) else configuration_folder(path) for path in options.paths]
    known = configuration.environments(folders)
    if options.env == "all":
        if not known:
            raise unknown_environment("all", ())
        return list(known)
    names = list(dict.fromkeys(name.strip() for name in options.env.split(",") if name.strip()))
    for name in names or [options.env]:
        if name not in known:
            raise unknown_environment(name, known)
    return names


def _print_findings(reports: Mapping[str, Report], format_name: str, options: argparse.Namespace) -> None:
    """Print the findings below the environments in which they are the same, each once."""
    text_options: dict[str, Any] = {}
    if format_name == "text":
        from relint.commands.output_layout import output_layout

        text_options = {"layout": output_layout(options.color), "with_summary": False}
    for environments, part in group_by_environments(reports):
        lines: list[str] = []
        write_report(part, format_name, options, lines.append, **text_options)
        if any(map(str.strip, lines)):  # what is suppressed or open is not printed
            sys.stdout.write(f"\n{environments}:\n{''.join(lines)}")
