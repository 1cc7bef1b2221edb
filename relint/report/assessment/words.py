"""Words for outcomes, times and losses of data, the same ones in all reports for people."""

from __future__ import annotations

from collections.abc import Iterable

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.assessment.facts import Interval
    from relint.assessment.result import Loss, Reason, Result

_HOUR = 3600
_OUTCOMES = {
    "no_outage": "no outage",
    "degraded": "degraded",
    "interruption": "interruption",
    "outage_self_heals": "outage, self-heals",
    "outage_manual": "outage, manual",
    "not_applicable": "no durable data",
}
_RESTORE = "manual restore"
_LOSSES = {
    "Software": "no backup in these files",
    "AZ": "no copy outside the zone",
    "Region": "no copy outside the Region",
}
"""Words for the loss of data: these files have no copy, which others may have."""


SCOPE = (
    "Clean failures only: of what these files declare, in the assumed deployment. Not modelled: overload, latency, "
    "half failures, faults of the code, retries of clients."
)


def fate_words(reason: Reason, disruption: str = "") -> str:
    """Return what a reason says of its resource, in a type of disruption."""
    if not reason.fact and reason.rto.hi is not None:
        return f"{_OUTCOMES.get(reason.outcome, 'unknown')}, {interval_words(reason.rto)}, by Metadata"
    if not reason.fact:
        return reason.event
    if reason.outcome == "no_outage" and reason.rto.hi:
        return f"no outage, requests that fail succeed when they are repeated within {reason.rto.hi} s"
    is_restore = disruption == "Software" and reason.outcome == "outage_manual"
    words = _RESTORE if is_restore else _OUTCOMES.get(reason.outcome, "unknown")
    return f"{words}, {interval_words(reason.rto)}"


def outcome_words(result: Result) -> str:
    """Return an outcome with its confidence."""
    if result.outcome == "unknown":
        known = {**_OUTCOMES, "no_outage": "", "data_loss_unrecoverable": "no copy"}[result.worst_known]
        return f"unknown (at least {known})" if known else "unknown"
    words = {**_OUTCOMES, "data_loss_unrecoverable": _LOSSES.get(result.disruption, "no copy in these files")}
    if result.disruption == "Software":
        words["outage_manual"] = _RESTORE
    return f"{words[result.outcome]}{'' if result.confidence == 'proven' else f' ({result.confidence})'}"


def time_words(result: Result) -> str:
    """Return the time to recover."""
    if result.has_no_path:
        return "no path in these files"
    if result.rto is None:
        return "n/a"
    if result.is_restore:
        return "hours or more, no bound"
    if result.outcome == "no_outage" and result.rto.hi:
        return f"retries, up to {result.rto.hi} s"
    return interval_words(result.rto)


def loss_words(loss: Loss | None) -> str:
    """Return a loss of data."""
    if loss is None:
        return "n/a"
    if loss.is_total:
        return "all data"
    return "unknown" if loss.interval is None else interval_words(loss.interval)


def interval_words(interval: Interval) -> str:
    """Return an interval in hours if its ends are whole hours, else in seconds."""
    low, high = interval.lo, interval.hi
    in_hours = max(low, high or 0) >= _HOUR and low % _HOUR == 0 and (high or 0) % _HOUR == 0
    unit, size = ("h", _HOUR) if in_hours else ("s", 1)
    if high is None:
        return f"{low // size} {unit}+, no upper bound" if low else "no upper bound"
    typically = " typically" if interval.tail == "typical" and high else ""
    numbers = f"{low // size}" if low == high else f"{low // size}-{high // size}"
    return f"{numbers} {unit}{typically}"


def name_words(names: Iterable[str], possible: Iterable[str] = ()) -> str:
    """Return names with commas, the possible ones marked; "none" without any."""
    known = [*names, *(f"{name} (perhaps)" for name in possible)]
    return ", ".join(known) or "none"
