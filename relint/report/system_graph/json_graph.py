"""A system as JSON, with the places in the templates that show it; docs/graph.md describes the format."""

from __future__ import annotations

import json
from collections.abc import Collection

from relint._typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relint.stacks.system_graph import Place, StackNode, SystemEdge, SystemGraph, SystemNode

VERSION = 1


def render_json_graph(graph: SystemGraph, kinds: Collection[str]) -> str:
    """Return a JSON object, with one line for each stack, resource and dependency of the kinds."""
    edges = [_edge(edge) for edge in graph.edges if edge.relation.kind in kinds]
    parts = [
        f'"version": {VERSION}',
        _array("stacks", [_stack(stack) for stack in graph.stacks]),
        _array("nodes", [_node(node) for node in graph.nodes]),
        _array("edges", edges),
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _array(name: str, entries: list[dict[str, Any]]) -> str:
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    return f'"{name}": [\n{lines}\n]' if lines else f'"{name}": []'


def _stack(stack: StackNode) -> dict[str, Any]:
    return {**stack._asdict(), "parent": stack.parent or None, "condition": stack.condition or None}


def _node(node: SystemNode) -> dict[str, Any]:
    return {
        "id": node.id,
        "stack": node.stack,
        "logicalId": node.logical_id,
        "name": node.name,
        "type": node.type,
        **_place(node.place),
        "zones": list(node.zones),
        "entry": node.entry or None,
        "condition": node.condition or None,
    }


def _edge(edge: SystemEdge) -> dict[str, Any]:
    relation = edge.relation
    return {
        "source": edge.source,
        "target": edge.target,
        "kind": relation.kind,
        "plane": relation.plane,
        "strength": relation.strength,
        "basis": relation.basis,
        "verb": relation.verb,
        "alternatives": relation.are_alternatives,
        "page": relation.page,
        "condition": edge.condition or None,
        "evidence": [_place(place) for place in edge.places],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line}
