"""Words of the page: outcomes, times and losses."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.assessment.result import loss_class, time_class

if TYPE_CHECKING:
    from relint.assessment.facts import Interval
    from relint.assessment.records import Sla
    from relint.assessment.result import Loss, Result
    from relint.assessment.scene.records import Condition

GLYPHS: dict[Condition, str] = {"up": "\u25cf", "degraded": "\u25d0", "down": "\u2715", "unknown": "?"}
DISRUPTION_NAMES = {"Software": "Data damaged", "Hardware": "Host lost", "AZ": "Zone lost", "Region": "Region lost"}
_OUTCOMES = {
    "no_outage": "no outage",
    "degraded": "degraded",
    "interruption": "interruption",
    "outage_self_heals": "outage that heals by itself",
    "outage_manual": "outage until somebody repairs it",
    "data_loss_unrecoverable": "data lost",
    "not_applicable": "no durable data",
}
_NO_COPY = {
    "Software": "no backup in these files",
    "AZ": "no copy outside the zone in these files",
    "Region": "no copy outside the Region in these files",
}
CONDITIONS: dict[str, Condition] = {
    "no_outage": "up",
    "not_applicable": "up",
    "degraded": "degraded",
    "interruption": "degraded",
    "outage_self_heals": "down",
    "outage_manual": "down",
    "data_loss_unrecoverable": "down",
}
"""The state of an entry by its outcome; it is unknown if the outcome is."""


_HOURS_PER_YEAR = 8766


def outcome_condition(result: Result) -> Condition:
    """Return the state of an entry that has a result."""
    if result.disruption == "Software" and result.outcome == "outage_manual":
        return "degraded"  # the data come back, if with a loss
    return CONDITIONS.get(result.outcome, "unknown")


def outcome_words(result: Result) -> str:
    """Return an outcome in words; of an unknown one the least that happens."""
    if result.outcome == "unknown":
        known = result.worst_known
        return "unknown" if known in ("no_outage", "not_applicable") else f"unknown, at least {_words(known, result)}"
    return _words(result.outcome, result)


def _words(outcome: str, result: Result) -> str:
    if outcome == "data_loss_unrecoverable":
        return _NO_COPY.get(result.disruption, "no copy in these files")
    if outcome == "outage_manual" and result.disruption == "Software":
        return "manual restore"
    return _OUTCOMES.get(outcome, "unknown")


def recovery_words(result: Result) -> str:
    """Return the time to recover, with its class."""
    name = time_class(result.rto, has_no_path=result.has_no_path, is_restore=result.is_restore)
    if result.has_no_path:
        return "no path in these files"
    if result.rto is None:
        return "n/a"
    if result.is_restore:
        return "hours or more, no upper bound"
    return f"{interval_words(result.rto)}{_class(name)}"


def loss_words(loss: Loss | None) -> str:
    """Return the data that are lost, with their class."""
    if loss is None:
        return "n/a"
    if loss.is_total:
        return "all data"
    if loss.interval is None:
        return "unknown"
    return f"{interval_words(loss.interval)}{_class(loss_class(loss))}"


def interval_words(interval: Interval) -> str:
    """Return an interval of seconds in words; without upper end it has no bound."""
    typically = ", typically" if interval.tail == "typical" else ""
    if interval.hi is None:
        return f"at least {_time(interval.lo)}, no upper bound" if interval.lo else "no upper bound"
    if interval.lo == interval.hi:
        return _time(interval.hi)
    if interval.lo == 0:
        return f"at most {_time(interval.hi)}{typically}"
    if interval.hi <= 600:
        return f"{interval.lo} to {interval.hi} s{typically}"
    return f"{_time(interval.lo)} to {_time(interval.hi)}{typically}"


def _class(name: str) -> str:
    return (
        ""
        if name in ("none", "zero", "n/a", "unknown") or name.startswith("unknown(")
        else f" ({name.replace('_', ' ')})"
    )


def _time(seconds: int) -> str:
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size and seconds % size == 0:
            return f"{seconds // size} {unit}"
    return f"{seconds} s" if seconds else "0"


_SERVICE_NAMES = {
    "AWS::AutoScaling::AutoScalingGroup": "Auto Scaling group",
    "AWS::ElasticLoadBalancing::LoadBalancer": "Classic Load Balancer",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "Elastic Load Balancer",
    "AWS::ElasticLoadBalancingV2::TargetGroup": "Target group",
    "AWS::OpenSearchService::Domain": "OpenSearch domain",
}


def service_name(resource_type: str) -> str:
    """Return a resource type as a reader names it, as in "RDS DBInstance"."""
    return _SERVICE_NAMES.get(resource_type) or resource_type.removeprefix("AWS::").replace("::", " ")


def agreement_words(sla: Sla) -> str:
    """Return the product of the agreements of AWS: a promise of credits, and no prediction."""
    missing = f"Not counted: your code, deployments{''.join(f', {name}' for name in sla.unrated)}."
    if sla.low is None or sla.high is None:
        return f"No agreement of AWS on this path is known. {missing}"
    sign = "at most " if sla.unrated else ""
    percent = f"{sla.high:.2f} %" if sla.low == sla.high else f"{sla.low:.2f} to {sla.high:.2f} %"
    hours = (100 - sla.low) / 100 * _HOURS_PER_YEAR
    size = f"about {hours:.1f} hours a year, over {plural(len(sla.terms), 'part')}"
    return f"Product of the agreements (SLA) {sign}{percent}, {size}. {missing}"


def plural(number: int, noun: str) -> str:
    """Return a number with its noun, which takes an "s" in the plural."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
