"""A change as a document that clauses read: `$.Effect`, `$.Old.DeletionPolicy`, `$.Changed[*].Property`."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any, Literal, NamedTuple
from relint.change.resolved import resolve_node
from relint.model.resource import Resource
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.change.records import Comparison, ResourceChange, ValueChange
    from relint.model.view import View
    from relint.source.location import Path

Side = Literal["Old", "New"]

CHANGE_MEMBERS = ("Change", "Effect", "KeptName", "Old", "New", "Changed", "Attributes")
"""The members of the document of a change."""


class Place(NamedTuple):
    """A place in one of two templates."""

    side: Side
    path: Path


def change_document(change: ResourceChange, comparison: Comparison) -> Resource:
    """Return a change in the form of a resource, whose body has the members that clauses read.

    `Change` is the kind, `Effect` the gravest effect of the properties, `KeptName` the physical name that a replaced
    resource keeps. `Old` and `New` are the resource on both sides, with `LogicalId`, all functions resolved. `Changed`
    and `Attributes` are lists of what differs: `Property`, `Old`, `New`, `Effect`, and `Replaced` for a reference to a
    replaced resource. What the templates do not decide is Unknown.
    """
    body: dict[str, Any] = {
        "Change": change.kind,
        "Effect": _effect(change),
        "Changed": [_value_document(value) for value in change.properties],
        "Attributes": [_value_document(value) for value in change.attributes],
    }
    if change.kept_name:
        body["KeptName"] = change.kept_name
    if change.old and change.kind != "added":
        body["Old"] = _resource_document(comparison.old, change.old)
    if change.new and change.kind != "removed":
        body["New"] = _resource_document(comparison.new, change.new)
    return Resource(change.logical_id, judged_type(change), body, path=())


def judged_type(change: ResourceChange) -> str:
    """Return the resource type whose rules judge a change: that of what is deployed, or of what is added."""
    return change.old.type if change.old and change.kind != "added" else change.type


def place_of(change: ResourceChange, path: Path) -> Place:
    """Return the place to report for a path in the document of a change.

    It is in the new template, except for a resource that is gone. A path that begins with `Old` or `New` and goes on
    with `Resources` is one of the template itself.
    """
    value = value_change_at(change, path)
    if value is not None:
        return Place("New", value.new_path)
    side, *rest = path if path[:1] in (("Old",), ("New",)) else ("New",)
    if rest[:1] == ["Resources"]:
        return Place("Old" if side == "Old" else "New", tuple(rest))
    if change.kind != "removed":
        return Place("New", (*change.resource.path, *rest))
    if change.new is None:
        return Place("Old", (*change.resource.path, *rest))
    return Place("New", (*change.new.path, "Condition"))  # the condition is false now


def value_change_at(change: ResourceChange, path: Path) -> ValueChange | None:
    """Return the value that differs to which a path in the document of a change leads; None for any other path."""
    values = {"Changed": change.properties, "Attributes": change.attributes}.get(str(path[0]), ()) if path else ()
    index = path[1] if len(path) > 1 else None
    return values[index] if isinstance(index, int) and index < len(values) else None


def _effect(change: ResourceChange) -> Any:
    """Return the effect of a change; Unknown if a property that may differ has a graver one."""
    if change.possible_effect == change.effect:
        return change.effect
    value = next(value for value in change.properties if value.open_reason and value.effect == change.possible_effect)
    return _open_effect(value)


def _open_effect(value: ValueChange) -> Unknown:
    return Unknown(("Effect", *value.path), value.open_reason)


def _value_document(value: ValueChange) -> dict[str, Any]:
    members = {
        "Property": value.property,
        "Old": value.old,
        "New": value.new,
        "Effect": _open_effect(value) if value.open_reason else value.effect,
        "Replaced": value.replaced or ABSENT,
    }
    return {key: member for key, member in members.items() if member is not ABSENT}


def _resource_document(view: View, resource: Resource) -> dict[str, Any]:
    members = {
        key: resolve_node(view.scenario, node, (*resource.path, key)).plain for key, node in resource.body.items()
    }
    return {"LogicalId": resource.logical_id, **{key: value for key, value in members.items() if value is not ABSENT}}
