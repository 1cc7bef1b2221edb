"""Resources of a primary template without a counterpart in the recovery template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from relint._typing import TYPE_CHECKING, Literal, NamedTuple
from relint.change.change_document import Place
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.change.records import Comparison, ResourceChange
    from relint.model.references import Reference
    from relint.model.resource import Resource

_ALARMS = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")
_BACKUPS = ("AWS::Backup::*", "AWS::DLM::*")


class PartLists(NamedTuple):
    """Types of resources that need no counterpart, as patterns.

    elsewhere: global types, and parts of others that say nothing by themselves. attached: those that go with what they
    refer to. supporting: those that go with what refers to them. copied_by: by type, the dotted path of a property that
    makes a copy in another Region, or a type of the primary template that makes one.
    """

    elsewhere: Sequence[str]
    attached: Sequence[str]
    supporting: Sequence[str]
    copied_by: Mapping[str, str]


class MissingPart(NamedTuple):
    """A missing resource of the primary, with the place and the message to report."""

    place: Place
    resource: Resource
    message: Literal["missing", "missing_alarm", "missing_backup"]


class MissingParts(NamedTuple):
    """The logical ids of all missing resources, and those to report: what goes with another one is not."""

    names: frozenset[str]
    reported: tuple[MissingPart, ...]


def missing_parts(comparison: Comparison, parts: PartLists) -> MissingParts:
    """Return the resources of the old side, the primary, that the new side lacks."""
    missing = {
        change.logical_id: change
        for change in comparison.changes
        if change.kind == "removed" and change.old and not _is_covered(comparison, change.old, parts)
    }
    names = frozenset(missing)
    references = comparison.old.template.references
    reported = []
    for logical_id, change in missing.items():
        assert change.old is not None, "a removed resource has an old side"
        outgoing, incoming = (ends.get(logical_id, ()) for ends in (references.outgoing, references.incoming))
        targets = {reference.target for reference in outgoing if not _is_action(reference)} - {logical_id}
        sources = {reference.source for reference in incoming} - {logical_id}
        if _is_one_of(change.old.type, parts.attached) and targets & names:
            continue
        if _is_one_of(change.old.type, parts.supporting) and sources & names:
            continue
        reported.append(MissingPart(_place(change, change.old), change.old, _message(change.old.type)))
    return MissingParts(names, tuple(reported))


def _is_action(reference: Reference) -> bool:
    """Whether an alarm refers to whom it tells, not to what it watches."""
    return any(step.endswith("Actions") for step in reference.property[:2])


def _is_covered(comparison: Comparison, resource: Resource, parts: PartLists) -> bool:
    """Whether a resource needs no counterpart, because it is global, a part of another one, or copied."""
    if _is_one_of(resource.type, parts.elsewhere):
        return True
    copied_by = parts.copied_by.get(resource.type, "")
    if "::" in copied_by:
        return any(comparison.old.resources(copied_by))
    if not copied_by:
        return False
    steps = (int(step) if step.isdecimal() else step for step in copied_by.split("."))
    return comparison.old.get(resource, "Properties", *steps).value is not ABSENT


def _is_one_of(resource_type: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(resource_type, pattern) for pattern in patterns)


def _place(change: ResourceChange, old: Resource) -> Place:
    if change.new is not None:
        return Place("New", (*change.new.path, "Condition"))  # the condition is false on the recovery site
    return Place("Old", old.path)


def _message(resource_type: str) -> Literal["missing", "missing_alarm", "missing_backup"]:
    if resource_type in _ALARMS:
        return "missing_alarm"
    return "missing_backup" if _is_one_of(resource_type, _BACKUPS) else "missing"
