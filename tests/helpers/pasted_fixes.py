"""Fixes of rules, pasted into templates as a user would do it.

A block of YAML goes where its keys fit. A mapping of logical ids with Type adds resources. Keys beside `Type`, such as
DeletionPolicy, go to the reported resource. Properties go to the innermost mapping on the reported path that may have
them according to the schemas of CloudFormation, then to other places of the resource, then to other resources. Mappings
are merged, lists of items with a key or a name by that, and everything else is replaced. Names in the block stand for
resources of the template or for new ones: see `pasted_names`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import dedent
from typing import Any, NamedTuple

from relint.finding import Finding
from relint.source.read import read_document
from tests.helpers.pasted_names import rename
from tests.helpers.property_schemas import (
    FREE_FORM,
    Schema,
    allows,
    has,
    member_names,
    schema_of_member,
    schema_of_resource,
)

_BLOCK = re.compile(r"(?:^ {4}.*(?:\n|$)|^\n(?= {4}))+", re.MULTILINE)
_INLINE = re.compile(r"`([A-Z][A-Za-z]+: [^`]+)`")
_REMOVED = re.compile(
    r"\b(?:in place of|instead of|[Ww]ithout|[Tt]ake|[Ll]eave|[Rr]emove|[Dd]rop)"
    r"\s+((?:(?:,\s|\sand\s|\sor\s)?`?[A-Z]\w+`?)+)"
)
_REMOVES_REPORTED = re.compile(r"\b(?:[Tt]ake|[Ll]eave) (?:it|the (?:line|name|property)) (?:out|off)\b")
_ATTRIBUTES = {
    *("CreationPolicy", "DeletionPolicy", "DependsOn", "Metadata", "Properties", "UpdatePolicy"),
    *("UpdateReplacePolicy", "Condition"),
}
_SECTIONS = {"Conditions", "Mappings", "Parameters", "Outputs", "Globals"}
_KEYS_OF_ITEMS = (
    *(("Key",), ("Namespace", "OptionName"), ("Name",), ("AttributeName",), ("DomainName",), ("Id",), ("RuleName",)),
    ("IndexName",),
)


class Fix(NamedTuple):
    """What a fix offers: its blocks, short ones within sentences, and the properties that it takes out.

    `removed` are names of properties, and None for the property that is reported.
    """

    blocks: tuple[Any, ...]
    inline: tuple[Any, ...]
    removed: frozenset[str | None]


def read_fix(text: str) -> Fix:
    """Return the parts of the text of a fix; the blocks are data in which short tags are expanded."""
    prose = " ".join(_BLOCK.sub("\n", text).split())
    return Fix(
        blocks=tuple(
            read_document(part, "fix.yaml").data
            for block in _BLOCK.findall(text)
            for part in re.split(r"\n\n(?=\S)", dedent(block))
        ),
        inline=tuple(read_document(code, "fix.yaml").data for code in _INLINE.findall(prose) if "..." not in code),
        removed=frozenset(
            [
                *(name for names in _REMOVED.findall(prose) for name in re.findall(r"[A-Z]\w+", names)),
                *(None for _ in _REMOVES_REPORTED.findall(prose)),
            ]
        ),
    )


class Plan(NamedTuple):
    """A way to follow a fix: the blocks to paste, and how.

    `changes_existing`: a resource in a block stands for the one of its type in the template.
    """

    blocks: tuple[Any, ...]
    removed: frozenset[str | None]
    changes_existing: bool


def paste(template: Mapping[str, Any], plan: Plan, finding: Finding) -> dict[str, Any] | None:
    """Return the template with the blocks of a plan pasted for a finding, or None if one of them fits nowhere."""
    result: dict[str, Any] = copy.deepcopy(dict(template))
    reported = str(finding.logical_id)
    if reported not in result["Resources"]:
        return None
    if None in plan.removed:
        _remove_at(result, finding.path)
    if not _remove(result["Resources"][reported], plan.removed):
        _remove(result["Resources"], plan.removed)
    for block in plan.blocks:
        renamed = rename(copy.deepcopy(block), result, reported, changes_existing=plan.changes_existing)
        if not _paste_block(result, renamed, finding):
            return None
    return result


def _remove_at(template: Any, path: Sequence[str | int]) -> None:
    """Take out the value at a path, if there is one below the properties."""
    for step in path[:-1]:
        if not ((isinstance(template, dict) and step in template) or isinstance(template, list)):
            return
        template = template[step]
    if len(path) > 3 and isinstance(template, dict):
        template.pop(path[-1], None)


def _remove(value: Any, names: frozenset[str | None]) -> bool:
    """Take properties out of a value, wherever they stand in it; return whether there were any."""
    found = names & set(value) if isinstance(value, dict) else frozenset()
    for name in found:
        del value[name]
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    removals = [_remove(member, names) for member in members]
    return bool(found) or any(removals)


def _paste_block(template: dict[str, Any], block: Any, finding: Finding) -> bool:
    if isinstance(block, list):
        return _paste_items(template, block, finding)
    if set(block) <= _SECTIONS:
        merge(template, block)
        return True
    if all(isinstance(value, dict) and "::" in str(value.get("Type")) for value in block.values()):
        for name, resource in block.items():
            merge(template["Resources"].setdefault(name, {}), resource)
        return True
    for target in _targets(template, block, finding):
        old = copy.deepcopy(target)
        merge(target, block)
        if target == old:
            continue
        if "::" in str(block.get("Type")) and "Properties" in target:
            schema = schema_of_resource(target["Type"])
            target["Properties"] = {key: item for key, item in target["Properties"].items() if has(schema, [key])}
        return True
    return False


def _resources(template: dict[str, Any], finding: Finding) -> Iterator[tuple[dict[str, Any], Sequence[str | int]]]:
    """Yield the resources with the rest of the reported path in them, the reported one first."""
    names = [finding.logical_id, *(related.logical_id for related in finding.related), *template["Resources"]]
    for name in dict.fromkeys(names):
        if "Type" in template["Resources"].get(name, ()):  # Fn::ForEach has none
            yield template["Resources"][name], finding.path[3:] if name == finding.logical_id else ()


def _targets(template: dict[str, Any], block: dict[str, Any], finding: Finding) -> Iterator[dict[str, Any]]:
    """Yield the mappings into which the block may be merged, the likeliest first."""
    for resource, steps in _resources(template, finding):
        if _ATTRIBUTES & set(block):
            yield resource
            continue
        is_open = schema_of_resource(resource["Type"]) is FREE_FORM or "Definition" in resource.get("Properties", {})
        mappings = [place for place in _places(resource, steps) if isinstance(place[0], dict)]
        mappings = [place for place in mappings if not _is_function(place[0])]
        yield from (node for node, schema, _ in mappings if has(schema, block))
        yield from (node for node, schema, on_path in mappings if (on_path or is_open) and allows(schema, block))
    for resource, _ in _resources(template, finding):
        schema = schema_of_resource(resource["Type"])
        for name in member_names(schema):
            if name not in resource["Properties"] and has(schema_of_member(schema, name), block):
                yield resource["Properties"].setdefault(name, {})


def _places(resource: dict[str, Any], steps: Sequence[str | int]) -> Iterator[tuple[Any, Schema | None, bool]]:
    """Yield the values of a resource, their schemas, and whether they are on the path; these first, from its end."""
    properties = resource.setdefault("Properties", {})
    schema = schema_of_resource(resource["Type"])
    on_path = [(properties, schema)]
    for step in steps:
        node, node_schema = on_path[-1]
        if not ((isinstance(node, dict) and step in node) or (isinstance(node, list) and isinstance(step, int))):
            break
        on_path.append((node[step], schema_of_member(node_schema, step)))
    yield from ((node, node_schema, True) for node, node_schema in reversed(on_path))
    queue = [(properties, schema)]
    while queue:
        node, node_schema = queue.pop(0)
        yield node, node_schema, False
        members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        queue += [(member, schema_of_member(node_schema, step)) for step, member in members]


def _paste_items(template: dict[str, Any], items: list[Any], finding: Finding) -> bool:
    """Add items to the innermost list that may have them, before its last one, or to a new list."""
    for resource, steps in _resources(template, finding):
        for node, schema, _ in _places(resource, steps):
            if isinstance(node, list) and schema and all(has(schema_of_member(schema, 0), item) for item in items):
                merged = _merged(list(node), items)
                is_new = merged is items or len(merged) == len(node) + len(items)
                node[:] = [*node[:-1], *items, *node[-1:]] if is_new else merged
                return True
            for name in member_names(schema) if isinstance(node, dict) else ():
                item_schema = schema_of_member(schema_of_member(schema, name), 0)
                if name not in node and item_schema and all(has(item_schema, item) for item in items):
                    node[name] = items
                    return True
    return False


def merge(target: dict[str, Any], addition: Mapping[str, Any]) -> None:
    """Merge a mapping into another: mappings and lists of named items member by member, others replaced."""
    for key, value in addition.items():
        target[key] = _merged(target[key], value) if key in target else value


def _merged(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict) and not _is_function(old) and not _is_function(new):
        merge(old, new)
        return old
    if isinstance(old, list) and isinstance(new, list):
        for keys in _KEYS_OF_ITEMS:
            if all(isinstance(item, dict) and item.keys() >= set(keys) for item in (*old, *new)):
                names = [[item[key] for key in keys] for item in new]
                return [item for item in old if [item[key] for key in keys] not in names] + new
    return new


def _is_function(value: Mapping[str, Any]) -> bool:
    return len(value) == 1 and next(iter(value)).startswith(("Ref", "Fn::"))
