"""Write `relint/change/facts/property_updates.txt` from the schemas of resource types in the installed cfn-lint.

`python scripts/property_updates.py` writes the file; `tests/change/test_property_updates.py` says when it is stale.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "relint" / "change" / "facts" / "property_updates.txt"
HEADING = (
    "# Create-only properties (? conditional, = names the resource, @ and is what Ref returns, ^ within which names are"
    " unique), and ~ lists in any order, of resource types as of"
)
NAME = re.compile(r"(\w*?)(Name|Identifier|Id)")
SCOPE = re.compile(
    r"(Api|App|AppInstance|Application|Channel|ChannelGroup|Cluster|Connector|DBProxy|Database|Domain|EventBus|FileSystem"
    r"|Flow|Function|HostedZone|Instance|Listener|Mesh|Namespace|Project|Registry|Server|Service|Vpc|VPC|Workspace)"
    r"(Arn|Id|Identifier|Name)?|(Semantic)?Version|VersionName"
)
"""Properties with the resource within which a name is unique, and versions, of which each has the same name."""
SHARED_NAMES = {
    "AWS::ApiGateway::ApiKey",
    "AWS::Athena::NamedQuery",
    "AWS::DataPipeline::Pipeline",
    "AWS::DirectoryService::MicrosoftAD",
    "AWS::DirectoryService::SimpleAD",
    "AWS::EMR::Cluster",
    "AWS::EMR::InstanceFleetConfig",
    "AWS::EMR::InstanceGroupConfig",
    "AWS::EMR::Step",
    "AWS::EMRServerless::Application",
    "AWS::Route53::HostedZone",
}
"""Types of which several resources may have the same name, because AWS tells them apart by an identifier of its own."""
ORDERED = {"Command", "CorsRules", "DomainNameServers", "EntryPoint", "HeaderList", "Layers", "NetbiosNameServers"}
"""Lists of unique items whose order has a meaning, of which their schemas say nothing."""


def schema_folder() -> Path:
    """Return the folder of the schemas of cfn-lint."""
    package = importlib.util.find_spec("cfnlint")
    if package is None or package.origin is None:
        raise SystemExit("the schemas are those of cfn-lint, which is not installed")
    return Path(package.origin).parent / "data" / "schemas"


def generate() -> str:
    """Return the content of the file: a line for each type about whose updates its schema says something."""
    folder = schema_folder()
    date = json.loads((folder / "version.json").read_text())["schema_date"][:10]
    files: dict[str, str] = {}
    for provider in sorted((folder / "providers").glob("*.json"), key=lambda file: (file.stem != "us-east-1", file)):
        files = {**json.loads(provider.read_text()), **files}
    lines = [f"{HEADING} {date}"]
    for resource_type, file in sorted(files.items()):
        schema = json.loads((folder / "resources" / f"{file}.json").read_text())
        lines.append(" ".join([resource_type, *property_words(resource_type, schema)]))
    return "\n".join(lines) + "\n"


def property_words(resource_type: str, schema: dict[str, Any]) -> Iterator[str]:
    """Yield the properties of a type that have a meaning for updates, each with its mark."""
    create_only = dotted_paths(schema, "createOnlyProperties") - dotted_paths(schema, "readOnlyProperties")
    identifier = dotted_paths(schema, "primaryIdentifier")
    names, scopes = identity_of(resource_type, create_only, identifier)
    for path in sorted(create_only):
        mark = "@" if {path} == identifier & names == identifier else "=" if path in names else ""
        yield f"{mark or ('^' if path in scopes else '')}{path}"
    for path in sorted(dotted_paths(schema, "conditionalCreateOnlyProperties") - create_only):
        yield f"?{path}"
    for name in sorted(unordered_lists(schema)):
        yield f"~{name}"


def dotted_paths(schema: dict[str, Any], keyword: str) -> set[str]:
    """Return the paths that a keyword lists, with dots between steps and without the steps into lists."""
    pointers = (pointer.split("/")[2:] for pointer in schema.get(keyword, []))
    return {".".join(step for step in steps if step not in ("*", "items")) for steps in pointers}


def identity_of(resource_type: str, create_only: set[str], identifier: set[str]) -> tuple[set[str], set[str]]:
    """Return the properties by which the author names the resource, and those within which the name is unique.

    They are the whole identifier if the author writes all of it; if AWS adds a part of its own, a name beside it.
    """
    if identifier and identifier <= create_only:
        return identifier, set()
    names = set() if resource_type in SHARED_NAMES else names_of(resource_type, create_only)
    return names, (identifier & create_only) | {path for path in create_only - names if SCOPE.fullmatch(path)}


def names_of(resource_type: str, create_only: set[str]) -> set[str]:
    """Return the create-only properties in which the author names the resource: Name, DBInstanceIdentifier."""
    last_word = resource_type.rpartition("::")[2].lower()
    matches = {path: NAME.fullmatch(path) for path in create_only}
    return {
        path
        for path, match in matches.items()
        if match and (path == "Name" or (match[1] and last_word.endswith(match[1].lower())))
    }


def unordered_lists(schema: dict[str, Any]) -> set[str]:
    """Return the names of lists, at any depth, whose order means nothing wherever the type has a list of that name."""
    orders: dict[str, set[bool]] = {}
    for name, node in properties_in(schema):
        for _ in range(5):
            node = referenced(schema, node["$ref"]) if isinstance(node.get("$ref"), str) else node
        if "items" in node:
            is_ordered = node.get("insertionOrder", not node.get("uniqueItems", False)) or name in ORDERED
            orders.setdefault(name, set()).add(bool(is_ordered))
    tags = (schema.get("tagging") or {}).get("tagProperty", "").rpartition("/")[2]
    return {name for name, ordered in orders.items() if ordered == {False} or name == tags}


def properties_in(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name and the schema of each property at any depth of a schema."""
    if isinstance(node, dict):
        properties = node.get("properties")
        if isinstance(properties, dict):
            yield from ((name, value) for name, value in properties.items() if isinstance(value, dict))
        for value in node.values():
            yield from properties_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from properties_in(value)


def referenced(schema: dict[str, Any], pointer: str) -> dict[str, Any]:
    """Return what a pointer such as "#/definitions/Tag" refers to."""
    target: Any = schema
    for key in pointer.removeprefix("#/").split("/"):
        target = target.get(key, {})
    return target if isinstance(target, dict) else {}


if __name__ == "__main__":
    FILE.write_text(generate(), encoding="utf-8")
