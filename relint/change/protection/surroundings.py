"""Changes of the resources around one: those that refer to it or to which it refers, over some references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.change.records import Comparison, Regression, ResourceChange, ValueChange
    from relint.model.template import Template

_MAX_DISTANCE = 3
"""References between a resource and a change that can be the cause, such as group, subnet, zone."""
_LIKELY_KINDS = ("removed", "retyped", "renamed", "modified", "added")
"""Kinds of changes in the order in which they are likely to be the cause."""


class Surroundings:
    """The changes around the resource of a regression, by the number of references between them."""

    def __init__(self, comparison: Comparison, regression: Regression) -> None:
        self._regression = regression
        self._levels = list(_levels(comparison, regression))

    def evident_causes(self) -> list[ResourceChange]:
        """Return the changes of resources that the message of the finding names, else the nearest that are removed."""
        words = {word for argument in self._regression.finding.arguments for word in re.findall(r"\w+", argument)}
        return self._nearest(lambda change: change.logical_id in words) or self._nearest(
            lambda change: change.kind == "removed"
        )

    def likely_causes(self) -> list[ResourceChange]:
        """Return changes of values that the fix of the rule writes, else those of related places, else the nearest."""
        related = {place.logical_id for place in self._regression.finding.related}
        return (
            self._nearest(lambda change: _has_fixed_value(change, self._regression.fixed_by))
            or self._nearest(lambda change: change.logical_id in related)
            or self._nearest(lambda change: True)
        )

    def _nearest(self, is_likely: Callable[[ResourceChange], bool]) -> list[ResourceChange]:
        """Return the nearest changes that are likely, of one kind."""
        for level in self._levels:
            likely = [change for change in level if is_likely(change)]
            if likely:
                kind = min((change.kind for change in likely), key=_LIKELY_KINDS.index)
                return [change for change in likely if change.kind == kind]
        return []


def _has_fixed_value(change: ResourceChange, fixed_by: Mapping[str, Iterable[str]]) -> bool:
    return any(is_fixed(value, change.type, fixed_by) for value in change.properties)


def is_fixed(value: ValueChange, resource_type: str, fixed_by: Mapping[str, Iterable[str]]) -> bool:
    """Whether a value of a resource is at, above or below a property that the fix of a rule writes, by type."""
    name = f"{value.property}."
    properties = (*fixed_by.get(resource_type, ()), *fixed_by.get("*", ()))
    return any(name.startswith(f"{other}.") or f"{other}.".startswith(name) for other in properties)


def _levels(comparison: Comparison, regression: Regression) -> Iterator[list[ResourceChange]]:
    """Yield the changes at each distance from a resource, the nearest first."""
    changes = comparison.by_id()
    names = {regression.old.logical_id, regression.new.logical_id}
    visited = set(names)
    templates = (comparison.old.template, comparison.new.template)
    for _ in range(_MAX_DISTANCE):
        names = {name for template in templates for name in _neighbours(template, names)} - visited
        visited |= names
        found = {id(changes[name]): changes[name] for name in sorted(names) if name in changes}
        yield [change for change in found.values() if not _is_consequence(change)]


def _neighbours(template: Template, names: Iterable[str]) -> Iterator[str]:
    references = template.references
    for name in names:
        yield from (reference.source for reference in references.incoming.get(name, ()))
        yield from (reference.target for reference in references.outgoing.get(name, ()))


def _is_consequence(change: ResourceChange) -> bool:
    """Whether a resource differs only because it refers to one that the update replaces."""
    values = (*change.properties, *change.attributes)
    return change.kind == "modified" and all(value.replaced for value in values)
