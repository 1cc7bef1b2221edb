"""The Globals section of the Serverless Application Model.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/ (Globals section of the template)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PREFIX = "AWS::Serverless::"


def with_globals(body: dict[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a resource with what Globals says about its type merged into the properties."""
    sections = data.get("Globals")
    if not body["Type"].startswith(_PREFIX) or not isinstance(sections, dict):
        return body
    common = sections.get(body["Type"].removeprefix(_PREFIX))
    if not isinstance(common, dict):
        return body
    return {**body, "Properties": _merged(common, body.get("Properties") or {})}


def _merged(common: Any, own: Any) -> Any:
    """Mappings are merged, lists are added up, and of scalars and functions the resource's own wins."""
    if isinstance(common, list) and isinstance(own, list):
        return common + own
    if not isinstance(common, dict) or not isinstance(own, dict) or _is_function(common) or _is_function(own):
        return own
    return {
        key: _merged(common[key], own[key]) if key in common and key in own else own.get(key, common.get(key))
        for key in {**common, **own}
    }


def _is_function(node: dict[str, Any]) -> bool:
    return len(node) == 1 and next(iter(node)).startswith(("Ref", "Fn::"))
