"""The edges of the system: references that mean a dependency."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.system.origin_groups import DISTRIBUTION, is_in_origin_group
from relint.model.system.relation import Relation, relations_by_type

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.template import Template
    from relint.model.view import View


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
        incoming.setdefault(target, []).append(edge)
    return Edges(
        outgoing={logical_id: tuple(edges) for logical_id, edges in outgoing.items()},
        incoming={logical_id: tuple(edges) for logical_id, edges in incoming.items()},
    )


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
            is_grouped = source_type == DISTRIBUTION and is_in_origin_group(
                template.resources[reference.source], reference
            )
            return relation._replace(are_alternatives=True) if is_grouped else relation
    return None
