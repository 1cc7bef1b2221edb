"""`relint config`: what is in force, and where it was set."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from relint import api
from relint.commands.check_options import configuration_source
from relint.commands.exit_codes import CLEAN
from relint.settings.configuration import unknown_environment
from relint.settings.render import render_settings

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Prints the settings of a template (or of what lies in a folder), or a schema."""
    if options.schema:
        from relint.catalog.json_schema import rule_schema
        from relint.report.json_report import report_schema
        from relint.settings.json_schema import configuration_schema

        made = {"config": configuration_schema, "rule": rule_schema, "report": report_schema}[options.schema]
        print(json.dumps(made(), indent=2))
        return CLEAN
    configuration = api.configuration(config=configuration_source(options), environment=options.env)
    path = os.path.join(options.path, "template.yaml") if os.path.isdir(options.path) else options.path
    known = configuration.environments([os.path.dirname(path)])
    if options.env and options.env not in known:
        raise unknown_environment(options.env, known)
    settings = configuration.settings_for(path)
    api.scopes(configuration)(path)  # raises for a word that names no rule
    for line in render_settings(settings):
        print(line)
    if known:
        print(f"environments: {', '.join(known)}")
    return CLEAN
