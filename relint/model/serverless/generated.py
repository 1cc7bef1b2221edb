"""A resource that SAM makes, and small helpers to make one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from relint._named_tuple import NamedTuple

Steps = tuple[str | int, ...]


class GeneratedResource(NamedTuple):
    """A resource that SAM generates from a part of a SAM resource.

    `source_path` is the path of the part below the SAM resource. `source_paths` are the paths of renamed properties:
    from the path below the generated resource to the path below the SAM resource.
    """

    logical_id: str
    type: str
    properties: Mapping[str, Any]
    source_path: Steps = ()
    attributes: Mapping[str, Any] = {}
    source_paths: Mapping[Steps, Steps] = {}


def as_mapping(node: Any) -> dict[str, Any]:
    """The node if it is a mapping that is no function call, else an empty one."""
    return node if isinstance(node, dict) and not is_function(node) else {}


def is_function(node: Any) -> bool:
    """Whether a node calls an intrinsic function."""
    return isinstance(node, dict) and len(node) == 1 and next(iter(node)).startswith(("Ref", "Fn::"))


def omit(properties: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The properties but those of these names."""
    return {key: value for key, value in properties.items() if key not in names}


def drop_none(**properties: Any) -> dict[str, Any]:
    """The properties that have a value."""
    return {key: value for key, value in properties.items() if value is not None}


def rename_properties(
    properties: Mapping[str, Any], names: Mapping[str, str]
) -> tuple[dict[str, Any], dict[Steps, Steps]]:
    """The properties with some of them renamed, and where those were written."""
    found = {names.get(key, key): value for key, value in properties.items()}
    source_paths: dict[Steps, Steps] = {
        ("Properties", new): ("Properties", old) for old, new in names.items() if old in properties
    }
    return found, source_paths


def arn_of(logical_id: str) -> dict[str, Any]:
    """The call that gives the ARN of a resource."""
    return {"Fn::GetAtt": [logical_id, "Arn"]}
