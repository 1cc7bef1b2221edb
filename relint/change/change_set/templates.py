"""Templates before and after the update of a change set: those that are given, completed from it."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.model.resource import Resource
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.change.change_set.records import ChangeSet, PlannedChange, Side
    from relint.model.template import Template
    from relint.source.document import Document, Extent
    from relint.source.location import Path


def document_of(change_set: ChangeSet, side: Side) -> Document:
    """Return the resources that a change set names as a template, whose places are those of the change set."""
    bodies = {name: resource_body(change, side) for name, change in change_set.changes.items() if change.exists(side)}
    source = change_set.document
    return source._replace(data={"Resources": bodies}, duplicates=(), locate=_Locator(change_set).locate)


def completed(template: Template, change_set: ChangeSet, side: Side) -> Document:
    """Return the document of a template with the resources that only the change set has."""
    lacking = {
        name: resource_body(change, side)
        for name, change in change_set.changes.items()
        if change.exists(side) and name not in template.resources
    }
    document = template.document
    resources = document.data["Resources"]
    return document._replace(data={**document.data, "Resources": {**resources, **lacking}}) if lacking else document


def planned_resource(change: PlannedChange, side: Side, template: Template, other: Template | None = None) -> Resource:
    """Return the resource before or after the update.

    It is that of the template, with the values that the change set lists; `other` is the template after the update,
    from which an unchanged part of the resource before it is taken.
    """
    written = template.resources[change.logical_id]
    body: Mapping[str, Any] | None = written.body if written.type == change.type else None
    if other and change.logical_id in other.resources:
        body = _with_planned_values(change, "Old", other.resources[change.logical_id].body)
    return written._replace(type=change.type, body=resource_body(change, side, body))


def resource_body(change: PlannedChange, side: Side, written: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the body of a resource: what is written, with the values and policies of the change set.

    With neither, the values that change are open, and all else counts as not set.
    """
    context = change.context(side)
    body: Mapping[str, Any] = written or {}
    if context is not None:
        properties = _with_written(context.get("Properties"), body.get("Properties"))
        body = {**body, **context, "Properties": properties}
    elif written is None:
        body = _with_planned_values(change, side, {"Properties": {}})
    return {**body, "Type": change.type, **_policies(change)}


def _with_written(listed: Any, written: Any) -> Any:
    """Return the properties that the change set lists, those in the template where it does not know the value yet."""
    if not (isinstance(listed, dict) and isinstance(written, dict)):
        return {} if listed is None else listed
    return {name: written[name] if name in written and _has_unknown(value) else value for name, value in listed.items()}


def _has_unknown(node: Any) -> bool:
    if isinstance(node, dict | list):
        return any(map(_has_unknown, node.values() if isinstance(node, dict) else node))
    return isinstance(node, Unknown)


def _policies(change: PlannedChange) -> dict[str, str]:
    """Return the policy that CloudFormation follows: `ReplaceAndRetain` is an UpdateReplacePolicy of Retain."""
    if change.policy_action.startswith("ReplaceAnd"):
        return {"UpdateReplacePolicy": change.policy_action.removeprefix("ReplaceAnd")}
    return {"DeletionPolicy": change.policy_action} if change.policy_action and change.action == "Remove" else {}


def _with_planned_values(change: PlannedChange, side: Side, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a resource with the values that it has before or after the update."""
    changed: Any = body
    for value in change.values:
        changed = _with_value(changed, value.path, value.before if side == "Old" else value.after)
    return dict(changed)


def _with_value(node: Any, path: Path, value: Any) -> Any:
    """Return a node with another value at a path; the same node if the path does not lead to a value of it."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        changed = [*node[:step], _with_value(node[step], rest, value), *node[step + 1 :]]
        return [item for item in changed if item is not ABSENT]
    if isinstance(node, dict) and (step in node or not rest):
        changed_dict = {**node, step: _with_value(node.get(step), rest, value)}
        return {key: item for key, item in changed_dict.items() if item is not ABSENT}
    return node


class _Locator:
    """Locates the values of a template that is made from a change set."""

    def __init__(self, change_set: ChangeSet) -> None:
        self.change_set = change_set

    def locate(self, path: Path) -> Extent:
        """Return the extent of the change of a value, or of its resource, in the change set."""
        change = self.change_set.changes.get(str(path[1])) if len(path) > 1 else None
        if change is None:
            return self.change_set.document.locate(())
        places = (value.place for value in change.values if value.path == path[2 : 2 + len(value.path)])
        return self.change_set.document.locate(next(places, change.place))
