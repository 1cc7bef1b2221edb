"""The table of relations: the properties through which a resource depends on another.

A plain reference is no dependency; only what `relations.csv` contains is one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache

from relint._typing import Literal, NamedTuple
from relint.model.system.resource_groups import GROUPS
from relint.system import package_directory

Kind = Literal["request", "data", "event", "part", "key", "network", "placement", "protection", "monitoring"]
"""What one resource is to another.

request: it calls the other and waits for the answer. data: it reads or writes what the other stores. event: it hands
work to the other and goes on. part: the other describes, contains or runs it. key: the other encrypts its data.
network: its packets pass through the other. placement: the other decides its Availability Zone. protection: the other
holds copies of its data. monitoring: the other watches it, reports on it or scales it.
"""

Plane = Literal["serve", "recover", "backup", "placement", "config"]
"""The moment in which a relation matters: to serve, to start again, to restore, to be placed; or only as a setting."""

PLANES: Mapping[str, Plane] = {
    "request": "serve",
    "data": "serve",
    "event": "serve",
    "part": "serve",
    "key": "serve",
    "network": "recover",
    "placement": "placement",
    "protection": "backup",
    "monitoring": "config",
}
"""The plane of each kind."""

Strength = Literal["HARD", "SOFT", "UNKNOWN"]
"""Whether a resource fails with the one on which it depends, in the words of AWS Resilience Hub.

https://docs.aws.amazon.com/resilience-hub/latest/userguide/next-gen.html
"""

Basis = Literal["stated", "inferred"]
"""Whether the property says that a resource uses another, or only that it knows the name or address of the other."""

_TABLE = os.path.join("model", "system", "relations.csv")
_DOCUMENTATION = "https://docs.aws.amazon.com/"


class Relation(NamedTuple):
    """A property through which a resource depends on the one to which it refers: a row of the table.

    `path` is the path of the property below the resource, "*" for each item of a list; it includes all paths below it.
    `source_type` "*" is any type for which no other row fits, and without `target_types` the target has any type.

    With `is_reversed` the resource that is referred to depends on the one that refers. With `are_alternatives` one of
    the targets suffices. `verb` says what the dependent resource does, as in "'Web' forwards to 'Fleet'". `page` is the
    page of AWS that states the relation.
    """

    kind: Kind
    source_type: str
    path: tuple[str, ...]
    target_types: frozenset[str]
    verb: str
    strength: Strength
    basis: Basis
    page: str
    is_reversed: bool = False
    are_alternatives: bool = False

    @property
    def plane(self) -> Plane:
        """The moment in which the relation matters."""
        return PLANES[self.kind]


@cache
def relations_by_type() -> Mapping[str, tuple[Relation, ...]]:
    """Return the rows by source type, in the order in which they count; "*" has those of any type; read once."""
    rows: dict[str, list[Relation]] = {}
    for relation in read_relations():
        rows.setdefault(relation.source_type, []).append(relation)
    return {source_type: tuple(relations) for source_type, relations in rows.items()}


def read_relations() -> Iterator[Relation]:
    """Yield the rows of the table in its order."""
    with open(os.path.join(package_directory(), _TABLE), encoding="utf-8") as file:
        lines = file.read().splitlines()
    for line in lines[1:]:
        kind, source_type, path, direction, targets, verb, strength, basis, page = line.split(",")
        yield Relation(
            kind=kind,  # type: ignore[arg-type]  # a test compares the values of the table with these types
            source_type=_full_type(source_type),
            path=_path(path),
            target_types=frozenset(_target_types(targets)),
            verb=verb,
            strength=strength,  # type: ignore[arg-type]
            basis=basis,  # type: ignore[arg-type]
            page=_DOCUMENTATION + page,
            is_reversed=direction.startswith("from"),
            are_alternatives=direction.endswith(" any"),
        )


def _full_type(name: str) -> str:
    return name if name == "*" else f"AWS::{name}"


def _path(text: str) -> tuple[str, ...]:
    steps = () if text == "*" else tuple(text.split("."))
    return steps if steps[:1] == ("Metadata",) else ("Properties", *steps)


def _target_types(text: str) -> Iterator[str]:
    """Yield the types in a cell: names, and groups in braces; none for "*", which is any type."""
    while text.startswith("{"):
        group, _, text = text[1:].partition("}")
        yield from GROUPS[group]
        text = text.lstrip()
    if text != "*":
        yield from (_full_type(name) for name in text.split())
