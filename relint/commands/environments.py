"""`relint check --env all`: every environment, in one table."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from relint import api
from relint.commands.build_report import checked
from relint.commands.check_options import configuration_source
from relint.commands.exit_codes import exit_code
from relint.commands.write_report import write_files
from relint.errors import OptionError
from relint.report.baseline import without_known
from relint.report.environment_table import table
from relint.settings.configuration import configuration_folder, unknown_environment

if TYPE_CHECKING:
    import argparse

    from relint.finding import Report


def run_all(options: argparse.Namespace, outputs: Sequence[tuple[str, str]]) -> int:
    """Prints a table of rules and environments; the exit code is the worst of them, each by its own fail-on."""
    for kind, file in outputs:
        if "{env}" not in file:
            raise OptionError(f"with --env all, each environment has its own report: --output {kind}=report-{{env}}")
    if options.write_baseline or options.prune_baseline:
        raise OptionError("a baseline is written in one environment: --env NAME")
    if options.format not in (None, "text", "concise"):
        raise OptionError(f"--env all prints a table; for {options.format} use --output {options.format}=FILE-{{env}}")
    configuration = api.configuration(config=configuration_source(options))
    folders = [path if os.path.isdir(path) else configuration_folder(path) for path in options.paths or [os.curdir]]
    names = configuration.environments(folders)
    if not names:
        raise unknown_environment("all", ())
    reports: dict[str, Report] = {name: checked(options, name) for name in names}
    for name, report in reports.items():
        write_files(report, [(kind, file.replace("{env}", name)) for kind, file in outputs], options)
    for line in table({name: without_known(report) for name, report in reports.items()}):
        sys.stdout.write(line + "\n")
    return max(exit_code(report, options.fail_on) for report in reports.values())
