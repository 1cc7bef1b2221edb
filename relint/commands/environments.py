"""`relint check --env all`: check every environment and print one table."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from relint import api
from relint._typing import TYPE_CHECKING
from relint.commands.build_report import build_report
from relint.commands.check_options import config_argument
from relint.commands.exit_codes import exit_code
from relint.commands.write_report import write_files
from relint.errors import OptionError
from relint.report.baseline import new_findings_only
from relint.report.environment_table import render_environment_table
from relint.settings.configuration import configuration_folder, unknown_environment

if TYPE_CHECKING:
    import argparse

    from relint.finding import Report


def run_all(options: argparse.Namespace, outputs: Sequence[tuple[str, str]]) -> int:
    """Print a table of rules and environments, and return the highest of their exit codes.

    The exit code of an environment depends on its own fail-on. Raises OptionError for options that need one
    environment, and if the configuration defines no environment.
    """
    for format_name, file in outputs:
        if "{env}" not in file:
            raise OptionError(
                f"with --env all, each environment has its own report: --output {format_name}=report-{{env}}"
            )
    if options.write_baseline or options.prune_baseline:
        raise OptionError("a baseline is written in one environment: --env NAME")
    if options.format not in (None, "text", "concise"):
        raise OptionError(f"--env all prints a table; for {options.format} use --output {options.format}=FILE-{{env}}")
    configuration = api.Linter(config=config_argument(options)).configuration()
    folders = [path if os.path.isdir(path) else configuration_folder(path) for path in options.paths]
    environments = configuration.environments(folders)
    if not environments:
        raise unknown_environment("all", ())
    reports: dict[str, Report] = {name: build_report(options, name) for name in environments}
    code = max(exit_code(report, options.fail_on, counts_reviews=options.fail_on_review) for report in reports.values())
    for name, report in reports.items():
        files = [(format_name, file.replace("{env}", name)) for format_name, file in outputs]
        write_files(report, files, options, code)
    for line in render_environment_table({name: new_findings_only(report) for name, report in reports.items()}):
        sys.stdout.write(line + "\n")
    return code
