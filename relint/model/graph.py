"""Who refers to whom, and from which property."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.source.location import Path

_PLACEHOLDER = re.compile(r"\$\{([^!.${}][^.${}]*)(?:\.([^${}]*))?\}")

_CALLS = frozenset({"Ref", "Fn::GetAtt", "Fn::Sub"})
_COLLECTIONS = frozenset({dict, list})
_Trail = tuple[Any, str | int]
"""A step and the trail before it: paths are made of those that lead to a reference only."""


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
    stack: list[tuple[Any, _Trail]] = [(resource.body[key], (None, key)) for key in reversed(keys)]
    while stack:
        node, trail = stack.pop()
        if node.__class__ is dict:
            if len(node) == 1:
                (name,) = node
                if name in _CALLS:
                    for target, attribute in _called(name, node[name]):
                        yield target, attribute, (*resource.path, *_steps(trail), name)
            stack += [(node[key], (trail, key)) for key in reversed(node) if node[key].__class__ in _COLLECTIONS]
        elif node.__class__ is list:
            backwards = range(len(node) - 1, -1, -1)
            stack += [(node[index], (trail, index)) for index in backwards if node[index].__class__ in _COLLECTIONS]


def _steps(trail: _Trail | None) -> list[str | int]:
    steps: list[str | int] = []
    while trail is not None:
        trail, step = trail
        steps.append(step)
    return steps[::-1]


def _called(name: str, argument: Any) -> Iterator[tuple[str, str]]:
    if name == "Ref" and isinstance(argument, str):
        yield argument, ""
    elif name == "Fn::GetAtt":
        parts = argument.split(".", 1) if isinstance(argument, str) else argument
        if isinstance(parts, list) and len(parts) == 2 and isinstance(parts[0], str):
            yield parts[0], parts[1] if isinstance(parts[1], str) else ""
    elif name == "Fn::Sub":
        text = argument[0] if isinstance(argument, list) and argument else argument
        if isinstance(text, str) and "${" in text:
            for match in _PLACEHOLDER.finditer(text):
                yield match[1].strip(), match[2] or ""
