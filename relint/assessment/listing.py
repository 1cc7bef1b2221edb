"""A listing of the system that an assessment judges: parts with their units, dependencies, and zones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations

from relint._typing import TYPE_CHECKING
from relint.assessment.annotations import DEPENDS
from relint.assessment.builder import build_model
from relint.assessment.kinds import role_of
from relint.assessment.listed import Evidence, ListedDependency, ListedPart, ListedUnit, Listing
from relint.assessment.parts import part_id_of
from relint.assessment.zone_tokens import zone_relations, zone_tokens
from relint.model.system.edges import Edge, edges_of
from relint.model.system.hints import hints_of
from relint.model.view import View
from relint.resolve.scenario import Scenario

if TYPE_CHECKING:
    from relint.assessment.builder import Model
    from relint.assessment.effect import Inventory
    from relint.assessment.facts import Case
    from relint.assessment.parts import Part, Parts
    from relint.model.placed_template import PlacedTemplate
    from relint.model.system.hints import Hint
    from relint.model.system.redundancy.record import Count
    from relint.model.template import Template
    from relint.source.location import Path

MAX_DEPENDENCIES = 50_000
"""Dependencies in one listing; a limit for templates in which everything refers to everything."""

_CASES: tuple[Case, ...] = ("takeover", "hardware", "zone", "regional", "restore")


def list_system(placed: Sequence[PlacedTemplate], parts: Parts, inventory: Inventory) -> Listing:
    """Return the listing of the system that templates describe, in the deployment that is assumed.

    Units are those of the better bound: a number that the template leaves open is two.
    """
    model = build_model(parts, pessimistic=False, with_events=True)
    tokens = zone_tokens(model.zones)
    labels = [token.label for token in tokens]
    return Listing(
        parts=tuple(_list_part(part, model, labels, inventory) for part in parts.parts.values()),
        dependencies=tuple(_list_dependencies(placed, parts.parts)),
        zones=tuple(tokens),
        relations=zone_relations(model.zones, labels, _zones_of_parts(model)),
        sources={part.file: part.source.text for stack in placed for part in stack.template.document.parts},
    )


def _place(template: Template, path: Path) -> Evidence:
    path = template.written_path(template.source_path(path))
    document, own_path = template.document.origin(path)
    return Evidence(document.file, own_path, template.document.span_of(path))


def _list_part(part: Part, model: Model, labels: Sequence[str], inventory: Inventory) -> ListedPart:
    place, node = _place(part.template, part.resource.path), model.system.nodes[part.id]
    facts = (inventory.fact(part.id, case) for case in _CASES)
    return ListedPart(
        id=part.name,
        part=part.id,
        type=part.resource.type,
        place=place,
        scope=part.redundancy.scope,
        role=role_of(part.resource.type),
        units=tuple(
            ListedUnit(
                id=f"{part.name}[{index}]",
                resource=part.name,
                number=index,
                zones=() if unit.zone is None else (labels[unit.zone],),
                hw_event=unit.fails_alone,
            )
            for index, unit in enumerate(node.units)
        ),
        need=node.need,
        need_source="default" if part.annotation.need is None else "metadata",
        state=part.redundancy.state,
        facts=tuple(dict.fromkeys(fact.id for fact in facts if fact is not None and fact.id)),
        present="unknown" if _is_presence_open(part) else "true",
        is_open=_deciding_count(part).unknown is not None,
    )


def _deciding_count(part: Part) -> Count:
    return part.redundancy.units if part.redundancy.scope == "unit" else part.redundancy.zones


def _is_presence_open(part: Part) -> bool:
    """Whether the existence of a part depends on a choice without a default."""
    if not part.undecided:
        return False
    view = View(part.template, Scenario(part.template.deployments))
    view.exists(part.resource)
    return any(not choice.has_default for choice, _ in view.scenario.choices_made.values())


def _list_dependencies(placed: Sequence[PlacedTemplate], parts: Mapping[str, Part]) -> Iterator[ListedDependency]:
    """Yield the dependencies that exist in the assumed deployment, each with all places that show it."""
    files = {stack.file: stack for stack in placed}
    found: dict[tuple[str, str, str], ListedDependency] = {}
    for stack in placed:
        template = stack.template
        linked = template.deployments.cross_stack_values.resources
        edges: list[Edge | Hint] = [*_edges(template), *_hints(template)]
        for edge in edges:
            references = (edge.reference,) if isinstance(edge, Edge) else edge.references
            source, target = (parts.get(part_id_of(stack, files, name)) for name in (edge.source, edge.target))
            if source is None or target is None or source == target or references[0].source in linked:
                continue
            if not edge.is_active(View(template, Scenario(template.deployments))):
                continue
            evidence = tuple(_place(template, reference.path) for reference in references)
            relation, key = edge.relation, (source.name, target.name, edge.relation.verb)
            if key in found:
                evidence = tuple(dict.fromkeys((*found[key].evidence, *evidence)))
            found[key] = ListedDependency(
                source=source.name,
                target=target.name,
                strength=relation.strength,
                plane=relation.plane,
                relation=relation.kind,
                verb=relation.verb,
                basis=relation.basis,
                evidence=evidence,
            )
            if len(found) >= MAX_DEPENDENCIES:
                break
    yield from found.values()
    for part in parts.values():
        place = _place(part.template, (*part.resource.path, *DEPENDS.path))
        for other in part.annotated_needs(parts):
            yield ListedDependency(
                source=part.name,
                target=parts[other].name,
                strength=DEPENDS.strength,
                plane=DEPENDS.plane,
                relation=DEPENDS.kind,
                verb=DEPENDS.verb,
                basis=DEPENDS.basis,
                evidence=(place,),
            )


def _edges(template: Template) -> Iterator[Edge]:
    return chain.from_iterable(edges_of(template).outgoing.values())


def _hints(template: Template) -> Iterator[Hint]:
    return chain.from_iterable(hints_of(template).values())


def _zones_of_parts(model: Model) -> set[frozenset[int]]:
    """Return the pairs of classes of zones in which units of one part lie: relations that matter to it."""
    pairs: set[frozenset[int]] = set()
    for node in model.system.nodes.values():
        zones = dict.fromkeys(unit.zone for unit in node.units if unit.zone is not None)
        pairs.update(frozenset(pair) for pair in combinations(zones, 2))
    return pairs
