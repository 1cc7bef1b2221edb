"""The parts of a system: the resources of some stacks, and the dependencies between them, in the assumed deployment."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import takewhile

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.assessment.annotations import (
    DEPENDS,
    NO_ANNOTATION,
    Annotation,
    read_annotation,
)
from relint.assessment.choices import read_assumed, undecided_choices
from relint.assessment.parameters import assumed_view
from relint.model.aws.ecs import hosts_of_service
from relint.model.system.edges import edges_of
from relint.model.system.entry_points import ADDRESSES, GLOBAL_FRONTS, RECORDS, entry_points
from relint.model.system.hints import hints_of
from relint.model.system.record_families import record_families
from relint.model.system.redundancy import redundancy_of

if TYPE_CHECKING:
    from relint.finding import Failure
    from relint.model.placed_template import PlacedTemplate
    from relint.model.resource import Resource
    from relint.model.system.edges import Edge
    from relint.model.system.redundancy.record import Redundancy
    from relint.model.system.relation import Relation
    from relint.model.template import Template
    from relint.model.view import View

_NAME_CALLERS = ("AWS::ApiGateway::", "AWS::ApiGatewayV2::", "AWS::Route53::")
"""Services whose names for an entry point do not make it one of the resources behind it; nor do addresses."""

_CLUSTERS = ("AWS::RDS::DBCluster", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster")
_PROVIDER = "AWS::ECS::CapacityProvider"
_SERVICE = "AWS::ECS::Service"


class Part(NamedTuple):
    """A resource: `id` is the file of its stack, the logical ids of nested stacks, and its own.

    `name` is the id without the file, unless another part of the system has the same one; it is that of reports.
    `undecided` are the parameters and conditions without a default on which its presence or its redundancy depends.
    `annotation` is what its Metadata say about it.
    """

    id: str
    name: str
    resource: Resource
    template: Template
    redundancy: Redundancy
    undecided: tuple[str, ...] = ()
    annotation: Annotation = NO_ANNOTATION

    def view(self) -> View:
        """Return a new view of its stack in the assumed deployment."""
        return assumed_view(self.template)

    def annotated_needs(self, parts: Mapping[str, Part]) -> Iterator[str]:
        """Yield the ids of the parts with which it fails as its Metadata say."""
        stack = self.id.removesuffix(self.resource.logical_id)
        yield from (stack + name for name in self.annotation.depends if stack + name in parts)


class Dependency(NamedTuple):
    """A dependency of the part `source` on the part `target`; the relation is None for the hosts of a service."""

    source: str
    target: str
    relation: Relation | None
    undecided: tuple[str, ...] = ()


class EntryMark(NamedTuple):
    """A part at which requests, or with `is_asynchronous` work, enters; `records` are the ids of its names."""

    part: str
    records: tuple[str, ...]
    is_asynchronous: bool


class Parts(NamedTuple):
    """The parts by id, the dependencies of each, and the entries.

    `possible` are dependencies that exist or not, depending on a choice without a default: the id of the part that has
    one, and the names of the choices. `problems` are annotations that cannot be used.
    """

    parts: dict[str, Part]
    outgoing: dict[str, list[Dependency]]
    entries: list[EntryMark]
    possible: list[tuple[str, tuple[str, ...]]]
    problems: list[Failure]

    @property
    def dependencies(self) -> Iterator[Dependency]:
        """All dependencies, in the order of their sources."""
        return (dependency for dependencies in self.outgoing.values() for dependency in dependencies)


def read_parts(placed: Sequence[PlacedTemplate]) -> Parts:
    """Return the parts of templates; resources that only other deployments have are left out."""
    files = {stack.file: stack for stack in placed}
    parts: dict[str, Part] = {}
    problems: list[Failure] = []
    for stack in placed:
        for part in _own_parts(stack, problems):
            parts.setdefault(part.id, part)
    _qualify_names(parts)
    known: set[tuple[str, str, str]] = set()
    outgoing: dict[str, list[Dependency]] = {}
    possible: list[tuple[str, tuple[str, ...]]] = []
    for stack in placed:
        for found in _own_dependencies(stack, files, possible):
            key = (found.source, found.target, found.relation.verb if found.relation else "")
            if found.source not in parts or found.target not in parts or found.source == found.target:
                continue
            if key not in known and not _is_soft(parts[found.source], parts[found.target]):
                known.add(key)
                outgoing.setdefault(found.source, []).append(found)
    for part in parts.values():
        for other in part.annotated_needs(parts):
            outgoing.setdefault(part.id, []).append(Dependency(part.id, other, DEPENDS))
    _join_families(placed, outgoing)
    entries = list(_entries(placed, parts, [one for listed in outgoing.values() for one in listed]))
    return Parts(parts, outgoing, entries, possible, problems)


def _is_soft(source: Part, target: Part) -> bool:
    """Whether an annotation says that a part goes on without another one of its template."""
    return target.resource.logical_id in source.annotation.soft and target.template is source.template


def _join_families(placed: Sequence[PlacedTemplate], outgoing: dict[str, list[Dependency]]) -> None:
    """Let the first record of several that answer for one another lead to the targets of all."""
    for stack in placed:
        for family in record_families(assumed_view(stack.template)):
            ids = [_id((*stack.address, record.logical_id)) for record in family.records]
            joined = [
                found._replace(source=ids[0], relation=found.relation._replace(are_alternatives=True))
                for part in ids
                for found in outgoing.get(part, ())
                if found.relation is not None and found.relation.kind == "request"
            ]
            if joined:
                outgoing[ids[0]] = joined


def _qualify_names(parts: dict[str, Part]) -> None:
    """Put the file before the names that several parts have, without the folders that all files share."""
    counts = Counter(part.name for part in parts.values())
    if len(counts) == len(parts):
        return
    steps = {part_id: part_id.rpartition(":")[0].replace(os.sep, "/").split("/") for part_id in parts}
    folders = zip(*(file[:-1] for file in steps.values()), strict=False)
    shared = sum(1 for _ in takewhile(lambda names: len(set(names)) == 1, folders))
    for part in list(parts.values()):
        if counts[part.name] > 1:
            parts[part.id] = part._replace(name=f"{'/'.join(steps[part.id][shared:])}:{part.name}")


def _own_parts(stack: PlacedTemplate, problems: list[Failure]) -> Iterator[Part]:
    template = stack.template
    linked = template.deployments.cross_stack_values.resources
    for name, resource in template.resources.items():
        if name in linked:
            continue
        redundancy, undecided = read_assumed(template, partial(_redundancy_if_there, resource=resource), _shape)
        if redundancy is not None:
            yield Part(
                id=_id((*stack.address, name)),
                name=".".join((*stack.address[1:], name)),
                resource=resource,
                template=template,
                redundancy=redundancy,
                undecided=undecided,
                annotation=read_annotation(template, resource, problems),
            )


def _redundancy_if_there(view: View, resource: Resource) -> Redundancy | None:
    return redundancy_of(view, resource) if view.exists(resource) else None


def _shape(redundancy: Redundancy | None) -> Any:
    """Return what the redundancy of a part means for failures: the numbers, and not the names of zones."""
    if redundancy is None:
        return None
    counts = [(count.lower, count.upper, count.unknown is None) for count in (redundancy.units, redundancy.zones)]
    return redundancy.scope, redundancy.state, redundancy.spread, len(redundancy.places), counts


def _own_dependencies(
    stack: PlacedTemplate,
    files: dict[str, PlacedTemplate],
    possible: list[tuple[str, tuple[str, ...]]],
) -> Iterator[Dependency]:
    """Yield the active dependencies that a stack shows; those that another stack shows are dependencies of that one.

    Add to `possible` the inactive ones that a choice without a default decides.
    """
    template = stack.template
    linked = template.deployments.cross_stack_values.resources

    def part_id(name: str) -> str:
        return part_id_of(stack, files, name)

    for edges in edges_of(template).outgoing.values():
        for edge in edges:
            if edge.reference.source in linked or not _is_dependency(template, edge):
                continue
            view = assumed_view(template)
            if edge.is_active(view):
                yield Dependency(part_id(edge.source), part_id(edge.target), edge.relation, undecided_choices(view))
            elif undecided_choices(view) and edge.relation.plane == "serve":
                possible.append((part_id(edge.source), undecided_choices(view)))
    for hints in hints_of(template).values():
        for hint in hints:
            view = assumed_view(template)
            is_own = hint.references[0].source not in linked
            if is_own and hint.relation.strength == "HARD" and hint.is_active(view):
                yield Dependency(part_id(hint.source), part_id(hint.target), hint.relation, undecided_choices(view))
    if _SERVICE in template.by_type:
        view = assumed_view(template)
        for service in view.resources(_SERVICE):
            hosts = hosts_of_service(view, service)
            if hosts.are_all is not False:
                for host in hosts.resources:
                    yield Dependency(part_id(service.logical_id), part_id(host.logical_id), None)


def part_id_of(stack: PlacedTemplate, files: Mapping[str, PlacedTemplate], name: str) -> str:
    """Return the id of the part that a name in a template means; `files` are all templates of the system by file."""
    address = stack.address_of(name)
    known = files.get(address[0])
    return _id((*known.address, *address[1:]) if known else address)


def _is_dependency(template: Template, edge: Edge) -> bool:
    """Whether an edge counts.

    Those do not that lead to the members of a cluster, which are its units, to the capacity of services, and from what
    knows the address of a front of the internet, which it hands on.
    """
    source, target = (template.resources[name] for name in (edge.source, edge.target))
    is_member = source.type in _CLUSTERS and target.type.endswith("::DBInstance")
    is_known_only = edge.relation.basis == "inferred" and target.type in GLOBAL_FRONTS
    return edge.relation.strength == "HARD" and not is_member and not is_known_only and target.type != _PROVIDER


def _entries(
    placed: Sequence[PlacedTemplate], parts: dict[str, Part], dependencies: list[Dependency]
) -> Iterator[EntryMark]:
    called, fed = set(), set()
    named: dict[str, list[str]] = {}
    for dependency in dependencies:
        kind = dependency.relation.kind if dependency.relation else ""
        caller = parts[dependency.source].resource.type
        is_name = caller.startswith(_NAME_CALLERS) or caller in ADDRESSES
        if caller in RECORDS:
            named.setdefault(dependency.target, []).append(dependency.source)
        if kind in ("request", "data") and not is_name:
            called.add(dependency.target)
        if kind in ("request", "data", "event"):
            fed.add(dependency.target)
    marks: dict[str, EntryMark] = {}
    for stack in placed:
        view = assumed_view(stack.template)
        for entry in entry_points(view):
            part = _id(stack.address_of(entry.resource.logical_id))
            inner = () if entry.is_polled else fed if entry.is_asynchronous else called
            if part in parts and part not in inner:
                known = marks[part].records if part in marks else named.get(part, ())
                own = (_id((*stack.address, name)) for name in entry.names)
                records = dict.fromkeys((*known, *(record for record in own if record in parts)))
                marks[part] = EntryMark(part, tuple(records), entry.is_asynchronous)
    for entered in (part.id for part in parts.values() if part.annotation.entry):
        marks.setdefault(entered, EntryMark(entered, tuple(named.get(entered, ())), is_asynchronous=False))
    yield from (mark for mark in marks.values() if parts[mark.part].annotation.entry is not False)


def _id(address: tuple[str, ...]) -> str:
    return f"{address[0]}:{'.'.join(address[1:])}"
