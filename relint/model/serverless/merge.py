"""The Globals section of a SAM template.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/ (Globals section of the template)
"""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import Any, NamedTuple
from relint.model.serverless.generated import Steps, is_function


def with_globals(body: dict[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a resource with the Globals of its type merged into the properties.

    IgnoreGlobals, an attribute of the resource, is "*" or a list of properties that the resource does not take.
    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
    """
    taken = taken_globals(body, data)
    return {**body, "Properties": _merge(taken.defaults, taken.properties)} if taken else body


class TakenGlobals(NamedTuple):
    """The Globals that a resource takes: the name of the section, its properties, and those of the resource itself."""

    section: str
    defaults: Mapping[str, Any]
    properties: Any

    def written_path(self, steps: Steps) -> tuple[bool, Steps]:
        """Return whether the value at a path below the merged properties is written in Globals, and its path there.

        Otherwise the path is one below the properties of the resource. A value that neither sets is missing there.
        """
        default, value = self.defaults, self.properties
        for depth, step in enumerate(steps):
            if isinstance(default, list) and isinstance(value, list) and isinstance(step, int):
                if step < len(default):
                    return True, steps
                return False, (*steps[:depth], step - len(default), *steps[depth + 1 :])
            if not isinstance(default, dict) or not isinstance(value, dict):
                break
            if is_function(default) or is_function(value) or step not in default:
                break
            if step not in value:
                return True, steps
            default, value = default[step], value[step]
        return False, steps


def taken_globals(body: Mapping[str, Any], data: Mapping[str, Any]) -> TakenGlobals | None:
    """Return the Globals that a resource takes; None if its type has none, or if it ignores all of them."""
    sections = data.get("Globals")
    if not isinstance(sections, dict):
        return None
    section = body["Type"].removeprefix("AWS::Serverless::")
    defaults = sections.get(section)
    ignored = body.get("IgnoreGlobals")
    if not isinstance(defaults, dict) or ignored == "*":
        return None
    if isinstance(ignored, list):
        defaults = {name: value for name, value in defaults.items() if name not in ignored}
    return TakenGlobals(section, defaults, body.get("Properties") or {})


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
