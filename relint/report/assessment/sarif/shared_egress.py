"""NAT gateways through which machines in other zones reach the internet."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.assessment.listed import Listing
    from relint.assessment.result import EntryResult

_GATEWAY = "AWS::EC2::NatGateway"
_SUBNET = "AWS::EC2::Subnet"
_PLANES = ("placement", "recover")


def shared_gateways(entry: EntryResult, listing: Listing) -> Iterator[str]:
    """Yield the gateways that are the only way out of a subnet of an entry, and proven to lie in another zone."""
    parts = {part.id: part for part in listing.parts}
    zones = {member: token.label for token in listing.zones for member in token.members}
    distinct = {frozenset((relation.a, relation.b)) for relation in listing.relations if relation.relation == "NEQ"}
    outgoing: dict[str, list[str]] = {}
    for dependency in listing.dependencies:
        if dependency.plane in _PLANES:
            outgoing.setdefault(dependency.source, []).append(dependency.target)
    machines = (name for name in entry.parts if parts[name].role == "compute")
    subnets = dict.fromkeys(target for name in machines for target in outgoing.get(name, ()))
    found: dict[str, None] = {}
    for subnet in subnets:
        if parts[subnet].type != _SUBNET or subnet not in zones:
            continue
        gateways = [name for name in _reached(subnet, outgoing) if parts[name].type == _GATEWAY]
        places = {zone for name in gateways for unit in parts[name].units for zone in unit.zones}
        if gateways and all(frozenset((zones[subnet], zone)) in distinct for zone in places):
            found.update(dict.fromkeys(gateways))
    yield from found


def _reached(start: str, outgoing: Mapping[str, Collection[str]]) -> Iterator[str]:
    seen, queue = {start}, deque([start])
    while queue:
        name = queue.popleft()
        yield name
        for target in outgoing.get(name, ()):
            if target not in seen:
                seen.add(target)
                queue.append(target)
