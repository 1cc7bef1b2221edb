"""Who refers to whom, and from which property."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from relint.model.template import Resource
    from relint.source.location import Path

_PLACEHOLDER = re.compile(r"\$\{([^!.${}][^.${}]*)(?:\.([^${}]*))?\}")


class Edge(NamedTuple):
    """`source` refers to `target` at `path`; `attribute` is that of Fn::GetAtt, "" for a Ref.

    `property` is the path below the resource as the rules write it: without functions, "*" for each list index.
    """

    source: str
    target: str
    path: Path
    property: tuple[str, ...]
    attribute: str


class Graph(NamedTuple):
    """The references of a template, by the resource that they start from and by the one that they lead to."""

    outgoing: Mapping[str, tuple[Edge, ...]]
    incoming: Mapping[str, tuple[Edge, ...]]


def build_graph(resources: Mapping[str, Resource]) -> Graph:
    """The graph of all references between resources, DependsOn included, in the order in which they are written."""
    outgoing: dict[str, list[Edge]] = {}
    incoming: dict[str, list[Edge]] = {}
    for resource in resources.values():
        for target, attribute, path in _references(resource):
            if target in resources:
                edge = Edge(resource.logical_id, target, path, property_path(path[len(resource.path) :]), attribute)
                outgoing.setdefault(edge.source, []).append(edge)
                incoming.setdefault(edge.target, []).append(edge)
    return Graph(_frozen(outgoing), _frozen(incoming))


def property_path(path: Path) -> tuple[str, ...]:
    """A path without what functions add to it: Fn::If and its branch vanish, any other function ends it."""
    steps: list[str] = []
    skip = False
    for step in path:
        if skip:
            skip = False
        elif step == "Fn::If":
            skip = True
        elif isinstance(step, int):
            steps.append("*")
        elif step == "Ref" or step.startswith("Fn::"):
            break
        else:
            steps.append(step)
    return tuple(steps)


def _frozen(edges: dict[str, list[Edge]]) -> dict[str, tuple[Edge, ...]]:
    return {key: tuple(value) for key, value in edges.items()}


def _references(resource: Resource) -> Iterator[tuple[str, str, Path]]:
    depends = resource.body.get("DependsOn", ())
    for index, target in enumerate(depends if isinstance(depends, list) else [depends]):
        if isinstance(target, str):
            path = (*resource.path, "DependsOn")
            yield target, "", (*path, index) if isinstance(depends, list) else path
    keys = [key for key in resource.body if key not in ("DependsOn", "Type")]
    stack: list[tuple[Any, Path]] = [(resource.body[key], (*resource.path, key)) for key in reversed(keys)]
    while stack:
        node, path = stack.pop()
        if isinstance(node, dict):
            if len(node) == 1:
                (name,) = node
                yield from _called(name, node[name], path)
            stack.extend((value, (*path, key)) for key, value in reversed(node.items()))
        elif isinstance(node, list):
            stack.extend((value, (*path, index)) for index, value in reversed(list(enumerate(node))))


def _called(name: str, argument: Any, path: Path) -> Iterator[tuple[str, str, Path]]:
    if name == "Ref" and isinstance(argument, str):
        yield argument, "", (*path, name)
    elif name == "Fn::GetAtt":
        parts = argument.split(".", 1) if isinstance(argument, str) else argument
        if isinstance(parts, list) and len(parts) == 2 and isinstance(parts[0], str):
            yield parts[0], parts[1] if isinstance(parts[1], str) else "", (*path, name)
    elif name == "Fn::Sub":
        text = argument[0] if isinstance(argument, list) and argument else argument
        if isinstance(text, str) and "${" in text:
            for match in _PLACEHOLDER.finditer(text):
                yield match[1].strip(), match[2] or "", (*path, name)
