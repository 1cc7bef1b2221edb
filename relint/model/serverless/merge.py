"""The Globals section of a SAM template.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/ (Globals section of the template)
"""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import Any
from relint.model.serverless.generated import is_function


def with_globals(body: dict[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a resource with the Globals of its type merged into the properties.

    IgnoreGlobals, an attribute of the resource, is "*" or a list of properties that the resource does not take.
    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
    """
    sections = data.get("Globals")
    if not isinstance(sections, dict):
        return body
    defaults = sections.get(body["Type"].removeprefix("AWS::Serverless::"))
    ignored = body.get("IgnoreGlobals")
    if not isinstance(defaults, dict) or ignored == "*":
        return body
    if isinstance(ignored, list):
        defaults = {name: value for name, value in defaults.items() if name not in ignored}
    return {**body, "Properties": _merge(defaults, body.get("Properties") or {})}


def _merge(default: Any, value: Any) -> Any:
    """Merge mappings and concatenate lists; scalars and functions of the resource replace the default."""
    if isinstance(default, list) and isinstance(value, list):
        return default + value
    if not isinstance(default, dict) or not isinstance(value, dict) or is_function(default) or is_function(value):
        return value
    return {
        key: _merge(default[key], value[key]) if key in default and key in value else value.get(key, default.get(key))
        for key in {**default, **value}
    }
