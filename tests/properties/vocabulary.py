"""Resource types, property paths and values that rules read, from compiled rules and their examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from relint.api import load_rules
from relint.catalog.examples import read_examples
from relint.source.read import read_document
from tests.helpers.paths import ROOT

SOURCE = ROOT / "relint"
_TYPE = re.compile(r"\b(?:AWS|Alexa|Custom)::[A-Za-z0-9]+(?:::[A-Za-z0-9]+)?")


class Vocabulary(NamedTuple):
    """`paths` holds the places that clauses read below a resource, by its type; `operands` the values they test for.

    `templates` are the examples of all rules as plain data; `named` the types, and the beginnings of types, that a rule
    or the source names anywhere.
    """

    paths: dict[str, list[tuple[Any, ...]]]
    operands: list[Any]
    templates: list[dict[str, Any]]
    named: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the built-in rules."""
    paths: dict[str, set[tuple[Any, ...]]] = {}
    operands: set[Any] = set()
    named: set[str] = set()
    templates = []
    for rule in load_rules():
        for case in rule.cases:
            kinds = case.resources or rule.resources
            for clauses in (case.when, case.asserts):
                for clause in _clauses(clauses):
                    source = clause.get("source")
                    for path in (clause.get("path"), source.get("path") if isinstance(source, dict) else None):
                        if isinstance(path, list) and path and path[0] not in ("Type", "Metadata"):
                            for kind in kinds:
                                paths.setdefault(kind, set()).add(tuple(path))
                    value = clause.get("value")
                    operands.update(one for one in _items(value) if isinstance(one, str | int | float | bool))
        text = Path(rule.file).read_text(encoding="utf-8")
        named.update(_TYPE.findall(text))
        templates += [read_document(example.template, "t.yaml").data for example in read_examples(rule.file)]
    for file in SOURCE.rglob("*.py"):
        named.update(_TYPE.findall(file.read_text(encoding="utf-8")))
    return Vocabulary(
        {kind: sorted(found, key=repr) for kind, found in sorted(paths.items()) if kind != "*"},
        sorted(operands, key=repr),
        templates,
        tuple(sorted(named)),
    )


def _clauses(node: Any) -> Iterator[dict[str, Any]]:
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack.extend(node.values())
        elif isinstance(node, list | tuple):
            stack.extend(node)


def _items(value: Any) -> Iterator[Any]:
    yield from value if isinstance(value, list | tuple) else [value]
