"""The facts that decide a result: those about recovery, and those about zones."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.assessment.listed import Listing, ZoneRelation
    from relint.assessment.result import EntryResult, Result


def deciding_facts(entry: EntryResult, result: Result, listing: Listing) -> tuple[str, ...]:
    """Return the ids of the facts about recovery, what is known of zones, and what would decide an unknown outcome."""
    found = [reason.fact for reason in result.reasons if reason.fact]
    if result.disruption == "AZ":
        found += [describe_relation(relation) for relation in deciding_relations(entry, listing)]
    if result.outcome == "unknown":
        found += [f"{unknown.code}: {unknown.needs} ({unknown.resource})" for unknown in result.unknowns]
    return tuple(dict.fromkeys(found))


def deciding_relations(entry: EntryResult, listing: Listing) -> Iterator[ZoneRelation]:
    """Yield the relations of the zones between which the units of one part of an entry are spread."""
    names = set(entry.parts)
    spread = [
        {zone for unit in part.units for zone in unit.zones}
        for part in listing.parts
        if part.id in names and len(part.units) > 1
    ]
    for relation in listing.relations:
        if any(relation.a in zones and relation.b in zones for zones in spread):
            yield relation


def describe_relation(relation: ZoneRelation) -> str:
    """Return a relation of two zones as a clause, as in "zone of A is not zone of B: two subnets ... (D3)"."""
    verb = {"EQ": "is", "NEQ": "is not", "UNKNOWN": "may be"}[relation.relation]
    rule = f" ({relation.rule})" if relation.rule else ""
    return f"{relation.a} {verb} {relation.b}: {relation.why}{rule}"
