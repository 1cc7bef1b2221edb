"""`relint assess`: print what failures do to the system that templates describe."""

from __future__ import annotations

import sys

from relint import api
from relint._typing import TYPE_CHECKING
from relint.commands.exit_codes import CLEAN, FAILED
from relint.commands.system_input import print_failures, system_arguments
from relint.report.assessment import render_assessment

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print the assessment, and on standard error what could not be read; return 2 for the latter, else 0."""
    paths, arguments = system_arguments(options)
    assessment = api.assess(*paths, **arguments)
    print_failures(assessment.failures)
    if assessment.files:
        sys.stdout.write(render_assessment(assessment, options.format))
    return FAILED if assessment.failures else CLEAN
