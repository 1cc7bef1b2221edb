"""The results of an entry as JSON values."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.assessment.deciding import deciding_facts
from relint.assessment.facts import fact_with_id
from relint.assessment.policies.verdicts import verdicts_by_policy
from relint.assessment.result import loss_class, time_class
from relint.report.assessment.agreements import sla_object

if TYPE_CHECKING:
    from relint.assessment.facts import Interval
    from relint.assessment.listed import Listing
    from relint.assessment.records import Policy, Target, Verdict
    from relint.assessment.result import EntryResult, EventResult, Loss, Result, Unknown

_NO_BOUND: dict[str, Any] = {"hi_s": None, "lo_s": 0, "tail": "unknown"}


def entry_object(entry: EntryResult, listing: Listing) -> dict[str, Any]:
    """Return an entry with its results, in the order of the types of disruptions."""
    points = entry.single_points
    names = {part.part: part.id for part in listing.parts}
    return {
        "id": entry.id,
        "file": entry.part.rpartition(":")[0],
        "name": entry.name,
        "type": entry.type,
        "kind": entry.kind,
        "names": list(entry.names),
        "path": list(entry.path),
        "results": [_result(entry, result, listing) for result in entry.results],
        "events": [_event(event, names) for event in entry.events],
        "spof": {name: list(resources) for name, resources in points._asdict().items()},
        "pairs": None if entry.pairs is None else [list(pair) for pair in entry.pairs],
        "sla": sla_object(entry.sla),
        "verdicts": [verdict_object(entry, verdict) for verdict in entry.verdicts],
        "changes_if": [change._asdict() for change in entry.changes],
        "recovery_dependencies": [need._asdict() for need in entry.recovery_dependencies],
        "assumptions": list(entry.assumptions),
        "notes": list(entry.notes),
    }


def policy_object(policy: Policy) -> dict[str, Any]:
    """Return the targets of a policy."""
    return {
        "name": policy.name,
        "place": policy.place,
        "targets": {name: _target(target) for name, target in policy.targets.items()},
        "availability_pct": policy.availability,
        "entries": {
            entry: {name: _target(target) for name, target in targets.items()}
            for entry, targets in policy.entries.items()
        },
        "undetermined": policy.undetermined,
        "notes": list(policy.notes),
    }


def verdict_object(entry: EntryResult, verdict: Verdict) -> dict[str, Any]:
    """Return a verdict with the entry that it is about."""
    return {"entry": entry.id, **verdict._asdict(), "needs": list(verdict.needs)}


def unknown_object(unknown: Unknown) -> dict[str, Any]:
    """Return a fact that is not in the files."""
    return {"code": unknown.code, "needs": unknown.needs, "resource": unknown.resource}


def _result(entry: EntryResult, result: Result, listing: Listing) -> dict[str, Any]:
    return {
        "entry": entry.id,
        "disruption": result.disruption,
        **_effect(result),
        "confidence": result.confidence,
        "deciding_facts": list(deciding_facts(entry, result, listing)),
        "statically_stable": result.statically_stable,
        "cutsets": [list(events) for events in result.cut_sets],
        "reasons": [
            {
                "event": reason.event,
                "fact": reason.fact or None,
                "mark": fact_with_id(reason.fact).mark if reason.fact else None,
                "outcome": reason.outcome,
                "resource": reason.resource,
                "rto": _interval(reason.rto),
            }
            for reason in result.reasons
        ],
        "unknowns": [unknown_object(unknown) for unknown in result.unknowns],
        "verdicts": verdicts_by_policy(entry, result.disruption),
    }


def _event(event: EventResult, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "event": event.label,
        "disruption": event.result.disruption,
        **_effect(event.result),
        "hit": [names.get(part, part) for part in event.hit],
        "down": [names.get(part, part) for part in event.down],
        "possibly_down": [names.get(part, part) for part in event.possibly_down],
    }


def _effect(result: Result) -> dict[str, Any]:
    rto = _NO_BOUND if result.rto is None and result.has_no_path else result.rto and _interval(result.rto)
    return {
        "outcome": result.outcome,
        "worst_known": result.worst_known,
        "rto": rto,
        "rto_class": time_class(result.rto, has_no_path=result.has_no_path, is_restore=result.is_restore),
        "rpo": "n/a" if result.rpo is None else _loss(result.rpo),
        "rpo_class": loss_class(result.rpo),
    }


def _target(target: Target) -> dict[str, Any]:
    return {"rto_s": target.rto, "rpo_s": target.rpo}


def _interval(interval: Interval) -> dict[str, Any]:
    return {"hi_s": interval.hi, "lo_s": interval.lo, "tail": interval.tail}


def _loss(loss: Loss) -> dict[str, Any]:
    """Return the interval of a loss; one of all data has no upper bound."""
    return _NO_BOUND if loss.interval is None else _interval(loss.interval)
