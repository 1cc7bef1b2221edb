"""The explanation of the results of an entry: what decides them, and what is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.assessment.deciding import deciding_relations
from relint.assessment.facts import is_judgement
from relint.report.assessment.words import fate_words

if TYPE_CHECKING:
    from relint.assessment.listed import Listing
    from relint.assessment.result import EntryResult


def is_alone(entry: EntryResult) -> bool:
    """Whether an entry is data that depend on nothing, so that all that is said is about itself."""
    return entry.kind == "data_root" and len(entry.path) < 2


def explain_unknowns(entry: EntryResult) -> Iterator[str]:
    """Yield what would decide what is unknown, with the types of disruptions and the code of the kind of fact."""
    needs: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}
    for result in entry.results:
        for unknown in result.unknowns:
            disruptions, resources = needs.setdefault((unknown.code, unknown.needs), ({}, {}))
            disruptions[result.disruption] = None
            resources[unknown.resource] = None
    for (code, need), (disruptions, resources) in needs.items():
        about = "" if is_alone(entry) else f"; {', '.join(resources)}"
        yield f"{', '.join(disruptions)} - {need}{about} ({code})"


def explain_decisions(entry: EntryResult, listing: Listing) -> Iterator[str]:
    """Yield the facts that decide results, with their ids, and why zones differ."""
    grouped: dict[tuple[str, str, bool], dict[str, dict[str, None]]] = {}
    for result in entry.results:
        by_text: dict[tuple[str, bool], tuple[dict[str, None], dict[str, None]]] = {}
        for reason in result.reasons:
            does_nothing = reason.outcome in ("no_outage", "degraded") and reason.rto.hi == 0
            is_said = reason.outcome == "unknown" and not reason.fact  # among what is unknown
            if does_nothing or is_said or (result.disruption == "Region" and is_alone(entry)):
                continue
            key = (fate_words(reason, result.disruption), is_judgement(reason.fact))
            resources, ids = by_text.setdefault(key, ({}, {}))
            resources[reason.resource] = None
            ids.update({reason.fact: None} if reason.fact else {})
        for (text, is_ours), (resources, ids) in by_text.items():
            names = "" if is_alone(entry) else f"{', '.join(sorted(resources))}: "
            facts = grouped.setdefault((names, text, is_ours), {})
            facts.setdefault(result.disruption, {}).update(ids)
    for (names, text, is_ours), by_disruption in grouped.items():
        ids = dict.fromkeys(fact for facts in by_disruption.values() for fact in facts)
        source = f" [{', '.join(ids)}{'; our judgement' if is_ours else ''}]" if ids else ""
        yield f"{', '.join(by_disruption)} - {names}{text}{source}"
    yield from _explain_zones(entry, listing)


def _explain_zones(entry: EntryResult, listing: Listing) -> Iterator[str]:
    zones: dict[tuple[str, str], dict[str, None]] = {}
    for relation in deciding_relations(entry, listing):
        if relation.relation == "NEQ":
            zones.setdefault((relation.why, relation.rule), {}).update({relation.a: None, relation.b: None})
    placed = {token.label for token in listing.zones if token.members}
    for (why, rule), labels in zones.items():
        *first, last = labels
        if not placed.intersection(labels):  # zones that AWS chooses, of which the reason says all
            yield f"AZ - {why}{f' [{rule}]' if rule else ''}"
            continue
        yield f"AZ - {', '.join(first)} and {last} differ: {why}{f' [{rule}]' if rule else ''}"
