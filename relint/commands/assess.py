"""`relint assess`: print what failures do to the system that templates describe."""

from __future__ import annotations

import os
import sys

from relint import api
from relint._typing import TYPE_CHECKING
from relint.commands.check_options import config_argument, parameter_values
from relint.commands.exit_codes import CLEAN, FAILED
from relint.commands.graph import stack_files
from relint.errors import OptionError, TemplateError, format_error
from relint.report.assessment import render_assessment
from relint.report.terminal import printable

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print the assessment, and on standard error what could not be read; return 2 for the latter, else 0."""
    stacks = stack_files(options.stack)
    paths = options.paths or ([] if stacks else [os.curdir])
    if "-" in paths:
        raise OptionError("an assessment is made of files; standard input is none")
    parameters = parameter_values(options.parameters)
    if options.region:
        parameters["AWS::Region"] = options.region
    assessment = api.assess(
        *paths, stacks=stacks, parameters=parameters, environment=options.env, config=config_argument(options)
    )
    for failure in assessment.failures:
        error = TemplateError(failure.message, failure.file, failure.span)
        print(printable(format_error(error)), file=sys.stderr)
    if assessment.files:
        sys.stdout.write(render_assessment(assessment, options.format))
    return FAILED if assessment.failures else CLEAN
