"""Disagreements between a change set and the templates beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.change.change_set.records import ChangeSet, PlannedChange, Side
    from relint.change.records import ResourceChange
    from relint.model.template import Template

_ADJECTIVES = {"Old": "old", "New": "new"}
_ACTIONS = {"Add": "adds", "Modify": "changes", "Remove": "removes", "Import": "imports"}
_KINDS = {
    "added": "add",
    "removed": "remove",
    "renamed": "rename",
    "retyped": "change the type of",
    "modified": "change",
}


def disagreements(
    change_set: ChangeSet, templates: Mapping[Side, Template], written: Mapping[str, ResourceChange]
) -> Iterator[str]:
    """Yield a sentence for each resource that a change set and the templates describe differently.

    `written` are the changes of both templates by logical id; without both, it is empty.
    """
    for change in change_set.changes.values():
        lacking = [side for side, template in templates.items() if _is_lacking(change, side, template)]
        for side in lacking:
            template = templates[side]
            words = f"CloudFormation {_ACTIONS.get(change.action, 'changes')} '{change.logical_id}' ({change.type})"
            found = template.resources.get(change.logical_id)
            has = f"has it as {found.type}" if found else "has no such resource"
            yield f"{words}, but the {_ADJECTIVES[side]} template {has}."
        if len(templates) == 2 and not lacking:
            yield from _of_replacement(change, written.get(change.logical_id))
    if change_set.is_complete:
        yield from _unlisted(change_set, written)


def _is_lacking(change: PlannedChange, side: Side, template: Template) -> bool:
    """Whether a template lacks a resource that it must have; a transform or a module may add it."""
    if not change.exists(side) or change.is_of_module or "Transform" in template.document.data:
        return False
    resource = template.resources.get(change.logical_id)
    return resource is None or resource.type != change.type


def _of_replacement(change: PlannedChange, written: ResourceChange | None) -> Iterator[str]:
    """Yield what only CloudFormation or only the templates say about a replacement."""
    effect = written.possible_effect if written and written.kind == "modified" else "none"
    if change.replacement == "True" and effect in ("none", "interrupts"):
        yield f"CloudFormation replaces '{change.logical_id}'; by the templates alone it would stay."
    if change.replacement == "False" and written and written.effect == "replaces":
        yield f"By the templates, '{change.logical_id}' would be replaced; CloudFormation says that it stays."


def _unlisted(change_set: ChangeSet, written: Mapping[str, ResourceChange]) -> Iterator[str]:
    """Yield the changes of the templates that the change set does not have."""
    for name, change in written.items():
        is_sure = change.kind != "modified" or any(not value.open_reason for value in change.properties)
        if name == change.logical_id and name not in change_set.changes and is_sure:
            verb = _KINDS.get(change.kind, "change")
            yield f"The templates {verb} '{name}' ({change.type}); the change set does not."
