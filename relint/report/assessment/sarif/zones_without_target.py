"""Zones that a load balancer or the clients of a file system use, and in which nothing takes their requests."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.assessment.listed import ListedPart, Listing
    from relint.assessment.result import EntryResult

_FILES = "AWS::EFS::FileSystem"


def zones_without_target(entry: EntryResult, listing: Listing) -> Iterator[tuple[str, str]]:
    """Yield each part of an entry with a zone of its units that is proven to be none of those that serve it.

    Those of a load balancer are the zones of the machines behind it; those of a client of a file system are the zones
    of its mount targets.
    """
    names = set(entry.parts)
    parts = {part.id: part for part in listing.parts if part.id in names}
    distinct = {frozenset((relation.a, relation.b)) for relation in listing.relations if relation.relation == "NEQ"}
    machines = [part for part in parts.values() if part.role == "compute" and part.scope == "unit"]
    for balancer in parts.values():
        if balancer.role == "lb" and machines:
            yield from _uncovered(balancer, {zone for part in machines for zone in _zones(part)}, distinct)
    for dependency in listing.dependencies:
        client, files = parts.get(dependency.source), parts.get(dependency.target)
        if client is not None and files is not None and files.type == _FILES and client.scope == "unit":
            yield from _uncovered(client, set(_zones(files)), distinct)


def _uncovered(
    part: ListedPart, served: Collection[str], distinct: Collection[frozenset[str]]
) -> Iterator[tuple[str, str]]:
    for zone in dict.fromkeys(_zones(part)):
        if served and all(frozenset((zone, other)) in distinct for other in served):
            yield part.id, zone


def _zones(part: ListedPart) -> list[str]:
    return [zone for unit in part.units for zone in unit.zones]
