"""An assessment as JSON; docs/assess.md describes the format, and docs/schemas/assessment.schema.json checks it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from relint._about import __version__
from relint._typing import TYPE_CHECKING, Any
from relint.assessment.agreements import agreements
from relint.assessment.facts import facts
from relint.assessment.zone_rules import ZONE_RULES
from relint.report.assessment.agreements import agreement_object
from relint.report.assessment.entry_values import entry_object, policy_object, unknown_object, verdict_object
from relint.report.assessment.system_values import system_values

if TYPE_CHECKING:
    from relint.assessment.result import Assessment
    from relint.assessment.zone_rules import ZoneRule

SCHEMA = "relint-assess/1"


def render_json_assessment(assessment: Assessment) -> str:
    """Return a JSON object with sorted keys and without times, so that equal input gives equal bytes."""
    return json.dumps(assessment_object(assessment), indent=2, sort_keys=True) + "\n"


def assessment_object(assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as JSON values."""
    used = set(_used_facts(assessment))
    entries, policies = assessment.entries, assessment.policies
    unknowns = {unknown for entry in entries for result in entry.results for unknown in result.unknowns}
    return {
        "schema": SCHEMA,
        "tool": {"name": "relint", "version": __version__},
        "facts_version": facts_version(),
        "facts": {
            **{
                fact.id: {"as_of": fact.as_of, "mark": fact.mark, "says": fact.says, "source": fact.source}
                for fact in facts()
                if fact.id in used
            },
            **{row.id: agreement_object(row) for row in agreements() if row.id in used},
            **{rule.id: _rule_object(rule) for rule in ZONE_RULES if rule.id in used},
        },
        "inputs": [{"path": entry.path, "sha256": entry.sha256} for entry in assessment.inputs],
        "parameters": [parameter._asdict() for parameter in assessment.parameters],
        **system_values(assessment.listing),
        "coverage": {"assessed": assessment.assessed, "resources": assessment.resources},
        "entries": [entry_object(entry, assessment.listing) for entry in entries],
        "without_backend": list(assessment.without_backend),
        "too_large": list(assessment.too_large),
        "untried": list(assessment.untried),
        "policy": policy_object(policies[0]) if policies else None,
        "policies": [policy_object(policy) for policy in policies],
        "verdicts": [verdict_object(entry, verdict) for entry in entries for verdict in entry.verdicts],
        "unknowns": [unknown_object(unknown) for unknown in sorted(unknowns)],
        "failures": [{"file": failure.file, "message": failure.message} for failure in assessment.failures],
    }


def facts_version() -> str:
    """Return a text that changes with every fact: the day of the newest one, and a digest of all."""
    digest = hashlib.sha256(repr((facts(), agreements(), ZONE_RULES)).encode()).hexdigest()[:12]
    days = [*(fact.as_of for fact in facts()), *(agreement.as_of for agreement in agreements())]
    return f"{max(days)}-{digest}"


def _rule_object(rule: ZoneRule) -> dict[str, Any]:
    return {"as_of": rule.as_of, "mark": rule.mark, "says": rule.says, "source": rule.source}


def _used_facts(assessment: Assessment) -> Iterator[str]:
    for part in assessment.listing.parts:
        yield from part.facts
    yield from (relation.rule for relation in assessment.listing.relations)
    for entry in assessment.entries:
        for result in (*entry.results, *(event.result for event in entry.events)):
            yield from (reason.fact for reason in result.reasons)
        for term in entry.sla.terms if entry.sla else ():
            yield from term.facts
