"""The reader of change sets: the JSON or YAML of `aws cloudformation describe-change-set`, or of the console.

The shape is that of the API, https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html,
read on 2026-11-29. The console writes the list of changes alone, with keys that begin with a small letter.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.change.change_set.records import ChangeSet, PlannedChange, PlannedValue, later_value, unlisted_value
from relint.errors import TemplateError
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.source.document import Document
    from relint.source.location import Path

COMMAND = "aws cloudformation describe-change-set"
_UNCHANGED = ("SyncWithActual", "NoModification")
"""Words for an entry that changes the records of CloudFormation alone."""
_OF_NESTED_STACK = "Automatic"
"""The source of a change of a nested stack that may be none, because only its own change set tells."""
_NO_CHANGES = ("didn't contain changes", "no updates are to be performed")
_KNOWN_AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}"
_PARTS_OF_ARN = 6
_HIDDEN = "****"
"""The value of a parameter with NoEcho."""


def read_change_set(document: Document) -> ChangeSet:
    """Return the change set in a document.

    Raises TemplateError if the document is none, if CloudFormation failed to create it, or has not created it yet.
    """
    pages = list(_pages(document))
    if not pages:
        raise _no_change_set(document)
    first, last = pages[0][0], pages[-1][0]
    _require_created(first, document)
    changes: dict[str, PlannedChange] = {}
    for page, place in pages:
        for index, entry in enumerate(_items(page, "Changes")):
            change = _Reader(document, (*place, index)).change(entry)
            if change and change.action not in _UNCHANGED:
                changes[change.logical_id] = change
    return ChangeSet(
        document=document,
        changes=changes,
        parameters=dict(_parameters(first)),
        created=_text(first, "CreationTime")[:10],
        is_complete=not _text(last, "NextToken"),
        remarks=(*_remarks_on_state(first), *_remarks_on_changes(changes.values())),
    )


def _pages(document: Document) -> Iterator[tuple[Mapping[str, Any], Path]]:
    """Yield the objects with changes, and the path of these: one, several pages, or the list of the console."""
    data = document.data
    items = data if isinstance(data, list) else [data]
    for index, item in enumerate(items):
        if isinstance(_member(item, "Changes"), list):
            key = next(key for key in ("Changes", "changes") if key in item)
            yield item, (index, key) if items is data else (key,)
    if isinstance(data, list) and any(_member(item, "ResourceChange") for item in data):
        yield {"Changes": data}, ()


def _no_change_set(document: Document) -> TemplateError:
    message = f"This is no change set; relint reads what `{COMMAND}` prints, with its list of Changes."
    return TemplateError(message, document.file, document.span_of(()))


def _require_created(data: Mapping[str, Any], document: Document) -> None:
    """Raise TemplateError for a change set that CloudFormation failed to create, or has not created yet."""
    status, reason = _text(data, "Status"), _text(data, "StatusReason")
    message = ""
    if status.startswith("CREATE_") and status != "CREATE_COMPLETE":
        message = (
            f"CloudFormation still creates the change set (Status: {status}); describe it again when it is complete."
        )
    elif status == "FAILED" and not _has_no_changes(reason):
        message = f"CloudFormation could not create the change set: {reason or 'it gives no reason'}"
    if message:
        raise TemplateError(message, document.file, document.span_of(("Status",)))


def _has_no_changes(reason: str) -> bool:
    return any(words in reason.lower() for words in _NO_CHANGES)


def _remarks_on_state(data: Mapping[str, Any]) -> Iterator[str]:
    status, execution = _text(data, "Status"), _text(data, "ExecutionStatus")
    if status == "FAILED":
        yield "The change set has no changes, so there is nothing to execute."
    if execution == "OBSOLETE":
        yield "The change set is obsolete, because the stack was updated after its creation; create it again."
    if execution.startswith("EXECUTE_"):
        yield f"Somebody has executed the change set already (ExecutionStatus: {execution})."
    if _text(data, "DeploymentMode") == "REVERT_DRIFT":
        yield "The change set also takes back what was changed outside of CloudFormation."


def _remarks_on_changes(changes: Collection[PlannedChange]) -> Iterator[str]:
    if any(change.before is None and change.after is None for change in changes):
        yield (
            "The change set has no values of properties, so relint knows those of the templates only; "
            "describe it with --include-property-values."
        )
    for change in changes:
        if change.nested:
            yield f"'{change.logical_id}' is a nested stack with a change set of its own: {change.nested}"
        if change.action == "Import":
            yield f"CloudFormation takes '{change.logical_id}' ({change.type}) into the stack as it is."


def _parameters(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the values after the update: of the pseudo parameters in the ARN of the stack, and of parameters."""
    arn = _text(data, "StackId").split(":")
    if len(arn) == _PARTS_OF_ARN:
        yield from zip(("AWS::Region", "AWS::AccountId"), arn[3:5], strict=True)
    for parameter in _items(data, "Parameters"):
        value = _member(parameter, "ResolvedValue") or _member(parameter, "ParameterValue")
        if isinstance(value, str) and value != _HIDDEN:
            yield _text(parameter, "ParameterKey"), value


