"""Words for verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from relint._typing import TYPE_CHECKING
from relint.assessment.policies.verdicts import worst_verdict
from relint.assessment.policies.words import describe_seconds

if TYPE_CHECKING:
    from relint.assessment.records import Verdict
    from relint.assessment.result import Result

_SPREAD = "expected: balanced spread"


def describe_verdicts(verdicts: Sequence[Verdict], result: Result | None) -> str:
    """Return the verdict of a policy on one type of disruption in a few words.

    A breach names the targets that are not kept; a target that is met names what it relies on. `result` is what is
    compared, None for the availability.
    """
    worst = worst_verdict(verdicts)
    if worst == "not_judged":
        return "not judged"
    if worst == "breached":
        broken = [verdict for verdict in verdicts if verdict.verdict == "breached"]
        return f"BREACHED ({', '.join(map(_target, broken))})"
    if worst == "undetermined":
        return "UNDETERMINED"
    if any(verdict.is_typical for verdict in verdicts):
        return "MET (typical)"
    if result is None or result.confidence == "proven":
        return "MET"
    return f"MET ({_SPREAD if result.confidence == 'expected' else result.confidence})"


def _target(verdict: Verdict) -> str:
    limit = verdict.target or 0
    return f"{limit:g} %" if verdict.measure == "availability" else f"{verdict.measure} {describe_seconds(limit)}"
