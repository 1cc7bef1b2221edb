"""The Globals section of a SAM template.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/ (Globals section of the template)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from relint.model.serverless.generated import is_function


def with_globals(body: dict[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a resource with what Globals says about its type merged into the properties."""
    sections = data.get("Globals")
    if not isinstance(sections, dict):
        return body
    common = sections.get(body["Type"].removeprefix("AWS::Serverless::"))
    if not isinstance(common, dict):
        return body
    return {**body, "Properties": _merged(common, body.get("Properties") or {})}


def _merged(common: Any, own: Any) -> Any:
    """Mappings are merged, lists are added up, and of scalars and functions the resource's own wins."""
    if isinstance(common, list) and isinstance(own, list):
        return common + own
    if not isinstance(common, dict) or not isinstance(own, dict) or is_function(common) or is_function(own):
        return own
    return {
        key: _merged(common[key], own[key]) if key in common and key in own else own.get(key, common.get(key))
        for key in {**common, **own}
    }
