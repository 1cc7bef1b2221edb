"""Causes of an update: the value that an author has changed, and the replacements that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.resolve.value import Unknown, referenced_id

if TYPE_CHECKING:
    from relint.change.records import Comparison, ResourceChange, ValueChange

MAX_CHAIN = 20
"""Resources in a row, each of which replaces the next; a VPC replaces hardly more than five."""


class Origin(NamedTuple):
    """The change with which a chain of replacements begins.

    `value` is the value that the author has changed; None if it is the logical id.
    """

    change: ResourceChange
    value: ValueChange | None


def is_replaced(change: ResourceChange) -> bool:
    """Whether another resource surely takes the place of the one that is deployed."""
    return change.kind == "renamed" or (change.kind == "modified" and change.effect == "replaces")


def deciding_value(comparison: Comparison, change: ResourceChange) -> ValueChange | None:
    """Return the value with the gravest effect of a modified resource; one that the author has changed comes first."""
    effect = change.effect
    values = [value for value in change.properties if value.effect == effect and not value.open_reason]
    own = (value for value in values if _replacing(comparison, value) is None)
    return next(own, values[0] if values else None)


def chain_of(comparison: Comparison, change: ResourceChange) -> Iterator[ResourceChange]:
    """Yield the replaced resources because of which the update replaces or interrupts a resource, nearest first."""
    for _ in range(MAX_CHAIN):
        value = deciding_value(comparison, change)
        following = value and _replacing(comparison, value)
        if not following:
            return
        yield following
        change = following


def origin_of(comparison: Comparison, change: ResourceChange) -> Origin:
    """Return the change that begins the chain: of a launch template, of another resource, or of the resource itself."""
    *_, first = (change, *chain_of(comparison, change))
    value = deciding_value(comparison, first)
    template = changes_by_id(comparison).get(value.renewed) if value and value.renewed else None
    if template is not None and template.properties:
        return Origin(template, template.properties[0])
    return Origin(first, value)


def outside_cause(comparison: Comparison, change: ResourceChange) -> str:
    """Return the replaced resource of another stack with which the chain begins; "" if it begins in this template."""
    *_, first = (change, *chain_of(comparison, change))
    value = deciding_value(comparison, first)
    return value.replaced if value and value.replaced not in changes_by_id(comparison) else ""


def _replacing(comparison: Comparison, value: ValueChange) -> ResourceChange | None:
    """Return the replaced resource to which a value refers before and after the update, under either logical id."""
    changes = changes_by_id(comparison)
    if value.replaced:
        return changes.get(value.replaced)
    names = [referenced_id(one.expression) if isinstance(one, Unknown) else None for one in (value.old, value.new)]
    renamed = changes.get(names[1] or "")
    if renamed and renamed.kind == "renamed" and renamed.old and renamed.old.logical_id == names[0]:
        return renamed
    return None


def changes_by_id(comparison: Comparison) -> Mapping[str, ResourceChange]:
    """Return the changes by logical id, built once for the new view, which must be that of one comparison."""
    key = ("changes", "", "")
    cache = comparison.new.cache
    if key not in cache:
        cache[key] = comparison.by_id()
    changes: Mapping[str, ResourceChange] = cache[key]
    return changes
