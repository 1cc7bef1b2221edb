"""The contents of a drawing of a system: the resources that matter, in the frames of their stacks, and lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.system.resource_groups import COMPUTE, CONNECTORS, GROUPS
from relint.report.terminal import printable
from relint.stacks.references import STACK_TYPES

if TYPE_CHECKING:
    from relint.model.system.relation import Kind, Strength
    from relint.stacks.system_graph import StackNode, SystemEdge, SystemGraph, SystemNode

_MAX_LINES_OF_CONNECTOR = 64
"""Lines that may replace a resource that only connects others; more would hide what it simplifies."""
_SHOWN_ALONE = frozenset((*GROUPS["addressed"], *COMPUTE, *STACK_TYPES))
"""Types that a drawing shows even if nothing depends on them, and they on nothing."""
_NOTHING_ALONE = frozenset({"AWS::Lambda::Alias", "AWS::Lambda::Permission", "AWS::Lambda::Version"})
"""Types that are left out if nothing leads to them, because they say nothing that the function does not."""
_SHAPES = {"store": GROUPS["stores"], "queue": ("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Kinesis::Stream")}
_STRENGTHS: tuple[Strength, ...] = ("HARD", "UNKNOWN", "SOFT")


class Box(NamedTuple):
    """A resource in a drawing: `key` is its name there, `lines` are the texts in it, `shape` is that of its type."""

    key: str
    lines: tuple[str, ...]
    shape: str
    is_entry: bool
    is_conditional: bool


class Frame(NamedTuple):
    """A stack in a drawing: its title, its boxes, and the frames of its nested stacks."""

    key: str
    title: str
    boxes: tuple[Box, ...]
    frames: tuple[Frame, ...]
    is_conditional: bool


class Line(NamedTuple):
    """A dependency in a drawing, between the keys of boxes; a dashed one exists in other deployments only."""

    source: str
    target: str
    kind: Kind
    label: str
    strength: Strength
    is_conditional: bool


class Drawing(NamedTuple):
    """The frames and lines of a drawing."""

    frames: tuple[Frame, ...]
    lines: tuple[Line, ...]


class _Link(NamedTuple):
    source: str
    target: str
    kind: Kind
    verb: str
    strength: Strength
    conditions: tuple[str, ...]


def build_drawing(graph: SystemGraph, kinds: Collection[str], *, details: bool) -> Drawing:
    """Return the drawing of the dependencies of some kinds; with `details` with all resources on their way."""
    nodes = {node.id: node for node in graph.nodes}
    links = [_link(edge) for edge in graph.edges if edge.relation.kind in kinds]
    if not details:
        links = _merged(_without_connectors(nodes, links))
    ends = {end for link in links for end in (link.source, link.target)}
    shown = [node for node in graph.nodes if node.id in ends or (node.type in _SHOWN_ALONE and not _is_hidden(node))]
    keys = {node.id: f"n{number}" for number, node in enumerate(shown, 1)}
    order = {node.id: number for number, node in enumerate(shown)}
    links.sort(key=lambda link: (order[link.source], order[link.target]))
    conditions = {stack.id: stack.condition for stack in graph.stacks}
    boxes: dict[str, list[Box]] = {}
    for node in shown:
        boxes.setdefault(node.stack, []).append(_box(node, keys[node.id], conditions[node.stack]))
    return Drawing(
        frames=_frames(graph.stacks, boxes),
        lines=tuple(_line(link, nodes, keys) for link in links),
    )


def _is_hidden(node: SystemNode) -> bool:
    return node.type in CONNECTORS or node.type in ("AWS::SSM::Parameter", "AWS::EC2::EIP")


def _link(edge: SystemEdge) -> _Link:
    conditions = (edge.condition,) if edge.condition else ()
    relation = edge.relation
    return _Link(edge.source, edge.target, relation.kind, relation.verb, relation.strength, conditions)


def _without_connectors(nodes: Mapping[str, SystemNode], links: Iterable[_Link]) -> list[_Link]:
    """Return the links with those through connectors joined: from what leads to one to each that it leads to.

    A connector to which nothing leads stays, because a client may know it, but for some types. One that leads to
    nothing goes.
    """
    outgoing: dict[str, dict[_Link, None]] = {}
    incoming: dict[str, dict[_Link, None]] = {}
    for link in links:
        outgoing.setdefault(link.source, {})[link] = None
        incoming.setdefault(link.target, {})[link] = None
    for node_id in [node.id for node in nodes.values() if node.type in CONNECTORS and not node.entry]:
        before, after = incoming.get(node_id, {}), outgoing.get(node_id, {})
        if not before and nodes[node_id].type in _NOTHING_ALONE:
            for link in outgoing.pop(node_id, {}):
                incoming[link.target].pop(link, None)
        if not before or len(before) * len(after) > _MAX_LINES_OF_CONNECTOR:
            continue
        for link in before:
            outgoing[link.source].pop(link, None)
        for link in after:
            incoming[link.target].pop(link, None)
        joined = [_joined(first, second) for first in before for second in after if first.source != second.target]
        del incoming[node_id]
        outgoing.pop(node_id, None)
        for link in joined:
            outgoing.setdefault(link.source, {})[link] = None
            incoming.setdefault(link.target, {})[link] = None
    return [link for links in outgoing.values() for link in links]


def _merged(links: Iterable[_Link]) -> list[_Link]:
    """Return one link for each pair of resources and kind: the strongest, and without condition if one has none."""
    merged: dict[tuple[str, str, str], _Link] = {}
    for link in links:
        key = (link.source, link.target, link.kind)
        known = merged.setdefault(key, link)
        strongest = min(known, link, key=lambda one: _STRENGTHS.index(one.strength))
        merged[key] = strongest._replace(conditions=known.conditions and link.conditions)
    return list(merged.values())


def _joined(first: _Link, second: _Link) -> _Link:
    strength = max(first.strength, second.strength, key=_STRENGTHS.index)
    conditions = tuple(dict.fromkeys((*first.conditions, *second.conditions)))
    says_more = first.verb == "is read by" or second.verb in ("is an alias of", "is a version of")
    verb = first.verb if says_more else second.verb  # a queue invokes no function, and who calls an alias is none
    kind = "event" if first.kind == "event" else second.kind
    return _Link(first.source, second.target, kind, verb, strength, conditions)


def _box(node: SystemNode, key: str, stack_condition: str) -> Box:
    service = node.type.removeprefix("AWS::")
    zones = f"{'zone' if len(node.zones) == 1 else 'zones'} {', '.join(_short(node.zones))}" if node.zones else ""
    condition = f"if {node.condition}" if node.condition not in ("", stack_condition) else ""
    return Box(
        key=key,
        lines=tuple(printable(line) for line in (node.name, service, zones, condition) if line),
        shape=next((shape for shape, types in _SHAPES.items() if node.type in types), "resource"),
        is_entry=bool(node.entry),
        is_conditional=bool(node.condition),
    )


def _short(zones: Iterable[str]) -> Iterator[str]:
    return (zone.removeprefix("zone ") for zone in zones)


def _line(link: _Link, nodes: Mapping[str, SystemNode], keys: Mapping[str, str]) -> Line:
    known = {part for end in (link.source, link.target) for part in (nodes[end].condition,) if part}
    conditions = [condition for condition in link.conditions if condition not in known]
    label = f"{link.verb}, if {' and '.join(conditions)}" if conditions else link.verb
    return Line(
        source=keys[link.source],
        target=keys[link.target],
        kind=link.kind,
        label=printable(label),
        strength=link.strength,
        is_conditional=bool(link.conditions),
    )


def _frames(stacks: Iterable[StackNode], boxes: Mapping[str, list[Box]]) -> tuple[Frame, ...]:
    """Return the frames of the outermost stacks with those of their nested stacks in them, without empty ones."""
    children: dict[str, list[StackNode]] = {}
    numbers: dict[str, int] = {}
    for number, stack in enumerate(stacks, 1):
        children.setdefault(stack.parent, []).append(stack)
        numbers[stack.id] = number

    def frames_below(parent: str) -> tuple[Frame, ...]:
        frames = []
        for stack in children.get(parent, ()):
            inner, own = frames_below(stack.id), tuple(boxes.get(stack.id, ()))
            if inner or own:
                title = stack.name if stack.name == stack.file else f"{stack.name} ({stack.file})"
                title += f", if {stack.condition}" if stack.condition else ""
                frames.append(Frame(f"s{numbers[stack.id]}", printable(title), own, inner, bool(stack.condition)))
        return tuple(frames)

    return frames_below("")
