"""`relint config`: print the settings of a template and their origins, or a JSON schema."""

from __future__ import annotations

import json
import os

from relint import api
from relint._typing import TYPE_CHECKING
from relint.commands.check_options import config_argument
from relint.commands.exit_codes import CLEAN
from relint.settings.configuration import unknown_environment
from relint.settings.render import render_settings

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print the settings of a template, of the templates in a folder, or a schema.

    Raises OptionError for an unknown environment and for a selector that matches no rule.
    """
    if options.schema:
        from relint.catalog.json_schema import rule_schema
        from relint.report.assessment.json_schema import assessment_schema
        from relint.report.change.json_schema import diff_schema
        from relint.report.json_report import report_schema
        from relint.settings.json_schema import configuration_schema

        schemas = {
            "config": configuration_schema,
            "rule": rule_schema,
            "report": report_schema,
            "assessment": assessment_schema,
            "diff": diff_schema,
        }
        print(json.dumps(schemas[options.schema](), indent=2))
        return CLEAN
    configuration = api.Linter(config=config_argument(options), environment=options.env).configuration()
    path = os.path.join(options.path, "template.yaml") if os.path.isdir(options.path) else options.path
    environments = configuration.environments([os.path.dirname(path)])
    if options.env and options.env not in environments:
        raise unknown_environment(options.env, environments)
    settings = configuration.settings_for(path)
    api.config_resolver(configuration)(path)  # raises for a selector that matches no rule
    for line in render_settings(settings):
        print(line)
    if environments:
        print(f"environments: {', '.join(environments)}")
    return CLEAN
