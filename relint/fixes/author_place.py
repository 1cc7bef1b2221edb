"""The place in which an author says what a rule judges: a resource, an event of SAM, or a section of Globals."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.fixes.data_paths import exists, is_if, value_at
from relint.fixes.edit import EditError
from relint.model.serverless.passed_on import EXCLUDED_BY, property_of_sam

if TYPE_CHECKING:
    from relint.catalog.rule_edits import Step
    from relint.finding import Finding
    from relint.source.location import Path

NO_VALUE = {"Ref": "AWS::NoValue"}
_SAM = "AWS::Serverless::"
_ATTRIBUTES_OF_SAM = ("DeletionPolicy", "UpdateReplacePolicy")
"""The attributes of a SAM resource that SAM gives to the one that it makes under the same name."""


def resource_path(data: Any, finding: Finding) -> Path:
    """Return the path of the resource of a finding, in the body of a loop too, or of an event or section of SAM."""
    path = finding.path
    while path[:1] == ("Resources",) and path[2:3] == (2,) and len(path) > 3:  # in Fn::ForEach
        if path[4:5] != (2,):
            return path[:4]
        path = (*path[:1], *path[3:])
    if path[2:4] == ("Properties", "Events") and len(path) > 4 and _is_sam(value_at(data, (*path[:2], "Type"))):
        return path[:5]
    return finding.path[:2]


def place_of(data: Any, finding: Finding, anchor: str, steps: tuple[Step, ...]) -> tuple[Path, tuple[Step, ...]]:
    """Return the path of what the author writes, and the steps below it to what a path of an edit names.

    `anchor` is the start of the path of the edit: "$", "@" or "#". Raises EditError if the author does not write it
    there: another file contains the resource, or SAM makes it without such a property.
    """
    if anchor == "#":
        return (), steps
    base = resource_path(data, finding)
    resource = value_at(data, base)
    if not isinstance(resource, dict):
        raise EditError("it is a part of a template in another file; change it by hand")
    if anchor == "@" and len(finding.path) > len(base):
        return finding.path, steps  # which the author has written, so it has the names of SAM
    if base[:1] == ("Globals",):
        below = steps[1:] if steps[:1] == ("Properties",) else steps
        return base, _steps_of_sam({"Type": f"{_SAM}{base[1]}"}, finding, ("Properties", *below))[1:]
    return base, _steps_of_sam(resource, finding, steps)


def reject_reference(data: Any, path: Path) -> None:
    """Raise EditError if a value on the way to `path` comes from a parameter, a mapping or a function."""
    for end in range(2, len(path) + 1):
        value = value_at(data, path[:end])
        is_inside = end < len(path) and isinstance(value, dict) and path[end] in value and len(value) == 1
        if not is_inside and not (end == len(path) and is_if(value)) and value != NO_VALUE:
            source = source_of(data, value)
            if source:
                raise EditError(f"the value {source}")


def source_of(data: Any, value: Any) -> str:
    """Return where a value comes from and what to do about it, as the end of a sentence; "" if it is written there."""
    if not isinstance(value, dict) or len(value) != 1:
        return ""
    ((function, argument),) = value.items()
    if function == "Ref" and not isinstance(argument, str):
        return "has a Ref that names nothing; change it by hand"
    if function == "Ref" and isinstance(value_at(data, ("Parameters", argument)), dict):
        return f"comes from parameter '{argument}'; change its default or the value that is passed"
    if function == "Ref":
        return f"comes from '{argument}'; change it there"
    if function == "Fn::FindInMap":
        name = argument[0] if isinstance(argument, list) and argument and isinstance(argument[0], str) else ""
        return f"comes from mapping '{name}'; change it there" if name else "comes from a mapping; change it there"
    return f"is computed by {function}; change it by hand" if function.startswith("Fn::") else ""


def _steps_of_sam(written: Mapping[str, Any], finding: Finding, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps to a property in what the author writes, given those in the resource that SAM makes of it."""
    written_type, made_type = written.get("Type"), finding.resource_type
    if made_type is None or not isinstance(written_type, str) or written_type == made_type or not steps:
        return steps
    if steps == ("Properties",) or (_is_sam(written_type) and steps[0] in _ATTRIBUTES_OF_SAM):
        return steps
    name = property_of_sam(written_type, made_type, str(steps[1])) if steps[0] == "Properties" else None
    if name is None:
        taker = written_type if _is_sam(written_type) else f"an event of type {written_type}"
        asked = steps[1] if steps[0] == "Properties" else steps[0]
        raise EditError(f"SAM makes this resource, and {taker} takes no {asked}; change it by hand")
    other = EXCLUDED_BY.get(name, "")
    if exists(written, ("Properties", other)):
        raise EditError(f"SAM makes this resource of an event with '{other}'; change that by hand")
    return ("Properties", name, *steps[2:])


def _is_sam(resource_type: Any) -> bool:
    return isinstance(resource_type, str) and resource_type.startswith(_SAM)
