"""Paths through the edges of the system in one scenario."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.model.system.edges import Edge, edges_of
from relint.model.system.relation import Kind

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

SERVING: frozenset[Kind] = frozenset({"request", "data", "part"})
"""The kinds of edges on which a waiting client depends; events and keys are left to Regional services."""


def edges_from(view: View, resource: Resource, kinds: Collection[Kind] = SERVING) -> Iterator[Edge]:
    """Yield the edges of a scenario through which a resource depends on others."""
    for edge in edges_of(view.template).outgoing.get(resource.logical_id, ()):
        if edge.relation.kind in kinds and edge.is_active(view):
            yield edge


def edges_to(view: View, resource: Resource, kinds: Collection[Kind] = SERVING) -> Iterator[Edge]:
    """Yield the edges of a scenario through which others depend on a resource."""
    for edge in edges_of(view.template).incoming.get(resource.logical_id, ()):
        if edge.relation.kind in kinds and edge.is_active(view):
            yield edge


def reachable(view: View, start: Resource, without: Collection[str] = ()) -> Mapping[str, Edge | None]:
    """Return the resources on which `start` depends, itself included, nearest first.

    Each logical id has the edge of a shortest path that leads to it, None for `start`. Only edges whose strength is
    HARD are followed, and no path leads through a resource in `without`.
    """
    previous: dict[str, Edge | None] = {start.logical_id: None}
    queue = deque([start])
    while queue:
        for edge in edges_from(view, queue.popleft()):
            if edge.relation.strength == "HARD" and edge.target not in previous and edge.target not in without:
                previous[edge.target] = edge
                queue.append(view.template.resources[edge.target])
    return previous
