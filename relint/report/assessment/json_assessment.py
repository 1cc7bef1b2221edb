"""An assessment as JSON; docs/assess.md describes the format."""

from __future__ import annotations

import hashlib
import json

from relint._about import __version__
from relint._typing import TYPE_CHECKING, Any
from relint.assessment.agreements import agreements
from relint.assessment.deciding import deciding_facts
from relint.assessment.facts import facts
from relint.assessment.result import Assessment, EntryResult, Loss, Result, loss_class, time_class
from relint.report.assessment.agreements import agreement_object, sla_object
from relint.report.assessment.system_values import system_values

if TYPE_CHECKING:
    from relint.assessment.facts import Interval
    from relint.assessment.listed import Listing

SCHEMA = "relint-assess/1"


def render_json_assessment(assessment: Assessment) -> str:
    """Return a JSON object with sorted keys and without times, so that equal input gives equal bytes."""
    used = {
        reason.fact
        for entry in assessment.entries
        for result in entry.results
        for reason in result.reasons
        if reason.fact
    }
    used |= {fact for entry in assessment.entries if entry.sla for term in entry.sla.terms for fact in term.facts}
    document = {
        "schema": SCHEMA,
        "facts": {
            **{
                fact.id: {"as_of": fact.as_of, "mark": fact.mark, "says": fact.says, "source": fact.source}
                for fact in facts()
                if fact.id in used
            },
            **{row.id: agreement_object(row) for row in agreements() if row.id in used},
        },
        "facts_version": facts_version(),
        "tool": {"name": "relint", "version": __version__},
        "inputs": [{"path": entry.path, "sha256": entry.sha256} for entry in assessment.inputs],
        "parameters": [parameter._asdict() for parameter in assessment.parameters],
        **system_values(assessment.listing),
        "coverage": {"assessed": assessment.assessed, "resources": assessment.resources},
        "entries": [_entry(entry, assessment.listing) for entry in assessment.entries],
        "too_large": list(assessment.too_large),
        "without_backend": list(assessment.without_backend),
        "failures": [{"file": failure.file, "message": failure.message} for failure in assessment.failures],
    }
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def facts_version() -> str:
    """Return a text that changes with every fact: the day of the newest one, and a digest of all."""
    digest = hashlib.sha256(repr((facts(), agreements())).encode()).hexdigest()[:12]
    days = [*(fact.as_of for fact in facts()), *(agreement.as_of for agreement in agreements())]
    return f"{max(days)}-{digest}"


def _entry(entry: EntryResult, listing: Listing) -> dict[str, Any]:
    points = entry.single_points
    return {
        "id": entry.id,
        "file": entry.part.rpartition(":")[0],
        "name": entry.name,
        "type": entry.type,
        "kind": entry.kind,
        "names": list(entry.names),
        "path": list(entry.path),
        "results": [_result(entry, result, listing) for result in entry.results],
        "spof": {
            "instance": list(points.instance),
            "instance_possible": list(points.instance_possible),
            "interrupting": list(points.interrupting),
            "service": list(points.service),
            "zonal": list(points.zonal),
            "zonal_possible": list(points.zonal_possible),
        },
        "pairs": None if entry.pairs is None else [list(pair) for pair in entry.pairs],
        "assumptions": list(entry.assumptions),
        "sla": sla_object(entry.sla),
    }


def _result(entry: EntryResult, result: Result, listing: Listing) -> dict[str, Any]:
    return {
        "entry": entry.id,
        "disruption": result.disruption,
        "outcome": result.outcome,
        "worst_known": result.worst_known,
        "rto": _interval(result.rto),
        "rto_class": time_class(result.rto, has_no_path=result.has_no_path, is_restore=result.is_restore),
        "rpo": "n/a" if result.rpo is None else _loss(result.rpo),
        "rpo_class": loss_class(result.rpo),
        "confidence": result.confidence,
        "deciding_facts": list(deciding_facts(entry, result, listing)),
        "statically_stable": result.statically_stable,
        "cutsets": [list(events) for events in result.cut_sets],
        "reasons": [
            {
                "event": reason.event,
                "fact": reason.fact or None,
                "outcome": reason.outcome,
                "resource": reason.resource,
                "rto": _interval(reason.rto),
            }
            for reason in result.reasons
        ],
        "unknowns": [
            {"code": unknown.code, "needs": unknown.needs, "resource": unknown.resource} for unknown in result.unknowns
        ],
    }


def _interval(interval: Interval | None) -> dict[str, Any] | None:
    if interval is None:
        return None
    return {"hi_s": interval.hi, "lo_s": interval.lo, "tail": interval.tail}


def _loss(loss: Loss) -> dict[str, Any] | None:
    return None if loss.interval is None else _interval(loss.interval)
