"""Comparison by a change set, whose statements take precedence over those of the templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.change.assignment import views_of
from relint.change.change_set.agreement import disagreements
from relint.change.change_set.planned_effects import planned_fact, with_replacement
from relint.change.change_set.records import is_open_value
from relint.change.change_set.templates import completed, document_of, planned_resource
from relint.change.compare import compare_views, resource_node
from relint.change.facts.update_conditions import UpdateCondition
from relint.change.facts.update_facts import NOTHING_DEPLOYED, update_fact
from relint.change.physical_names import kept_name
from relint.change.records import Comparison, ResourceChange, ValueChange
from relint.change.renames import match_renamed
from relint.change.resolved import resolve_node
from relint.model.template import Template
from relint.resolve.value import ABSENT, Located

if TYPE_CHECKING:
    from relint._typing import Any
    from relint.change.change_set.records import ChangeSet, PlannedChange, PlannedValue, Side
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.parameters import PassedValue
    from relint.source.document import Document
    from relint.source.location import Path


def compare_change_set(
    change_set: ChangeSet,
    old: Document | None = None,
    new: Document | None = None,
    parameter_values: Mapping[str, str | PassedValue] | None = None,
) -> Comparison:
    """Return what CloudFormation changes, with the places in the templates that are given, else in the change set.

    With both templates, what they change is kept where an incomplete change set may not list it. Raises TemplateError
    for a template with too many resources.
    """
    values = {**change_set.parameters, **(parameter_values or {})}
    sides: tuple[tuple[Side, Document | None], ...] = (("Old", old), ("New", new))
    templates = {side: Template(document, values) for side, document in sides if document}
    old_view, new_view = views_of(
        completed(templates["Old"], change_set, "Old") if old else document_of(change_set, "Old"),
        completed(templates["New"], change_set, "New") if new else document_of(change_set, "New"),
        values,
    )
    written = compare_views(old_view, new_view).by_id() if old and new else {}
    changes = _Plan(change_set, old_view, new_view, written, frozenset(templates)).changes()
    return Comparison(
        old_view,
        new_view,
        changes=tuple(sorted(changes, key=lambda change: change.logical_id)),
        is_partial=not (old and new),
        remarks=(*change_set.remarks, *disagreements(change_set, templates, written)),
    )


class _Plan:
    """The statements of a change set about the resources of two templates.

    `written` are the changes of the templates by logical id, `given` the sides of which the user has a template.
    """

    def __init__(
        self,
        change_set: ChangeSet,
        old: View,
        new: View,
        written: Mapping[str, ResourceChange],
        given: frozenset[Side],
    ) -> None:
        self.change_set = change_set
        self.views: dict[Side, View] = {"Old": old, "New": new}
        self.written = written
        self.given = given
        before_from = None if "Old" in given else new.template
        self.old = {
            name: planned_resource(change, "Old", old.template, before_from)
            for name, change in change_set.changes.items()
            if change.exists("Old")
        }
        self.new = {
            name: planned_resource(change, "New", new.template)
            for name, change in change_set.changes.items()
            if change.exists("New")
        }
        self.replaced = {name for name, change in change_set.changes.items() if change.replacement == "True"}

    def changes(self) -> Iterator[ResourceChange]:
        """Yield the changes of resources."""
        renamed = self._renamed()
        for name, planned in self.change_set.changes.items():
            if name in self.old and name in self.new:
                change = self._modified(planned)
                if change.properties or change.attributes:
                    yield change
            elif name in self.old and name not in renamed:
                yield ResourceChange("removed", self.old[name], None)
            elif planned.action == "Add" and name not in renamed.values():
                yield ResourceChange("added", None, self.new[name])
        for old_name, new_name in renamed.items():
            old, new = self.old[old_name], self.new[new_name]
            yield ResourceChange("renamed", old, new, kept_name=self._kept_name(old, new))
        for name, change in self.written.items():
            if name == change.logical_id and name not in self.change_set.changes and self._is_kept(change):
                yield change

    def _is_kept(self, change: ResourceChange) -> bool:
        """Whether a change of the templates counts that the change set does not list, as it lists no policies alone."""
        return not self.change_set.is_complete or (change.kind == "modified" and not change.properties)

    def _renamed(self) -> dict[str, str]:
        """Return the new logical ids of removed resources by the old ones, as far as their properties are known."""
        removed, added = self._known("Old", "Remove"), self._known("New", "Add")
        old_nodes = {name: resource_node(self.views["Old"], resource) for name, resource in removed.items()}
        new_nodes = {name: resource_node(self.views["New"], resource) for name, resource in added.items()}
        return match_renamed(removed, added, old_nodes, new_nodes)

    def _known(self, side: Side, action: str) -> dict[str, Resource]:
        """Return the resources with an action whose properties the change set or a template of the user has."""
        return {
            name: resource
            for name, resource in (self.old if side == "Old" else self.new).items()
            if self.change_set.changes[name].action == action
            if side in self.given or self.change_set.changes[name].context(side) is not None
        }

    def _kept_name(self, old: Resource, new: Resource) -> str:
        nodes = resource_node(self.views["Old"], old), resource_node(self.views["New"], new)
        return kept_name(new.type, *nodes, replaced=frozenset(self.replaced))

    def _modified(self, planned: PlannedChange) -> ResourceChange:
        old, new = self.old[planned.logical_id], self.new[planned.logical_id]
        values = [value for target in planned.values for value in self._value_changes(planned, target)]
        properties = [value for value in values if value.path[0] == "Properties"]
        attributes = {value.path: value for value in values if value.path[0] != "Properties"}
        written = self.written.get(planned.logical_id)
        if written:  # CloudFormation lists no change of a policy alone
            attributes = {**{value.path: value for value in written.attributes}, **attributes}
        change = ResourceChange(
            "modified",
            old,
            new,
            with_replacement(planned, properties, self.change_set.created),
            tuple(attributes.values()),
        )
        if change.possible_effect != "replaces":
            return change
        return change._replace(kept_name=self._kept_name(old, new))

    def _value_changes(self, planned: PlannedChange, target: PlannedValue) -> Iterator[ValueChange]:
        """Yield the change of a target, or what differs within it in the templates if the change set has no values."""
        written = self.written.get(planned.logical_id)
        within = [
            value
            for value in ((*written.properties, *written.attributes) if written else ())
            if value.path[: len(target.path)] == target.path
        ]
        for value in within if within and is_open_value(target.after) else (self._value_change(planned, target),):
            yield self._judged(value, planned, target)

    def _value_change(self, planned: PlannedChange, target: PlannedValue) -> ValueChange:
        name = planned.logical_id
        old, old_path = self._value("Old", self.old[name], target.path, target.before)
        new, new_path = self._value("New", self.new[name], target.path, target.after)
        return ValueChange(target.path, old, new, old_path, new_path, NOTHING_DEPLOYED)

    def _value(self, side: Side, resource: Resource, path: Path, listed: Any) -> tuple[Any, Path]:
        """Return a value that the change set lists, else that of the resource, and its place."""
        scenario = self.views[side].scenario
        located = scenario.descend(Located(resource.body, resource.path), path)
        written = resolve_node(scenario, located.value, located.path).plain if is_open_value(listed) else ABSENT
        return listed if written is ABSENT or is_open_value(written) else written, located.path

    def _judged(self, value: ValueChange, planned: PlannedChange, target: PlannedValue) -> ValueChange:
        """Return a value with its effect, and the reason if CloudFormation does not know yet whether it changes."""
        replaced = [cause for cause in target.causes if cause in self.replaced]
        open_reason = "" if target.is_certain else _open_reason(target)
        value = value._replace(open_reason=open_reason, replaced=replaced[0] if replaced else "")
        if value.path[0] != "Properties":
            return value
        condition = UpdateCondition(value, self.new[planned.logical_id], self.views["New"])
        table = update_fact(planned.type, value.property, condition)
        return value._replace(fact=planned_fact(planned, target, table, self.change_set.created))


def _open_reason(target: PlannedValue) -> str:
    if target.causes:
        return f'it changes only if "{target.causes[0]}" does'
    return "CloudFormation knows only during the update whether it changes"
