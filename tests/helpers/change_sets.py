"""Change sets in the shape in which `aws cloudformation describe-change-set` prints them."""

from __future__ import annotations

import json
from typing import Any


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
