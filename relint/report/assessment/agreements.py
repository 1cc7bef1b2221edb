"""Products of service level agreements as text and JSON; two decimals that promise no more than AWS does."""

from __future__ import annotations

import math

from relint._typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relint.assessment.agreements import Agreement
    from relint.assessment.records import Sla

HOURS_OF_YEAR = 8760
SLA_NOTE = (
    "An SLA product multiplies the thresholds below which AWS grants a credit: it is no prediction. "
    f"A year has {HOURS_OF_YEAR:,} hours."
)


def describe_sla(sla: Sla) -> str:
    """Return the product in words: percent, hours of a year, and what does not count."""
    unrated = f", {len(sla.unrated)} unrated" if sla.unrated else ""
    if sla.low is None or sla.high is None:
        return f"unknown: no verified agreement for {', '.join(sla.unrated) or 'any part'}"
    percents = [f"{round_down(sla.low):.2f}", f"{round_down(sla.high):.2f}"]
    hours = [f"{_hours(sla.high):.1f}", f"{_hours(sla.low):.1f}"]
    return (
        f"{'<=' if sla.unrated else '='} {'-'.join(dict.fromkeys(percents))} % "
        f"(~{'-'.join(dict.fromkeys(hours))} h/yr) over {len(sla.terms)} rated; "
        f"not counted: your code, deploys, DNS registrar{unrated}"
    )


def sla_object(sla: Sla | None) -> dict[str, Any] | None:
    """Return the product for JSON; with `unrated`, both ends are upper bounds."""
    if sla is None:
        return None
    return {
        "lo": None if sla.low is None else round_down(sla.low),
        "hi": None if sla.high is None else round_down(sla.high),
        "terms": [
            {"resource": term.resource, "lo": term.low, "hi": term.high, "facts": list(term.facts)}
            for term in sla.terms
        ],
        "unrated": list(sla.unrated),
    }


def agreement_object(agreement: Agreement) -> dict[str, Any]:
    """Return a row of the table of agreements for JSON."""
    return {
        "as_of": agreement.as_of,
        "last_updated": agreement.last_updated,
        "mark": agreement.mark,
        "percent": None if agreement.percent is None else float(agreement.percent),
        "says": agreement.says,
        "source": agreement.source,
    }


def round_down(percent: float) -> float:
    """Return a percentage with two decimals that promises no more."""
    return math.floor(round(percent * 100, 6)) / 100


def _hours(percent: float) -> float:
    """Return the hours of a year that a percentage does not promise, with one decimal, rounded up."""
    return math.ceil(round((100 - percent) * HOURS_OF_YEAR / 10, 6)) / 10
