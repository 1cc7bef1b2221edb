"""`relint assess`: print what failures do to the system that templates describe."""

from __future__ import annotations

import sys

from relint import api
from relint._typing import TYPE_CHECKING
from relint.commands.exit_codes import CLEAN, FAILED, FINDINGS
from relint.commands.system_input import print_failures, system_arguments
from relint.commands.write_assessment import parse_outputs, print_assessment, write_outputs
from relint.errors import OptionError
from relint.report.terminal import printable

if TYPE_CHECKING:
    import argparse

    from relint.assessment.records import Policy
    from relint.assessment.result import Assessment


def run(options: argparse.Namespace) -> int:
    """Print the assessment, and on standard error what could not be read or written.

    Return 2 for the latter, 1 if a policy is breached, else 0. With --explain print a fact instead.
    """
    if options.explain:
        return _explain(options.explain)
    outputs = parse_outputs(options.output)
    paths, arguments = system_arguments(options)
    assessment = api.assess(*paths, **arguments, policy=options.policy)
    print_failures(assessment.failures)
    if options.gameday is not None:
        _write_game_day(assessment, options.gameday)
    code = _exit_code(assessment)
    if not write_outputs(assessment, outputs, options, code):
        code = FAILED
    if assessment.files:
        print_assessment(assessment, options, code)
    return code


def _exit_code(assessment: Assessment) -> int:
    is_breached = [_is_breached(assessment, policy) for policy in assessment.policies]
    if assessment.failures:
        return FAILED
    return FINDINGS if any(is_breached) else CLEAN


def _is_breached(assessment: Assessment, policy: Policy) -> bool:
    """Whether an entry breaches a policy, or leaves it undetermined if the policy counts that as a breach.

    If the policy wants a warning of it, it is printed.
    """
    names = [
        verdict.verdict for entry in assessment.entries for verdict in entry.verdicts if verdict.policy == policy.name
    ]
    number = names.count("undetermined")
    if number and policy.undetermined == "warn":
        message = f"{policy.place}: warning: {number} verdicts of '{policy.name}' are undetermined"
        print(printable(message), file=sys.stderr)
    return "breached" in names or (bool(number) and policy.undetermined == "fail")


def _explain(fact_ids: list[str]) -> int:
    from relint.report.assessment.fact_text import explain_fact

    print("\n".join(explain_fact(fact_id) for fact_id in fact_ids), end="")
    return CLEAN


def _write_game_day(assessment: Assessment, directory: str) -> None:
    """Write the game day of an assessment, and say on standard error where it is; raises OptionError if it cannot."""
    if not directory:
        raise OptionError("--gameday takes the folder into which the game day is written, as in --gameday game-day")
    from relint.report.gameday.files import write_game_day

    files = write_game_day(assessment, directory)
    where = f"{printable(directory)}: {len(files)} files of a game day; begin with README.md"
    print(where if files else "no game day: there is no event to try", file=sys.stderr)
