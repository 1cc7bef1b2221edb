"""Causes of regressions: what the change does to the resource, or to resources around it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.change.change_document import Place
from relint.change.compare import compare_resources
from relint.change.protection.surroundings import Surroundings, is_fixed
from relint.change.value_text import describe_old, text_of_item, text_of_value
from relint.resolve.value import ABSENT, scalar_text

if TYPE_CHECKING:
    from relint.change.records import Comparison, Regression, ResourceChange, ValueChange
    from relint.model.resource import Resource
    from relint.source.location import Path

_MAX_FACTS = 3
"""Changes that a message names."""


class Cause(NamedTuple):
    """The cause of a regression.

    `facts` are parts of a sentence, such as "MultiAZ was true and is false"; `places` are those of the facts in the old
    template, each with a sentence, and `resources` the logical ids of the changed resources. `is_asked_for` says
    whether the rule asks for the changed values, `removes` whether the change takes such values away, `removes_items`
    whether it surely takes items of a list away, adds none, and so can only weaken. `adds` says whether it only adds
    what now needs more protection.
    """

    facts: tuple[str, ...]
    places: tuple[tuple[Place, str], ...]
    resources: tuple[str, ...]
    is_asked_for: bool = False
    removes: bool = False
    removes_items: bool = False
    adds: bool = False


def find_cause(comparison: Comparison, regression: Regression) -> Cause | None:
    """Return the changes that are the likely cause of a regression; without facts if none is related to it.

    None if the place is written in another way and means the same, or if nothing differs but Metadata.
    Best is a changed value at the place that the rule reports, then one that the fix of the rule writes, then an
    evident change around the resource, then the only property of the resource that differs, then a likely change around
    it.
    """
    changes = comparison.by_id()
    own = changes.get(regression.new.logical_id)
    if own and own.kind == "renamed":
        own = compare_resources(comparison, regression.old, regression.new)
    all_values = (*own.properties, *own.attributes) if own else ()
    if _is_only_rewritten(regression, all_values):
        return None
    values = [value for value in all_values if not value.replaced]
    at_place = [value for value in values if _is_at_place(value, regression)]
    by_fix = [value for value in values if is_fixed(value, regression.new.type, regression.fixed_by)]
    if own and (at_place or by_fix):
        return _cause_of_own_values(own, at_place or by_fix, regression)
    surroundings = Surroundings(comparison, regression)
    evident = surroundings.evident_causes()
    if evident:
        return _cause_of_changes(evident)
    if own and len({value.path[:2] for value in values}) == 1:
        return _cause_of_values(own, values, regression)
    likely = surroundings.likely_causes()
    if likely:
        return _cause_of_changes(likely)
    others = [change for change in comparison.changes if change.kind == "removed"] or comparison.changes
    if not (values or others or _unresolved_parts(regression.old) != _unresolved_parts(regression.new)):
        return None
    return _cause_of_changes(others if len(others) == 1 and not values else ())


def _is_only_rewritten(regression: Regression, values: Sequence[ValueChange]) -> bool:
    """Whether both templates write the reported property, or all of them, in different ways that mean the same."""
    steps = regression.path[len(regression.new.path) :][:2]
    steps = steps if steps[:1] == ("Properties",) else ("Properties",)
    old, new = (_written(resource.body, steps) for resource in (regression.old, regression.new))
    return old != new and not any(value.path[: len(steps)] == steps[: len(value.path)] for value in values)


def _written(node: Any, steps: Path) -> Any:
    for step in steps:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            return None
    return node


def _unresolved_parts(resource: Resource) -> dict[str, Any]:
    """Return what a resource states beside its properties and Metadata, such as DependsOn."""
    return {key: value for key, value in resource.body.items() if key not in ("Metadata", "Properties")}


def _is_at_place(value: ValueChange, regression: Regression) -> bool:
    """Whether a value is at, above or below the reported place, which is more than the resource itself."""
    start = len(regression.new.path)
    reported, changed = regression.path[start:], value.new_path[start:]
    shared = min(len(reported), len(changed))
    return len(reported) > (reported[:1] == ("Properties",)) and reported[:shared] == changed[:shared]


def _has_reported(value: ValueChange, regression: Regression) -> bool:
    """Whether a new value is what the rule reports or below it, or contains it."""
    start = len(regression.new.path)
    reported, changed = regression.path[start:], value.new_path[start:]
    if reported[: len(changed)] == changed:
        return value.contains([step for step in reported[len(changed) :] if isinstance(step, str)])
    return changed[: len(reported)] == reported


def _cause_of_own_values(change: ResourceChange, values: list[ValueChange], regression: Regression) -> Cause:
    """Return the cause that lies in values for which the rule asks."""
    return _cause_of_values(change, values, regression)._replace(
        is_asked_for=True,
        removes=all(value.new is ABSENT or _is_false(value) for value in values),
        removes_items=all(_removes_item(value) and not value.open_reason for value in values),
    )


def _removes_item(value: ValueChange) -> bool:
    return value.new is ABSENT and isinstance(value.path[-1], int)


def _cause_of_values(change: ResourceChange, values: list[ValueChange], regression: Regression) -> Cause:
    return Cause(
        adds=all(value.old is ABSENT and not _has_reported(value, regression) for value in values),
        facts=tuple(dict.fromkeys(_describe_value(change, value) for value in values[:_MAX_FACTS])),
        places=tuple((Place("Old", value.old_path), describe_old(value)) for value in values[:_MAX_FACTS]),
        resources=(change.logical_id,),
    )


def _cause_of_changes(changes: Iterable[ResourceChange]) -> Cause:
    named = list(changes)[:_MAX_FACTS]
    return Cause(
        facts=tuple(_describe_change(change) for change in named),
        places=tuple((Place("Old", change.old.path), describe_old()) for change in named if change.old),
        resources=tuple(change.logical_id for change in named),
        adds=bool(named) and all(_only_adds(change) for change in named),
    )


def _only_adds(change: ResourceChange) -> bool:
    """Whether a change only adds, but forbids nothing, as `ActionsEnabled: false` does."""
    values = (*change.properties, *change.attributes)
    added = [value for value in values if value.old is ABSENT and not _is_false(value)]
    return change.kind == "added" or (change.kind == "modified" and len(added) == len(values))


def _is_false(value: ValueChange) -> bool:
    return scalar_text(value.new).lower() == "false"


def _describe_value(change: ResourceChange, value: ValueChange, owner: str = "") -> str:
    name = _name_of(change, value) + owner
    if _removes_item(value):
        return f"{name} no longer has {text_of_item(value.old)}"
    was = "was not set" if value.old is ABSENT else f"was {text_of_value(value.old)}"
    now = "is not set any more" if value.new is ABSENT else f"is {text_of_value(value.new)}"
    return f"{name} {was} and {now}"


def _name_of(change: ResourceChange, value: ValueChange) -> str:
    """Return the name of a property; that of a value in a list of keys and values has the key."""
    if value.path[-1] == "Value" and isinstance(value.path[-2], int) and change.new is not None:
        start = len(change.new.path)
        key = _written(change.new.body, (*value.new_path[start:-1], "Key"))
        if isinstance(key, str):
            return f"{value.property.removesuffix('.Value')}[{key}]"
    return value.property


def _describe_change(change: ResourceChange) -> str:
    values = [value for value in (*change.properties, *change.attributes) if not value.replaced]
    if change.kind == "modified" and values:
        return _describe_value(change, values[0], f' of "{change.logical_id}"')
    kinds = {"modified": "changed", "retyped": "another type now"}
    return f'"{change.logical_id}" is {kinds.get(change.kind, change.kind)}'
