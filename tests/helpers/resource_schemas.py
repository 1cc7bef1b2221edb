"""CloudFormation's schemas of resource types, as cfn-lint ships them, read without starting cfn-lint."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

Step = str | int | tuple[Any, ...]
_REGION = "us-east-1"


@cache
def schema_folder() -> Path:
    """Return the folder of the schemas."""
    package = importlib.util.find_spec("cfnlint")
    assert package is not None and package.origin is not None, "the schemas are those of cfn-lint, which is missing"
    return Path(package.origin).parent / "data" / "schemas"


@cache
def files_by_type() -> dict[str, str]:
    """Return the names of schema files by resource type."""
    files: dict[str, str] = json.loads((schema_folder() / "providers" / f"{_REGION}.json").read_text())
    return files


@cache
def schema(resource_type: str) -> dict[str, Any]:
    """Return the schema of a resource type; empty for types without one."""
    name = files_by_type().get(resource_type)
    if name is None:
        return {}
    content: dict[str, Any] = json.loads((schema_folder() / "resources" / f"{name}.json").read_text())
    return content


def properties(resource_type: str, keyword: str) -> set[str]:
    """Return the properties of a resource type that a keyword of its schema lists."""
    return {path.split("/")[2] for path in schema(resource_type).get(keyword, [])}


def is_listed(resource_type: str, path: str, keyword: str) -> bool:
    """Whether a keyword of the schema, such as createOnlyProperties, lists the property at a path or a parent."""
    return any(path == name or path.startswith(f"{name}.") for name in _listed_paths(resource_type, keyword))


def has_listed_child(resource_type: str, path: str, keyword: str) -> bool:
    """Whether a keyword of the schema lists a property below the one at a dotted path."""
    return any(name.startswith(f"{path}.") for name in _listed_paths(resource_type, keyword))


@cache
def _listed_paths(resource_type: str, keyword: str) -> set[str]:
    pointers = schema(resource_type).get(keyword, [])
    return {".".join(step for step in pointer.split("/")[2:] if step not in ("*", "items")) for pointer in pointers}


def property_exists(resource_type: str, path: str) -> bool:
    """Whether a dotted path below Properties leads somewhere, through lists and into JSON documents."""
    steps = path.split(".")
    for length in range(len(steps), 0, -1):
        nodes = nodes_at(resource_type, steps[:length])
        if nodes:
            documents = [node for node in nodes if "object" in node.get("type", ()) and "properties" not in node]
            return length == len(steps) or bool(documents)
    return False


def nodes_at(resource_type: str, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return the schemas of the values at a path below Properties; none if no property is there."""
    content = schema(resource_type)
    return list(_nodes(content, content, list(steps))) if content else []


def _nodes(content: dict[str, Any], node: dict[str, Any], steps: list[Step]) -> Iterator[dict[str, Any]]:
    if "$ref" in node:
        yield from _nodes(content, _referenced(content, node["$ref"]), steps)
        return
    for keyword in ("anyOf", "oneOf", "allOf"):
        for option in node.get(keyword, ()):
            yield from _nodes(content, option, steps)
    if not steps:
        yield node
        return
    head, *rest = steps
    if "items" in node:
        yield from _nodes(content, node["items"], rest if head == "*" or isinstance(head, int | tuple) else steps)
    elif isinstance(head, str) and head in node.get("properties", {}):
        yield from _nodes(content, node["properties"][head], rest)
    else:
        for option in node.get("patternProperties", {}).values():
            yield from _nodes(content, option, rest)


def enum_at(resource_type: str, steps: Sequence[Step]) -> list[Any]:
    """Return the values that the schema allows at a path; none if it allows any."""
    return [value for node in nodes_at(resource_type, steps) for value in node.get("enum", [])]


def default_at(resource_type: str, steps: Sequence[Step]) -> list[Any]:
    """Return the default that the schema names at a path, in a list; an empty list if it names none."""
    return [node["default"] for node in nodes_at(resource_type, steps) if "default" in node][:1]


def description_at(resource_type: str, steps: Sequence[Step]) -> str:
    """Return the words of the schema about the value at a path."""
    return " ".join(node.get("description", "") for node in nodes_at(resource_type, steps))


def is_required(resource_type: str, steps: Sequence[Step]) -> bool:
    """Whether the schema demands the property at a path wherever what contains it is written."""
    parents = nodes_at(resource_type, steps[:-1]) if len(steps) > 1 else [schema(resource_type)]
    content = schema(resource_type)
    return any(steps[-1] in _item(content, parent).get("required", []) for parent in parents)


def _item(content: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of the items of a list; any other schema is returned unchanged."""
    item: dict[str, Any] = node.get("items", node)
    while "$ref" in item:
        item = _referenced(content, item["$ref"])
    return item


def _referenced(content: dict[str, Any], pointer: str) -> dict[str, Any]:
    """Return what a pointer such as "#/definitions/Tag" refers to."""
    found: dict[str, Any] = content
    for key in pointer.removeprefix("#/").split("/"):
        found = found[key]
    return found


def paths_to(resource_type: str, name_pattern: str, depth: int = 4) -> list[str]:
    """Return the paths, such as "VpcConfig.SubnetIds", to properties whose name a regular expression finds."""
    content = schema(resource_type)
    if not re.search(name_pattern, _property_names(resource_type), re.MULTILINE):
        return []
    return sorted(set(_paths(content, content, (), re.compile(name_pattern), depth)))


@cache
def _property_names(resource_type: str) -> str:
    """Return the names of all properties of a schema in one text, for a first look, on lines of their own."""
    return "\n".join(re.findall(r'"(\w+)": \{', json.dumps(schema(resource_type))))


def _paths(
    content: dict[str, Any], node: dict[str, Any], path: tuple[str, ...], pattern: re.Pattern[str], depth: int
) -> Iterator[str]:
    node = _item(content, node)
    while "$ref" in node:
        node = _item(content, _referenced(content, node["$ref"]))
    for keyword in ("anyOf", "oneOf", "allOf"):
        for option in node.get(keyword, ()):
            yield from _paths(content, option, path, pattern, depth)
    for name, value in node.get("properties", {}).items():
        if pattern.search(name):
            yield ".".join((*path, name))
        if len(path) < depth:
            yield from _paths(content, value, (*path, name), pattern, depth)


def extension_values(path: str) -> set[str]:
    """Return all values in the enumerations of an extension of cfn-lint, in all Regions."""
    texts = re.findall(r'"enum": (\[.*?\])', (schema_folder() / "extensions" / path).read_text(), re.DOTALL)
    return {value for text in texts for value in json.loads(text)}
