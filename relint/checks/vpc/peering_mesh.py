"""Networks that are peered with one another in a mesh.

https://docs.aws.amazon.com/wellarchitected/latest/framework/rel_planning_network_topology_prefer_hub_and_spoke.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.system.routes import identity_of
from relint.resolve.value import Expression, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PEERING = "AWS::EC2::VPCPeeringConnection"
_Pair = frozenset[Expression]
_MIN_PEERINGS = 3


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the first peering of networks that are joined in a circle.

    A star around a shared network has none. Message values: `networks` and `peerings`, their numbers. Unknown if a
    macro may add a network.
    """
    ends = [view.get(resource, "Properties", name) for name in ("VpcId", "PeerVpcId")]
    for end in ends:
        if isinstance(end.value, Unknown) and end.value.optional:
            yield end.value
            return
    pairs = view.cached("peerings of networks", _read_pairs)
    networks = _joined({identity_of(view, end) for end in ends}, pairs)
    mesh = {pair: peering for pair, peering in pairs.items() if pair <= networks}
    if len(mesh) < max(_MIN_PEERINGS, len(networks)) or next(iter(mesh.values())) != resource:
        return
    related = tuple((peering.path, "It joins them, too.") for peering in list(mesh.values())[1:])
    yield Problem(resource.path, values={"networks": len(networks), "peerings": len(mesh)}, related=related)


def _read_pairs(view: View) -> dict[_Pair, Resource]:
    """Return the first peering of each pair of networks, in the order of the template."""
    pairs: dict[_Pair, Resource] = {}
    for peering in view.resources(_PEERING):
        pair = frozenset(identity_of(view, view.get(peering, "Properties", name)) for name in ("VpcId", "PeerVpcId"))
        if len(pair) == 2:
            pairs.setdefault(pair, peering)
    return pairs


def _joined(start: set[Expression], pairs: dict[_Pair, Resource]) -> set[Expression]:
    """Return the networks that peerings join with those of `start`."""
    neighbours: dict[Expression, set[Expression]] = {}
    for pair in pairs:
        for network in pair:
            neighbours.setdefault(network, set()).update(pair)
    joined: set[Expression] = set()
    waiting = list(start)
    while waiting:
        network = waiting.pop()
        if network not in joined:
            joined.add(network)
            waiting += neighbours.get(network, ())
    return joined
