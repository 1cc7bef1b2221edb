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


def _merged(common: Any, own_properties: Any) -> Any:
    """Mappings are merged, lists are added up, and of scalars and functions the resource's own_properties wins."""
    if isinstance(common, list) and isinstance(own_properties, list):
        return common + own_properties
    if (
        not isinstance(common, dict)
        or not isinstance(own_properties, dict)
        or is_function(common)
        or is_function(own_properties)
    ):
        return own_properties
    return {
        key: _merged(common[key], own_properties[key])
        if key in common and key in own_properties
        else own_properties.get(key, common.get(key))
        for key in {**common, **own_properties}
    }
