"""A resource that SAM generates, and helpers that build its properties."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from relint._typing import Any, NamedTuple

Steps = tuple[str | int, ...]


class GeneratedResource(NamedTuple):
    """A resource that SAM generates from a part of a SAM resource.

    `source_path` is the path of the part below the SAM resource. `source_paths` are the paths of renamed properties:
    from the path below the generated resource to the path below the SAM resource. `globals_type` is the type whose
    Globals it takes, if that is not the type of the SAM resource.
    """

    logical_id: str
    type: str
    properties: Mapping[str, Any]
    source_path: Steps = ()
    attributes: Mapping[str, Any] = MappingProxyType({})
    source_paths: Mapping[Steps, Steps] = MappingProxyType({})
    globals_type: str = ""


def as_mapping(node: Any) -> dict[str, Any]:
    """Return a node that is a mapping and not a function call, else an empty mapping."""
    return node if isinstance(node, dict) and not is_function(node) else {}


def is_function(node: Any) -> bool:
    """Whether a node calls an intrinsic function."""
    return isinstance(node, dict) and len(node) == 1 and next(iter(node)).startswith(("Ref", "Fn::"))


def omit(properties: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return the properties without the named ones."""
    return {key: value for key, value in properties.items() if key not in names}


def drop_none(**properties: Any) -> dict[str, Any]:
    """Return the properties whose value is not None."""
    return {key: value for key, value in properties.items() if value is not None}


def rename_properties(
    properties: Mapping[str, Any], names: Mapping[str, str]
) -> tuple[dict[str, Any], dict[Steps, Steps]]:
    """Return the properties with new names, and the source paths of the renamed ones."""
    renamed = {names.get(key, key): value for key, value in properties.items()}
    source_paths: dict[Steps, Steps] = {
        ("Properties", new): ("Properties", old) for old, new in names.items() if old in properties
    }
    return renamed, source_paths


def arn_of(logical_id: str) -> dict[str, Any]:
    """Return the function call that returns the ARN of a resource."""
    return {"Fn::GetAtt": [logical_id, "Arn"]}
