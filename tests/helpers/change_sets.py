"""Change sets in the shape in which `aws cloudformation describe-change-set` prints them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from relint.change.compare import resource_node
from relint.change.records import Comparison, ResourceChange, ValueChange
from relint.model.resource import Resource
from relint.model.view import View
from relint.resolve.value import ABSENT, Unknown


def change_set(*changes: dict[str, Any], **members: Any) -> str:
    """Return the JSON text of a change set; `members` are further members of it, or other values of these."""
    content = {
        "Changes": [{"Type": "Resource", "ResourceChange": change} for change in changes],
        "ChangeSetName": "release",
        "StackId": "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1a2345b6",
        "Parameters": [],
        "CreationTime": "2026-11-18T23:59:18.447000+00:00",
        "ExecutionStatus": "AVAILABLE",
        "Status": "CREATE_COMPLETE",
        "StatusReason": None,
        "NextToken": None,
    }
    return json.dumps({**content, **members}, indent=2)


def planned(
    action: str, logical_id: str, resource_type: str, *details: dict[str, Any], **members: Any
) -> dict[str, Any]:
    """Return a `ResourceChange`; `BeforeContext` and `AfterContext` may be objects."""
    contexts = {name: json.dumps(value) if name.endswith("Context") else value for name, value in members.items()}
    scope = sorted({detail["Target"]["Attribute"] for detail in details})
    return {
        "Action": action,
        "LogicalResourceId": logical_id,
        "PhysicalResourceId": logical_id.lower(),
        "ResourceType": resource_type,
        "Scope": scope,
        "Details": list(details),
        **contexts,
    }


def detail(
    name: str,
    recreation: str,
    *,
    evaluation: str = "Static",
    source: str = "DirectModification",
    cause: str | None = None,
    **target: Any,
) -> dict[str, Any]:
    """Return the detail of a property; `target` are further members of its target, such as Path and BeforeValue."""
    return {
        "Target": {"Attribute": "Properties", "Name": name, "RequiresRecreation": recreation, **target},
        "Evaluation": evaluation,
        "ChangeSource": source,
        "CausingEntity": cause,
    }


_RECREATION = {"replaces": "Always", "varies": "Conditionally"}


def announced(comparison: Comparison, *, with_values: bool) -> str:
    """Return the change set in which CloudFormation announces the changes of a comparison of templates.

    `with_values` is the form of `--include-property-values`.
    """
    changes = (_announced(change, comparison, with_values=with_values) for change in comparison.changes)
    return change_set(*(part for parts in changes for part in parts))


def _announced(change: ResourceChange, comparison: Comparison, *, with_values: bool) -> Iterator[dict[str, Any]]:
    """Yield the entries of a change: two for a resource with another logical id."""
    old, new = change.old, change.new
    before, after = (
        {name: {"Properties": {}, **_members(view, resource)}} if resource and with_values else {}
        for name, view, resource in (
            ("BeforeContext", comparison.old, old),
            ("AfterContext", comparison.new, new),
        )
    )
    if old and change.kind in ("removed", "renamed"):
        yield planned("Remove", old.logical_id, old.type, **before)
    if new and change.kind in ("added", "renamed"):
        yield planned("Add", new.logical_id, new.type, **after)
    if change.kind == "modified":
        may_replace = any(value.effect in _RECREATION for value in change.properties)
        replacement = "True" if change.effect == "replaces" else "Conditional" if may_replace else "False"
        details = (_detail(value, with_values=with_values) for value in (*change.properties, *change.attributes))
        yield planned("Modify", change.logical_id, change.type, *details, Replacement=replacement, **before, **after)


def _members(view: View, resource: Resource) -> dict[str, Any]:
    node = resource_node(view, resource)
    return {key: _plain(member.plain) for key, member in node.value.items()}


def _plain(value: Any) -> Any:
    """Return a value as CloudFormation writes it in a context."""
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return "{{changeSet:KNOWN_AFTER_APPLY}}" if isinstance(value, Unknown) else value


def _detail(value: ValueChange, *, with_values: bool) -> dict[str, Any]:
    attribute = value.path[0]
    name = str(value.path[1]) if attribute == "Properties" and len(value.path) > 1 else ""
    values = {
        "Path": "".join(f"/{step}" for step in value.path),
        **{
            key: json.dumps(_plain(side)) if isinstance(side, dict | list) else str(_plain(side))
            for key, side in (("BeforeValue", value.old), ("AfterValue", value.new))
            if side is not ABSENT
        },
        "AttributeChangeType": "Add" if value.old is ABSENT else "Remove" if value.new is ABSENT else "Modify",
    }
    return detail(
        name,
        _RECREATION.get(value.effect, "Never"),
        evaluation="Dynamic" if value.open_reason else "Static",
        Attribute=attribute,
        **(values if with_values else {}),
    )