class _Reader:
    """Reads the entry of a change set at a place."""

    def __init__(self, document: Document, place: Path) -> None:
        self.document = document
        self.place = place

    def change(self, entry: Any) -> PlannedChange | None:
        """Return the planned change; None for an entry that changes no resource."""
        found = _member(entry, "ResourceChange")
        if not isinstance(found, dict):
            return None
        self.place = (*self.place, next(key for key in ("ResourceChange", "resourceChange") if key in entry))
        logical_id = self._required(found, "LogicalResourceId")
        before, after = (self._context(found, side) for side in ("Before", "After"))
        return PlannedChange(
            logical_id=logical_id,
            type=self._required(found, "ResourceType"),
            action=self._required(found, "Action"),
            replacement=_text(found, "Replacement"),
            policy_action=_text(found, "PolicyAction"),
            before=before,
            after=after,
            values=tuple(self._values(found, logical_id, before, after)),
            nested=_text(found, "ChangeSetId"),
            is_of_module=isinstance(_member(found, "ModuleInfo"), dict),
            place=self.place,
        )

    def _required(self, entry: Mapping[str, Any], name: str) -> str:
        value = _text(entry, name)
        if not value:
            message = f"A change has no {name}; relint reads what `{COMMAND}` prints."
            raise TemplateError(message, self.document.file, self.document.span_of(self.place))
        return value

    def _context(self, entry: Mapping[str, Any], side: str) -> dict[str, Any] | None:
        """Return the resource before or after the update; a text that is cut off is none."""
        content = _content(_text(entry, f"{side}Context"), (side, _text(entry, "LogicalResourceId")))
        return content if isinstance(content, dict) else None

    def _values(
        self, entry: Mapping[str, Any], logical_id: str, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> Iterator[PlannedValue]:
        """Yield the values that change, one for each target.

        A change by a parameter or another resource has an entry of its own, beside one for the text of the template.
        """
        details = _items(entry, "Details")
        key = "Details" if "Details" in entry else "details"
        by_target: dict[Path, list[tuple[Mapping[str, Any], int]]] = {}
        for index, detail in enumerate(details):
            target = _member(detail, "Target")
            path = _target_path(target) if isinstance(target, dict) else ()
            words = {_text(target, "AttributeChangeType"), _text(detail, "ChangeSource")}
            if path and words.isdisjoint((*_UNCHANGED, _OF_NESTED_STACK)):
                by_target.setdefault(path, []).append((detail, index))
        for path, entries in by_target.items():
            target = _member(entries[0][0], "Target")
            change_type = _text(target, "AttributeChangeType")
            old, new = (
                ABSENT if change_type == absent else _value(target, side, path, context, (side, logical_id, *path))
                for side, context, absent in (("Before", before, "Add"), ("After", after, "Remove"))
            )
            yield PlannedValue(
                path=path,
                before=old,
                after=new,
                recreation=_text(target, "RequiresRecreation"),
                is_certain=any(_text(detail, "Evaluation") != "Dynamic" for detail, _ in entries),
                causes=tuple(cause for detail, _ in entries for cause in _causes(detail)),
                place=(*self.place, key, entries[0][1]),
            )


def _target_path(target: Mapping[str, Any]) -> Path:
    """Return the path of a value in the body of its resource; empty for Metadata, which are for people.

    Attribute is Properties, Tags, or an attribute of the resource such as DeletionPolicy.
    """
    attribute, name, pointer = (_text(target, key) for key in ("Attribute", "Name", "Path"))
    if attribute == "Metadata":
        return ()
    if pointer.startswith("/"):
        steps = (step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/"))
        return tuple(int(step) if step.isdecimal() else step for step in steps)
    if attribute == "Properties":
        return ("Properties", name) if name else ("Properties",)
    return ("Properties", "Tags") if attribute == "Tags" else (attribute,) if attribute else ()


def _causes(detail: Mapping[str, Any]) -> Iterator[str]:
    """Yield the logical id of the resource because of which a value changes."""
    if _text(detail, "ChangeSource") in ("ResourceReference", "ResourceAttribute"):
        yield _text(detail, "CausingEntity").partition(".")[0]


def _value(target: Mapping[str, Any], side: str, path: Path, context: Any, place: Sequence[str | int]) -> Any:
    """Return the value of a target before or after the update: that of the context, which is never cut off."""
    node = context
    for step in path:
        node = node.get(step) if isinstance(node, dict) else node[step] if _has_item(node, step) else None
    if node is not None:
        return node
    text = _member(target, f"{side}Value")
    return (
        _content(text, place) if isinstance(text, str) else unlisted_value("Old" if side == "Before" else "New", *place)
    )


def _has_item(node: Any, step: str | int) -> bool:
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


def _content(text: str, place: Sequence[str | int]) -> Any:
    """Return the object or list of JSON in a text, or any other text as it is."""
    try:
        return _with_unknown(json.loads(text) if text[:1] in ("{", "[") else text, place)
    except (ValueError, RecursionError):
        return text


def _with_unknown(node: Any, place: Sequence[str | int]) -> Any:
    """Return a value with what CloudFormation does not know yet as Unknown."""
    if isinstance(node, dict):
        return {key: _with_unknown(value, (*place, key)) for key, value in node.items()}
    if isinstance(node, list):
        return [_with_unknown(item, (*place, index)) for index, item in enumerate(node)]
    return later_value(*place) if isinstance(node, str) and _KNOWN_AFTER_APPLY in node else node


def _member(node: Any, name: str) -> Any:
    """Return the member of an object, whose name may begin with a small letter; None if it has none."""
    if not isinstance(node, dict):
        return None
    value = node.get(name)
    return value if value is not None else node.get(name[0].lower() + name[1:])


def _items(node: Any, name: str) -> list[Any]:
    value = _member(node, name)
    return value if isinstance(value, list) else []


def _text(node: Any, name: str) -> str:
    value = _member(node, name)
    return str(value) if isinstance(value, str | bool) else ""
