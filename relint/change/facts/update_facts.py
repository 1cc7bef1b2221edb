"""Facts about updates: what AWS does to a resource when a property changes.

`property_updates.txt` has the create-only properties of all types, derived from the resource schemas of CloudFormation
by `scripts/property_updates.py`. `update_effects.csv` has what the schemas do not decide, and takes precedence: each
row is a statement of AWS with its page and the day on which it was read. Only a comparison of templates reads them.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping
from functools import cache

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.change.effect import UpdateFact
from relint.change.facts.update_conditions import UpdateCondition, is_condition
from relint.system import package_directory

if TYPE_CHECKING:
    from relint.change.effect import Effect
    from relint.change.records import ValueChange

BEHAVIOURS = (
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html"
)
REFERENCE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference"


class PropertyUpdates(NamedTuple):
    """The properties of a resource type that have a meaning for updates, as dotted paths without steps into lists.

    `names` are the create-only properties with which the author names the resource, `scopes` those within which a name
    is unique, `unordered` the names of lists whose order means nothing.
    """

    create_only: frozenset[str]
    conditional: frozenset[str]
    names: frozenset[str]
    scopes: frozenset[str]
    unordered: frozenset[str]
    referenced_name: str = ""


class EffectRow(NamedTuple):
    """A row of the table of effects, which applies if `when` holds for the change.

    `stays` is true for an effect that varies and never replaces the resource, for which the table has "may interrupt".
    """

    resource_type: str
    property: str
    when: str
    effect: Effect
    says: str
    source: str
    as_of: str
    stays: bool = False


NOTHING_DEPLOYED = UpdateFact("none", "attributes change nothing that is deployed", BEHAVIOURS, "2026-11-28")
"""The fact about attributes, which say what later updates and deletions do."""

_MARKS = "?=@^~"
"""Marks of properties: conditional, a name, a name that Ref returns, the scope of a name, a list in any order."""

NO_UPDATES = PropertyUpdates(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())


def property_updates(resource_type: str) -> PropertyUpdates | None:
    """Return what the schema of a type says about updates; None for a type without a schema."""
    line = _schema_table().lines.get(resource_type)
    if line is None:
        return None
    words = line.split()
    marked = {mark: frozenset(word[1:] for word in words if word[0] == mark) for mark in _MARKS}
    unmarked = frozenset(word for word in words if word[0] not in _MARKS)
    return PropertyUpdates(
        create_only=unmarked | marked["="] | marked["@"] | marked["^"],
        conditional=marked["?"],
        names=marked["="] | marked["@"],
        scopes=marked["^"],
        unordered=marked["~"],
        referenced_name="".join(marked["@"]),
    )


def schema_date() -> str:
    """Return the day of the schemas, in ISO 8601."""
    return _schema_table().date


@cache
def effect_rows() -> Mapping[tuple[str, str], tuple[EffectRow, ...]]:
    """Return the rows of the table of effects by resource type and property, in the order in which they are tried."""
    rows: dict[tuple[str, str], tuple[EffectRow, ...]] = {}
    with open(
        os.path.join(package_directory(), "change", "facts", "update_effects.csv"), encoding="utf-8", newline=""
    ) as file:
        for record in csv.DictReader(file):
            row = EffectRow(*record.values())  # type: ignore[arg-type]
            if record["effect"] == "may interrupt":
                row = row._replace(effect="varies", stays=True)
            key = (row.resource_type, row.property)
            rows[key] = (*rows.get(key, ()), row)
    return rows


def update_fact(resource_type: str, property_path: str, condition: UpdateCondition) -> UpdateFact:
    """Return the effect of the change of a property, a dotted path; that of its nearest parent with a row decides."""
    rows = effect_rows()
    for parent in _with_parents(property_path):
        for row in rows.get((resource_type, parent), ()):
            if is_condition(row.when, parent, condition):
                return UpdateFact(row.effect, row.says, row.source, row.as_of, row.stays)
    return _schema_fact(resource_type, property_path, condition.change)


def _schema_fact(resource_type: str, path: str, change: ValueChange) -> UpdateFact:
    updates = property_updates(resource_type)
    date = schema_date()
    if updates is None:
        says = "CloudFormation publishes no schema of the type"
        return UpdateFact("unknown", says, BEHAVIOURS, date)
    source = type_page(resource_type)
    parents = tuple(_with_parents(path))
    for names, effect, what in (
        (updates.create_only, "replaces", "create-only"),
        (updates.conditional, "varies", "create-only under conditions"),
    ):
        named = [parent for parent in parents if parent in names]
        below = (name for name in sorted(names) if name.startswith(f"{path}."))
        named += [name for name in below if change.contains(name[len(path) + 1 :].split("."))]
        if named:
            return UpdateFact(effect, f"the schema says that {named[0]} is {what}", source, date)  # type: ignore[arg-type]
    return UpdateFact("none", "the schema says nothing of it", source, date)


def type_page(resource_type: str) -> str:
    """Return the page of a resource type in the Template Reference."""
    return f"{REFERENCE}/aws-resource-{'-'.join(resource_type.lower().split('::')[1:])}.html"


def _with_parents(path: str) -> Iterator[str]:
    """Yield a dotted path, then its parents from the nearest on."""
    while path:
        yield path
        path = path.rpartition(".")[0]


class _SchemaTable(NamedTuple):
    date: str
    lines: Mapping[str, str]


@cache
def _schema_table() -> _SchemaTable:
    with open(_data_file("property_updates.txt"), encoding="utf-8") as stream:
        heading, *lines = stream.read().splitlines()
    return _SchemaTable(heading.rpartition(" ")[2], {line.partition(" ")[0]: line.partition(" ")[2] for line in lines})


def _data_file(name: str) -> str:
    return os.path.join(package_directory(), "change", "facts", name)
