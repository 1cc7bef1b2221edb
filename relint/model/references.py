"""The references between the resources of a template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.resolve.value import Unknown, attribute_name, reference_calls, referenced_id

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.resolve.deployments import Deployments
    from relint.source.location import Path

_PLACEHOLDER = r"\$\{([^!.${}][^.${}]*)(?:\.([^${}]*))?\}"  # compiled on first use

_REFERENCE_FUNCTIONS = frozenset({"Ref", "Fn::GetAtt", "Fn::Sub"})
_LINKING_FUNCTIONS = _REFERENCE_FUNCTIONS | {"Fn::ImportValue", "Fn::GetStackOutput"}
_COLLECTIONS = frozenset({dict, list})
_LinkedPath = tuple[Any, str | int]
"""The path before a step, and the step. Only the few paths that lead to a reference are converted to tuples."""


class Reference(NamedTuple):
    """A reference from the resource `source` to the resource `target` at `path`.

    `attribute` is the attribute of a Fn::GetAtt, "" for a Ref. `property` is the path below the resource in the form
    of the rule language: without functions, "*" for each list index.
    """

    source: str
    target: str
    path: Path
    property: tuple[str, ...]
    attribute: str


class References(NamedTuple):
    """The references of a template, by the logical id of their source and of their target."""

    outgoing: Mapping[str, tuple[Reference, ...]]
    incoming: Mapping[str, tuple[Reference, ...]]


_NAMED_TYPES = {
    "AWS::AutoScaling::LaunchConfiguration": "LaunchConfigurationName",
    "AWS::EC2::LaunchTemplate": "LaunchTemplateName",
}
"""Types to which others also refer by the name that the template gives, and the property of both sides."""


def build_references(resources: Mapping[str, Resource], deployments: Deployments) -> References:
    """Return all references between resources, DependsOn included, in the order of the template.

    A launch template or configuration is also referred to by its name, if both resources write it alike. Resources of
    other stacks are referred to through parameters, outputs and imports.
    """
    outgoing: dict[str, list[Reference]] = {}
    incoming: dict[str, list[Reference]] = {}
    names = _names(resources)
    for resource in resources.values():
        references = _references(resource, deployments)
        for target, attribute, path in chain(references, _references_by_name(resource, names)) if names else references:
            if target in resources:
                reference = Reference(
                    resource.logical_id, target, path, property_path(path[len(resource.path) :]), attribute
                )
                outgoing.setdefault(reference.source, []).append(reference)
                incoming.setdefault(reference.target, []).append(reference)
    return References(_with_tuples(outgoing), _with_tuples(incoming))


def _names(resources: Mapping[str, Resource]) -> dict[tuple[str, str], str]:
    """Return the logical id of each named launch template and configuration, by the property and its value."""
    names: dict[tuple[str, str], str] = {}
    for resource in resources.values():
        key = _NAMED_TYPES.get(resource.type)
        properties = resource.body.get("Properties")
        if key is not None and isinstance(properties, dict) and properties.get(key):
            names[key, repr(properties[key])] = resource.logical_id
    return names


def _references_by_name(resource: Resource, names: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str, Path]]:
    stack: list[tuple[Any, Path]] = [(resource.body.get("Properties"), (*resource.path, "Properties"))]
    while stack:
        node, path = stack.pop()
        members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in members:
            target = names.get((str(key), repr(value))) if key in _NAMED_TYPES.values() else None
            if target is not None and target != resource.logical_id:
                yield target, "", (*path, key)
            elif isinstance(value, dict | list):
                stack.append((value, (*path, key)))


def property_path(path: Path) -> tuple[str, ...]:
    """Return a path without functions: Fn::If and the index of its branch are left out, other functions end it."""
    steps: list[str] = []
    is_branch_index = False
    for step in path:
        if is_branch_index:
            is_branch_index = False
        elif step == "Fn::If":
            is_branch_index = True
        elif isinstance(step, int):
            steps.append("*")
        elif step == "Ref" or step.startswith("Fn::"):
            break
        else:
            steps.append(step)
    return tuple(steps)


def mapping_with(resource: Resource, reference: Reference, *keys: str) -> dict[str, Any] | None:
    """Return the outermost mapping with one of the keys on the way to a reference in a resource, as it is written."""
    node: Any = resource.body
    for step in reference.path[len(resource.path) :]:
        if isinstance(node, dict) and any(key in node for key in keys):
            return node
        node = node[step]
    return None


def _with_tuples(references: dict[str, list[Reference]]) -> dict[str, tuple[Reference, ...]]:
    return {key: tuple(value) for key, value in references.items()}


def _references(resource: Resource, deployments: Deployments) -> Iterator[tuple[str, str, Path]]:
    depends_on = resource.body.get("DependsOn", ())
    for index, target in enumerate(depends_on if isinstance(depends_on, list) else [depends_on]):
        if isinstance(target, str):
            path = (*resource.path, "DependsOn")
            yield target, "", (*path, index) if isinstance(depends_on, list) else path
    linked = deployments.cross_stack_values.resources
    may_refer_to_linked = linked and resource.logical_id not in linked  # which contain direct references only
    keys = [key for key in resource.body if key not in ("DependsOn", "Type")]
    stack: list[tuple[Any, _LinkedPath]] = [(resource.body[key], (None, key)) for key in reversed(keys)]
    while stack:
        node, linked_path = stack.pop()
        if node.__class__ is dict:
            if len(node) == 1:
                (name,) = node
                if name in _REFERENCE_FUNCTIONS:
                    for target, attribute in _reference_targets(name, node[name]):
                        yield target, attribute, (*resource.path, *_steps(linked_path), name)
                if may_refer_to_linked and name in _LINKING_FUNCTIONS:
                    for target, attribute in _linked_targets(name, node[name], deployments):
                        yield target, attribute, (*resource.path, *_steps(linked_path), name)
            members = [(value, (linked_path, key)) for key, value in node.items() if value.__class__ in _COLLECTIONS]
            stack += reversed(members)
        elif node.__class__ is list:
            items = [(item, (linked_path, index)) for index, item in enumerate(node) if item.__class__ in _COLLECTIONS]
            stack += reversed(items)


def _linked_targets(name: str, argument: Any, deployments: Deployments) -> Iterator[tuple[str, str]]:
    """Yield the resources of other stacks to which a function refers through a parameter, an output or an import."""
    from relint.resolve.scenario import Scenario  # most stacks have no such resources

    linked = deployments.cross_stack_values.resources
    value = Scenario(deployments).resolve_deep({name: argument}, ())
    for member in value if isinstance(value, list) else [value]:
        if isinstance(member, Unknown):
            for reference in reference_calls(member.expression):
                target, attribute = str(referenced_id(reference)), attribute_name(reference)
                if target in linked and argument not in (target, [target, attribute]):
                    yield target, attribute or ""


def _steps(linked_path: _LinkedPath | None) -> list[str | int]:
    steps: list[str | int] = []
    while linked_path is not None:
        linked_path, step = linked_path
        steps.append(step)
    return steps[::-1]


def _reference_targets(name: str, argument: Any) -> Iterator[tuple[str, str]]:
    if name == "Ref" and isinstance(argument, str):
        yield argument, ""
    elif name == "Fn::GetAtt":
        parts = argument.split(".", 1) if isinstance(argument, str) else argument
        if isinstance(parts, list) and len(parts) == 2 and isinstance(parts[0], str):
            yield parts[0], parts[1] if isinstance(parts[1], str) else ""
    elif name == "Fn::Sub":
        text = argument[0] if isinstance(argument, list) and argument else argument
        if isinstance(text, str) and "${" in text:
            for match in re.finditer(_PLACEHOLDER, text):
                yield match[1].strip(), (match[2] or "").strip()
