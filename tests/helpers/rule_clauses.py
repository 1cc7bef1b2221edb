"""The clauses of compiled rules, each with the resource types and the path from the resource to what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from relint.catalog.rule import Rule


class ReadPath(NamedTuple):
    """One path that a clause or an operand of a rule reads: `steps` begin at the resource."""

    rule: str
    types: tuple[str, ...]
    steps: tuple[Any, ...]
    clause: dict[str, Any]


class _Context(NamedTuple):
    rule: str
    types: tuple[str, ...]
    prefix: tuple[Any, ...]


def read_paths(rule: Rule) -> Iterator[ReadPath]:
    """Yield the paths that the clauses of a rule read, of the judged resource and of related ones.

    Those of a rule about changes are the paths in the old and the new resource.
    """
    for case in rule.cases:
        context = _Context(rule.name, tuple(case.resources or rule.resources), ())
        for read in _walk([*case.when, *case.asserts], context):
            if not rule.compares_templates:
                yield read
            elif read.steps[0] in ("Old", "New") and len(read.steps) > 1:
                yield read._replace(steps=read.steps[1:])


def _walk(node: Any, context: _Context) -> Iterator[ReadPath]:
    if isinstance(node, list | tuple):
        for item in node:
            yield from _walk(item, context)
    if not isinstance(node, dict):
        return
    if isinstance(node.get("path"), list) and "types" not in node:
        yield ReadPath(context.rule, context.types, (*context.prefix, *node["path"]), node)
    if node.get("op") in ("every", "some", "none", "count"):
        members = _members(node["source"], context)
        yield from _walk([node["where"], node.get("clauses", [])], members)
        yield from _walk(node.get("value"), context)
        return
    for key, value in node.items():
        if key not in ("path", "source", "arguments"):
            yield from _walk(value, context)
    yield from _walk(list(node.get("arguments", {}).values()), context)


def _members(source: dict[str, Any], context: _Context) -> _Context:
    """Return what `$` means inside a quantifier: an item of a list, or a related resource."""
    path = tuple(source.get("path") or ())
    if "types" in source:
        return _Context(context.rule, tuple(source["types"]), path)
    return _Context(context.rule, context.types, (*context.prefix, *path))
