"""`relint assess`: print what failures do to the system that templates describe."""

from __future__ import annotations

from relint import api
from relint._typing import TYPE_CHECKING
from relint.commands.exit_codes import CLEAN, FAILED
from relint.commands.system_input import print_failures, system_arguments
from relint.commands.write_assessment import parse_outputs, print_assessment, write_outputs

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print the assessment, and on standard error what could not be read or written; return 2 for either, else 0.

    With --explain print a fact instead.
    """
    if options.explain:
        return _explain(options.explain)
    outputs = parse_outputs(options.output)
    paths, arguments = system_arguments(options)
    assessment = api.assess(*paths, **arguments)
    print_failures(assessment.failures)
    is_written = write_outputs(assessment, outputs, options)
    if assessment.files:
        print_assessment(assessment, options)
    return CLEAN if is_written and not assessment.failures else FAILED


def _explain(fact_ids: list[str]) -> int:
    from relint.report.assessment.fact_text import explain_fact

    print("\n".join(explain_fact(fact_id) for fact_id in fact_ids), end="")
    return CLEAN
