"""A resource that SAM makes, and small helpers to make one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from relint._named_tuple import NamedTuple

Steps = tuple[str | int, ...]


class Made(NamedTuple):
    """A resource that SAM makes of a part of its own resource.

    `place` is the part, as a path below that resource. `moved` says where properties were written that SAM calls
    otherwise: paths below the made resource against paths below the SAM resource.
    """

    logical_id: str
    type: str
    properties: Mapping[str, Any]
    place: Steps = ()
    attributes: Mapping[str, Any] = {}
    moved: Mapping[Steps, Steps] = {}


def mapping(node: Any) -> dict[str, Any]:
    """The node if it is a mapping that is no function call, else an empty one."""
    return node if isinstance(node, dict) and not is_function(node) else {}


def is_function(node: Any) -> bool:
    """Whether a node calls an intrinsic function."""
    return isinstance(node, dict) and len(node) == 1 and next(iter(node)).startswith(("Ref", "Fn::"))


def without(properties: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The properties but those of these names."""
    return {key: value for key, value in properties.items() if key not in names}


def present(**properties: Any) -> dict[str, Any]:
    """The properties that have a value."""
    return {key: value for key, value in properties.items() if value is not None}


def renamed(properties: Mapping[str, Any], names: Mapping[str, str]) -> tuple[dict[str, Any], dict[Steps, Steps]]:
    """The properties with some of them renamed, and where those were written."""
    found = {names.get(key, key): value for key, value in properties.items()}
    moved: dict[Steps, Steps] = {
        ("Properties", new): ("Properties", old) for old, new in names.items() if old in properties
    }
    return found, moved


def arn_of(logical_id: str) -> dict[str, Any]:
    """The call that gives the ARN of a resource."""
    return {"Fn::GetAtt": [logical_id, "Arn"]}
