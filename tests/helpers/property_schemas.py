"""The properties that the CloudFormation schemas of cfn-lint allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

FREE_FORM = None
"""Stands for the schema of a value that may have any members, such as a policy document."""


class Schema(NamedTuple):
    """The schema of a value, and that of the resource type, which has the definitions."""

    node: Mapping[str, Any]
    root: Mapping[str, Any]


@cache
def schema_of_resource(resource_type: str) -> Schema | None:
    """Return the schema of the properties; FREE_FORM for types of transforms, of which there is none."""
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    if not resource_type.startswith("AWS::") or resource_type.startswith("AWS::Serverless::"):
        return FREE_FORM
    root = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
    return Schema(root, root)


def schema_of_member(schema: Schema | None, step: str | int) -> Schema | None:
    """Return the schema of a property or of an item."""
    for node in _alternatives(schema):
        if isinstance(step, int) and "items" in node:
            return Schema(node["items"], schema.root)
        if step in node.get("properties", {}):
            return Schema(node["properties"][step], schema.root)
        for pattern in node.get("patternProperties", {}).values():
            return Schema(pattern, schema.root)
    return FREE_FORM


def member_names(schema: Schema | None) -> list[str]:
    """Return the names of the properties in a schema."""
    return [name for node in _alternatives(schema) for name in node.get("properties", ())]


def has(schema: Schema | None, keys: Iterable[str]) -> bool:
    """Whether a schema names all of these keys."""
    return all(any(key in node.get("properties", {}) for node in _alternatives(schema)) for key in keys)


def allows(schema: Schema | None, keys: Iterable[str]) -> bool:
    """Whether a mapping may have all of these keys; one of free form may, as may one with patterns for keys."""
    return is_free_form(schema) or has(schema, keys) or any("patternProperties" in n for n in _alternatives(schema))


def is_free_form(schema: Schema | None) -> bool:
    """Whether a schema says nothing about members."""
    return not any({"properties", "patternProperties", "items"} & set(node) for node in _alternatives(schema))


def _alternatives(schema: Schema | None) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and its alternatives, with references followed; nothing for FREE_FORM."""
    if schema is FREE_FORM:
        return
    node = schema.node
    while "$ref" in node:
        node = schema.root["definitions"][node["$ref"].rsplit("/", 1)[-1]]
    yield node
    for keyword in ("anyOf", "oneOf", "allOf"):
        for option in node.get(keyword, ()):
            yield from _alternatives(Schema(option, schema.root))
