"""The resources that stop when one of them fails."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from relint._typing import TYPE_CHECKING
from relint.model.system.edges import Edge, edges_of
from relint.model.system.paths import SERVING
from relint.model.system.resource_groups import HOSTS
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_MAX_EDGES = 20_000
"""Edges that are followed for one failure: a template of 500 resources has some thousands."""

_PROVIDER = "AWS::ECS::CapacityProvider"
_DISTRIBUTION = "AWS::CloudFront::Distribution"
_INTERCHANGEABLE = (*HOSTS, "AWS::ElastiCache::CacheCluster")
"""Types of which a program that knows several addresses probably needs one only."""


def stopped_by(view: View, failed: Resource) -> Mapping[str, Edge | None] | Unknown:
    """Return the resources that stop with a failed one, itself included, nearest first.

    Each logical id has the edge through which it stops; None for `failed`, and for the services whose tasks run on it
    alone. A resource with alternatives stops when all of them have stopped. Unknown in a template with too many edges.
    """
    return _Outage(view, failed).stopped()


class _Outage:
    """A failure on its way through the edges of a scenario."""

    def __init__(self, view: View, failed: Resource) -> None:
        self._view = view
        self._edges = edges_of(view.template)
        self._failed = failed
        self._followed = 0
        services = _services_on(view, failed)
        self._stopped: dict[str, Edge | None] = dict.fromkeys(resource.logical_id for resource in (failed, *services))

    def stopped(self) -> Mapping[str, Edge | None] | Unknown:
        """Follow the failure and return what has stopped."""
        queue = deque(self._stopped)
        while queue:
            for edge in self._edges.incoming.get(queue.popleft(), ()):
                self._followed += 1
                if edge.source not in self._stopped and self._stops(edge):
                    self._stopped[edge.source] = edge
                    queue.append(edge.source)
            if self._followed > _MAX_EDGES:
                reason = "more resources depend on it than can be followed"
                return Unknown(("Outage", self._failed.logical_id), reason)
        return self._stopped

    def _stops(self, edge: Edge) -> bool:
        """Whether the source of an edge stops when its target has stopped."""
        if not self._matters(edge) or not edge.is_active(self._view):
            return False
        return all(
            other.target in self._stopped or not other.is_active(self._view) for other in self._alternatives(edge)
        )

    def _matters(self, edge: Edge) -> bool:
        """Whether an edge is one on which clients wait; where the tasks of a service run is known by `services_on`."""
        target = self._view.template.resources[edge.target]
        return edge.relation.kind in SERVING and edge.relation.strength == "HARD" and target.type != _PROVIDER

    def _alternatives(self, edge: Edge) -> Iterable[Edge]:
        """Return the other edges of the source that lead to something that can stand in."""
        resources = self._view.template.resources
        edges = self._edges.outgoing[edge.source]
        self._followed += len(edges)
        if edge.relation.are_alternatives:
            return [other for other in edges if other.relation.are_alternatives]
        target_type = resources[edge.target].type
        if edge.relation.basis == "inferred" and target_type in _INTERCHANGEABLE:
            return [
                other
                for other in edges
                if other.relation.basis == "inferred" and resources[other.target].type == target_type
            ]
        source = resources[edge.source]
        origin_groups = ("Properties", "DistributionConfig", "OriginGroups")
        if source.type == _DISTRIBUTION and self._view.get(source, *origin_groups).value is not ABSENT:
            return [other for other in edges if other.relation == edge.relation]
        return ()


def _services_on(view: View, host: Resource) -> list[Resource]:
    if "AWS::ECS::Service" not in view.template.by_type:
        return []
    from relint.model.aws.ecs import services_on  # most templates have no services

    return services_on(view, host)
