"""Effects that CloudFormation itself announces: they take precedence over the tables of relint."""

from __future__ import annotations

from collections.abc import Sequence

from relint._typing import TYPE_CHECKING
from relint.change.change_set.records import API_REFERENCE, Side, unlisted_value
from relint.change.effect import UpdateFact
from relint.change.records import ValueChange

if TYPE_CHECKING:
    from relint.change.change_set.records import PlannedChange, PlannedValue
    from relint.change.effect import ChangeEffect

_OF_VALUE = f"{API_REFERENCE}/API_ResourceTargetDefinition.html"
_OF_RESOURCE = f"{API_REFERENCE}/API_ResourceChange.html"
_UNDECIDED = "CloudFormation decides only during the update what it does to the resource"


def planned_fact(change: PlannedChange, value: PlannedValue, table: UpdateFact, date: str) -> UpdateFact:
    """Return the effect of changing a value that CloudFormation announces; `table` is what relint knows of it.

    RequiresRecreation is about replacements, but not interruptions, and leaves conditions to the reference; only there
    the table counts. `date` is the day of the change set.
    """
    statement = f"RequiresRecreation: {value.recreation}"
    if value.recreation == "Always" and change.replacement != "False":
        return _announced("replaces", statement, _OF_VALUE, date)
    if table.effect == "interrupts":
        return table
    if change.replacement == "False":
        return _announced("none", "Replacement: False", _OF_RESOURCE, date)
    if value.recreation == "Never":
        return _announced("none", statement, _OF_VALUE, date)
    if value.recreation == "Conditionally" and table.effect != "replaces":
        return _announced("varies", statement, _OF_VALUE, date)
    return table


def with_replacement(change: PlannedChange, values: Sequence[ValueChange], date: str) -> tuple[ValueChange, ...]:
    """Return the values with what CloudFormation announces for the resource as a whole.

    If it replaces the resource and no value surely does, those that may are the cause. If no value is the cause, the
    properties as a whole have the effect.
    """
    if change.action not in ("Modify", "Add", "Remove"):
        return (
            *values,
            _whole(change, _announced("replaces", f"Action: {change.action}", _OF_RESOURCE, date), _UNDECIDED),
        )
    if change.replacement not in ("True", "Conditional"):
        return tuple(values)
    is_sure = change.replacement == "True"
    fact = _announced("replaces" if is_sure else "varies", f"Replacement: {change.replacement}", _OF_RESOURCE, date)
    if not is_sure:
        return tuple(values) or (_whole(change, fact),)
    if any(value.effect == "replaces" and not value.open_reason for value in values):
        return tuple(values)
    causes = [value for value in values if value.effect in ("replaces", "varies")]
    if not causes:
        return (*values, _whole(change, fact))
    return tuple(value._replace(fact=fact, open_reason="") if value in causes else value for value in values)


def _whole(change: PlannedChange, fact: UpdateFact, open_reason: str = "") -> ValueChange:
    """Return the change of the properties as a whole."""
    path = ("Properties",)
    sides: tuple[Side, Side] = ("Old", "New")
    old, new = (unlisted_value(side, change.logical_id, *path) for side in sides)
    place = ("Resources", change.logical_id, *path)
    return ValueChange(path, old, new, place, place, fact, open_reason)


def _announced(effect: ChangeEffect, statement: str, page: str, date: str) -> UpdateFact:
    return UpdateFact(effect, f"CloudFormation says {statement}", page, date)
