"""The edges of the system: references that mean a dependency."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.system.alternatives import is_alternative
from relint.model.system.relation import Relation, relations_by_type

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.template import Template
    from relint.model.view import View


MAX_BEHIND_FRONT = 200
"""Resources behind a load balancer or an API that are followed to see whether one of them knows its own address."""


class Edge(NamedTuple):
    """A dependency: the resource `source` fails, in the way that the relation says, with the resource `target`.

    Both are logical ids. `reference` is the place in the template that shows it; for a relation that is reversed, it
    stands in the target.
    """

    source: str
    target: str
    relation: Relation
    reference: Reference

    def is_active(self, view: View) -> bool:
        """Whether both resources and the reference exist in a scenario."""
        resources = view.template.resources
        return (
            view.exists(resources[self.source])
            and view.exists(resources[self.target])
            and view.is_active(self.reference)
        )


class Edges(NamedTuple):
    """The edges of a template in all its deployments, by the logical id of their source and of their target."""

    outgoing: Mapping[str, tuple[Edge, ...]]
    incoming: Mapping[str, tuple[Edge, ...]]


def edges_of(template: Template) -> Edges:
    """Return the edges of a template, in the order of its references; built once."""
    if "edges" not in template.cache:
        template.cache["edges"] = _build_edges(template)
    edges: Edges = template.cache["edges"]
    return edges


def _build_edges(template: Template) -> Edges:
    outgoing: dict[str, list[Edge]] = {}
    incoming: dict[str, list[Edge]] = {}
    relations = relations_by_type()
    for reference in chain.from_iterable(template.references.outgoing.values()):
        relation = _relation_of(template, reference, relations)
        if relation is None or reference.source == reference.target:
            continue
        ends = (reference.source, reference.target)
        source, target = reversed(ends) if relation.is_reversed else ends
        edge = Edge(source=source, target=target, relation=relation, reference=reference)
        outgoing.setdefault(source, []).append(edge)
    _remove_own_fronts(outgoing)
    for edge in chain.from_iterable(outgoing.values()):
        incoming.setdefault(edge.target, []).append(edge)
    return Edges(
        outgoing={logical_id: tuple(edges) for logical_id, edges in outgoing.items()},
        incoming={logical_id: tuple(edges) for logical_id, edges in incoming.items()},
    )


def _remove_own_fronts(outgoing: dict[str, list[Edge]]) -> None:
    """Remove the inferred edges to what sends requests to the resource itself: a service often knows its own address.

    That is its load balancer, API or elastic IP address, which it names in links and does not call.
    """
    behind: dict[str, set[str]] = {}
    for edges in outgoing.values():
        if any(edge.relation.basis == "inferred" for edge in edges):
            edges[:] = [
                edge
                for edge in edges
                if edge.relation.basis == "stated" or edge.source not in _served_by(outgoing, edge.target, behind)
            ]


def _served_by(outgoing: Mapping[str, list[Edge]], front: str, behind: dict[str, set[str]]) -> set[str]:
    """Return the resources to which requests to `front` go, and what describes these; at most MAX_BEHIND_FRONT."""
    if front not in behind:
        found = {front}
        queue = [front]
        for name in queue:
            for edge in outgoing.get(name, ()):
                is_followed = edge.relation.basis == "stated" and edge.relation.kind in ("request", "part")
                if is_followed and edge.target not in found and len(found) < MAX_BEHIND_FRONT:
                    found.add(edge.target)
                    queue.append(edge.target)
        behind[front] = found - {front}
    return behind[front]


def _relation_of(
    template: Template, reference: Reference, relations: Mapping[str, tuple[Relation, ...]]
) -> Relation | None:
    """Return the first relation that fits a reference, or None if it is no dependency."""
    source_type = template.resources[reference.source].type
    target_type = template.resources[reference.target].type
    for relation in chain(relations.get(source_type, ()), relations["*"]):
        if reference.property[: len(relation.path)] == relation.path and (
            not relation.target_types or target_type in relation.target_types
        ):
            can_be_replaced = is_alternative(template.resources[reference.source], reference)
            return relation._replace(are_alternatives=True) if can_be_replaced else relation
    return None
