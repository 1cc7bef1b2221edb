"""The system of a set of stacks: all their resources, and what depends on what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.finding import Failure
from relint.model.system.edges import edges_of
from relint.model.system.entry_points import GLOBAL_FRONTS, entry_points
from relint.model.system.hints import hints_of
from relint.model.system.zones import zones_of
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.stacks.positions import position_of
from relint.stacks.presence import Presence
from relint.stacks.references import STACK_TYPES

if TYPE_CHECKING:
    from relint.model.placed_template import Address
    from relint.model.references import Reference
    from relint.model.resource import Resource
    from relint.model.system.edges import Edge
    from relint.model.system.hints import Hint
    from relint.model.system.relation import Relation
    from relint.model.template import Template
    from relint.source.document import Document
    from relint.source.location import Path
    from relint.stacks.positions import StackPosition
    from relint.stacks.traversal import Stack

MAX_EDGES = 50_000
"""Dependencies in one graph; a limit for templates in which everything refers to everything."""
_NAME_CALLERS = ("AWS::ApiGateway::", "AWS::ApiGatewayV2::", "AWS::Route53::")
"""Services whose names for an entry point do not make it one of the resources behind it."""


class Place(NamedTuple):
    """A place in a template: the path of a value, and its file and line, which are looked up when they are read."""

    document: Document
    path: Path

    @property
    def file(self) -> str:
        """The file in which the value is written."""
        return self.document.file_of(self.path)

    @property
    def line(self) -> int:
        """The line at which the value begins."""
        return self.document.span_of(self.path).start.line


class StackNode(NamedTuple):
    """A stack: `id` is the file of the outermost stack and the logical ids of the nested stacks, `parent` the id above.

    `condition` says, in words, in which deployments the stack exists; it is empty in the one that is assumed.
    """

    id: str
    name: str
    file: str
    parent: str
    condition: str = ""


class SystemNode(NamedTuple):
    """A resource: `id` is that of its stack and the logical id, `name` the logical id as the template writes it.

    `entry` is "request" if clients send requests to it and wait, "event" if others hand work to it, else empty.
    """

    id: str
    stack: str
    logical_id: str
    name: str
    type: str
    place: Place
    zones: tuple[str, ...] = ()
    entry: str = ""
    condition: str = ""


class SystemEdge(NamedTuple):
    """A dependency of the resource `source` on the resource `target`, with the places in the templates that show it."""

    source: str
    target: str
    relation: Relation
    places: tuple[Place, ...]
    condition: str = ""


class SystemGraph(NamedTuple):
    """The system that some templates describe, in the deployment that is assumed and in others.

    What exists in other deployments only has a `condition`. `failures` are the templates that could not be read.
    """

    stacks: tuple[StackNode, ...]
    nodes: tuple[SystemNode, ...]
    edges: tuple[SystemEdge, ...]
    failures: tuple[Failure, ...] = ()


def build_system_graph(stacks: Sequence[Stack], failures: Iterable[Failure] = ()) -> SystemGraph:
    """Return the system of stacks with their nested stacks, as `deployed_stacks` returns them.

    The order is that of the stacks, and within one that of its template.
    """
    builder = _Builder(stacks)
    return builder.build(tuple(failures))


class _Builder:
    def __init__(self, stacks: Sequence[Stack]) -> None:
        ranked = sorted(stacks, key=lambda stack: stack.is_alternative)  # the values of the default deployment first
        self._stacks = [(stack, position_of(stack)) for stack in ranked if not stack.is_rejected]
        self._addresses = {position.address for _, position in self._stacks}
        self._roots = {position.address[0] for _, position in self._stacks}
        self._by_file: dict[str, Address] = {}
        for _, position in self._stacks:
            self._by_file.setdefault(position.file, position.address)
        self._stack_nodes: dict[str, StackNode] = {}
        self._nodes: dict[str, SystemNode] = {}
        self._edges: dict[tuple[str, str, str, str], SystemEdge] = {}

    def build(self, failures: tuple[Failure, ...]) -> SystemGraph:
        for stack, position in self._stacks:
            self._add_stack(stack, position)
        for stack, position in self._stacks:
            presence = Presence(stack.template)
            for edge in _own_edges(stack.template):
                self._add_edge(stack, position, edge, (edge.reference,), presence.of_edge(edge))
            for hint in _own_hints(stack.template):
                self._add_edge(stack, position, hint, hint.references, presence.of_hint(hint))
        self._mark_entries()
        if len(self._edges) >= MAX_EDGES:
            message = f"The system has {MAX_EDGES:,} dependencies or more; the graph has the first of them."
            failures = (*failures, Failure(self._stacks[0][0].file, "load", message))
        return SystemGraph(
            stacks=tuple(self._stack_nodes.values()),
            nodes=tuple(self._nodes.values()),
            edges=tuple(self._edges.values()),
            failures=failures,
        )

    def _add_stack(self, stack: Stack, position: StackPosition) -> None:
        template, address = stack.template, position.address
        stack_id, condition = _id(address), _condition(stack)
        name = address[-1] if len(address) > 1 else _stack_name(template) or stack.file
        parent = _id(address[:-1]) if len(address) > 1 else ""
        self._stack_nodes.setdefault(stack_id, StackNode(stack_id, name, stack.file, parent, condition))
        presence = Presence(template)
        view = View(template, Scenario(template.deployments))
        for resource in _own_resources(template):
            node_id = _id((*address, resource.logical_id))
            is_followed = resource.type in STACK_TYPES and (*address, resource.logical_id) in self._addresses
            own = presence.of_resource(resource)
            if node_id in self._nodes or own is None or is_followed:
                continue
            self._nodes[node_id] = SystemNode(
                id=node_id,
                stack=stack_id,
                logical_id=resource.logical_id,
                name=template.written_names.get(resource.logical_id, resource.logical_id),
                type=resource.type,
                place=_place(template, resource.path),
                zones=zones_of(view, resource),
                condition=_joined(condition, own),
            )

    def _add_edge(
        self,
        stack: Stack,
        position: StackPosition,
        edge: Edge | Hint,
        references: Sequence[Reference],
        own: str | None,
    ) -> None:
        source, target = (self._node(position, name) for name in (edge.source, edge.target))
        if source is None or target is None or own is None or len(self._edges) >= MAX_EDGES:
            return
        condition = _joined(source.condition, target.condition, _condition(stack), own)
        key = (source.id, target.id, edge.relation.kind, edge.relation.verb)
        places = tuple(_place(stack.template, reference.path) for reference in references)
        known = self._edges.get(key)
        if known is None:
            self._edges[key] = SystemEdge(source.id, target.id, edge.relation, places, condition)
        elif places[0].path not in (other.path for other in known.places) and not stack.is_alternative:
            condition = known.condition and condition  # one reference in the assumed deployment suffices
            self._edges[key] = known._replace(places=(*known.places, *places), condition=condition)

    def _node(self, position: StackPosition, name: str) -> SystemNode | None:
        address = position.address_of(name)
        if address[0] not in self._roots:  # the export of a nested stack
            address = (*self._by_file.get(address[0], (address[0],)), *address[1:])
        return self._nodes.get(_id(address))

    def _mark_entries(self) -> None:
        """Mark the entry points of each stack that no other stack calls or feeds."""
        called, fed = set(), set()
        for edge in self._edges.values():
            kind, source = edge.relation.kind, self._nodes[edge.source]
            is_known_only = edge.relation.basis == "inferred" and self._nodes[edge.target].type in GLOBAL_FRONTS
            if kind in ("request", "data") and not source.type.startswith(_NAME_CALLERS) and not is_known_only:
                called.add(edge.target)
            if kind in ("request", "data", "event"):
                fed.add(edge.target)
        for stack, position in self._stacks:
            view = View(stack.template, Scenario(stack.template.deployments))
            for entry in entry_points(view) if not stack.is_alternative else ():
                node_id = _id(position.address_of(entry.resource.logical_id))
                inner = () if entry.is_polled else fed if entry.is_asynchronous else called
                if node_id in self._nodes and node_id not in inner:
                    kind = "event" if entry.is_asynchronous else "request"
                    self._nodes[node_id] = self._nodes[node_id]._replace(entry=kind)


def _own_resources(template: Template) -> Iterator[Resource]:
    linked = template.deployments.cross_stack_values.resources
    return (resource for name, resource in template.resources.items() if name not in linked)


def _own_edges(template: Template) -> Iterator[Edge]:
    """Yield the edges that the stack itself shows; those that another stack shows are edges of that stack."""
    linked = template.deployments.cross_stack_values.resources
    for edges in edges_of(template).outgoing.values():
        yield from (edge for edge in edges if edge.reference.source not in linked)


def _own_hints(template: Template) -> Iterator[Hint]:
    linked = template.deployments.cross_stack_values.resources
    for hints in hints_of(template).values():
        yield from (hint for hint in hints if hint.references[0].source not in linked)


def _id(address: Address) -> str:
    return f"{address[0]}:{'.'.join(address[1:])}" if len(address) > 1 else address[0]


def _place(template: Template, path: Path) -> Place:
    return Place(template.document, template.written_path(template.source_path(path)))


def _stack_name(template: Template) -> str:
    name = Scenario(template.deployments).resolve_deep({"Ref": "AWS::StackName"}, ())
    return name if isinstance(name, str) else ""


def _condition(stack: Stack) -> str:
    if stack.nested_stack is None or stack.nested_stack.in_default_deployment:
        return ""
    return stack.nested_stack.condition or "its parent creates it"


def _joined(*conditions: str) -> str:
    return " and ".join(dict.fromkeys(filter(None, conditions)))
