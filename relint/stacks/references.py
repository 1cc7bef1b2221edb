"""References from one stack to the resources of another, with names that mean the same resource in both.

A stack names its own resources by logical id. It names those of a nested stack "Network.Vpc", as in `Fn::GetAtt`, those
of its parent "Vpc of parent.yaml" or "Network.Vpc of parent.yaml", and those of a stack whose export it imports "Vpc of
stack network.yaml". A logical id contains neither dots nor spaces, so no name means two resources. `resource_address`
reads such a name.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.resolve.scenario import Scenario
from relint.resolve.value import (
    ABSENT,
    Expression,
    Unknown,
    arguments_of,
    attribute_name,
    concat,
    function_name,
    is_call,
    is_concat,
    parts_of,
    referenced_id,
    references,
)

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.template import Template
    from relint.source.location import Path

MAX_LINKED_RESOURCES = 200
"""Resources of other stacks that one stack sees: the nearest to those to which it refers."""

_SAME_IN_ALL_STACKS = ("AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::URLSuffix")
_PURE_FUNCTIONS = frozenset(
    {"Base64", "Cidr", "Concat", "Dynamic", "GetAZs", "GetStackOutput", "Id", "ImportValue", "Items", "Join", "Length"}
    | {"List", "Member", "Select", "Split", "ToJsonString", "Zone"}
)
"""Functions whose result follows from their arguments alone, in whichever stack."""
STACK_TYPES = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")
"""Types of nested stacks. What one takes and returns relates the resources behind it, not the stack."""
_OWN_ATTRIBUTES = ("Condition", "DependsOn", "Metadata", "Type")
_OF = " of "
EXPORTING_STACK = "stack "
"""The word before the file of a stack in the name of its resources, in stacks that are not below it."""


class Rename(NamedTuple):
    """A function from the name of a resource or parameter in one stack to its name in another.

    Functions with equal keys are equal.
    """

    key: str
    function: Callable[[str], str]

    def __call__(self, name: str) -> str:
        """Return the name in the other stack."""
        return self.function(name)


class ResourceAddress(NamedTuple):
    """A resource in a set of stacks: the file of a stack, the nested stacks below it, and the logical id."""

    file: str
    nested_stacks: tuple[str, ...]
    logical_id: str


def resource_address(template: Template, name: str) -> ResourceAddress:
    """Return the resource that a name means in a template: the logical id in a Ref or Fn::GetAtt of a resolved value.

    "Network.Vpc of root.yaml" is the resource "Vpc" of the nested stack "Network" of the stack of "root.yaml".
    """
    (*nested_stacks, logical_id), file = split_name(name)
    return ResourceAddress(
        file.removeprefix(EXPORTING_STACK) or template.document.file, tuple(nested_stacks), logical_id
    )


def split_name(name: str) -> tuple[list[str], str]:
    """Return the logical ids in a name, of nested stacks and of the resource, and the file, empty for this stack."""
    path, _, file = name.partition(_OF)
    return path.split("."), file


def name_in_file(logical_ids: Sequence[str], file: str) -> str:
    """Return the name of a resource below the stack of a file; an empty file means this stack."""
    path = ".".join(logical_ids)
    return f"{path}{_OF}{file}" if file else path


def names_in_nested_stack(parent_file: str) -> Rename:
    """Return the function from a name in the parent to the name in its nested stacks."""

    def rename(name: str) -> str:
        return name if _OF in name else f"{name}{_OF}{parent_file}"

    return Rename(f"of {parent_file}", rename)


def names_in_parent(logical_id: str, parent_file: str) -> Rename:
    """Return the function from a name in a nested stack to the name in its parent, where it has this logical id."""

    def rename(name: str) -> str:
        own_name, _, file = name.partition(_OF)
        if file:
            return own_name if file == parent_file else name
        return f"{logical_id}.{name}"

    return Rename(f"{logical_id} in {parent_file}", rename)


def names_in_importer(exporter_file: str) -> Rename:
    """Return the function from a name in a stack with exports to the name in the stacks that import them."""
    return names_in_nested_stack(EXPORTING_STACK + exporter_file)


def shared_reference(template: Template, value: Any, rename: Rename) -> Unknown | None:
    """Return a value that refers to resources, with the names of another stack; None for any other value.

    A list becomes a text with commas, as CloudFormation passes it.
    """
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        items = [item for position, member in enumerate(value) for item in ((",", member) if position else (member,))]
        value = concat(items, "a list of values that are known only on deployment")
    if not isinstance(value, Unknown):
        return None
    names = references(value.expression) & template.resources.keys()
    if all(template.resources[name].type in STACK_TYPES for name in names):
        return None
    return value._replace(expression=_renamed(value.expression, rename))


def linked_resources(template: Template, values: Iterable[Unknown], rename: Rename) -> dict[str, dict[str, Any]]:
    """Return the bodies of the resources to which shared values refer, directly or through others, by their new name.

    `values` are results of `shared_reference`. The nearest resources come first.
    """
    named = {name for value in values for name in references(value.expression)}
    key = f"resources linked to {sorted(named)} {rename.key}"
    if key not in template.cache:
        template.cache[key] = _referenced_resources(template, named, rename) if named else {}
    linked: dict[str, dict[str, Any]] = template.cache[key]
    return linked


def _referenced_resources(template: Template, named: set[str], rename: Rename) -> dict[str, dict[str, Any]]:
    found = {
        resource.logical_id: None
        for resource in template.resources.values()
        if resource.type not in STACK_TYPES and rename(resource.logical_id) in named
    }
    queue = deque(found)
    while queue:
        for reference in template.references.outgoing.get(queue.popleft(), ()):
            is_stack = template.resources[reference.target].type in STACK_TYPES
            if reference.target not in found and not is_stack and len(found) < MAX_LINKED_RESOURCES:
                found[reference.target] = None
                queue.append(reference.target)
    return {rename(name): linked_body(template, template.resources[name], rename) for name in found}


def sees_too_much(template: Template) -> bool:
    """Whether a stack refers to as many resources of another stack as it may see, so that others may be left out."""
    stacks: dict[str, int] = {}
    for name in template.deployments.cross_stack_values.resources:
        (*nested_stacks, _), file = split_name(name)
        key = name_in_file(nested_stacks, file)
        stacks[key] = stacks.get(key, 0) + 1
    return any(number >= MAX_LINKED_RESOURCES for number in stacks.values())


def linked_body(template: Template, resource: Resource, rename: Rename) -> dict[str, Any]:
    """Return the body of a resource as another stack sees it; the stacks with equal names share it.

    Condition is left out, because the resource is referred to, and Metadata, because it contains suppressions.
    """
    key = f"linked resource {resource.logical_id} {rename.key}"
    if key not in template.cache:
        depends_on = resource.body.get("DependsOn", ())
        names = depends_on if isinstance(depends_on, list) else [depends_on]
        template.cache[key] = {
            **_node(template, _constant_attributes(template, resource), rename),
            "Type": resource.type,
            "DependsOn": [rename(name) for name in names if isinstance(name, str)],
        }
    body: dict[str, Any] = template.cache[key]
    return body


def _constant_attributes(template: Template, resource: Resource) -> dict[str, Any]:
    key = f"constant attributes {resource.logical_id}"
    if key not in template.cache:
        nodes = {name: node for name, node in resource.body.items() if name not in _OWN_ATTRIBUTES}
        template.cache[key] = _constant(template, nodes, resource.path)
    attributes: dict[str, Any] = template.cache[key]
    return attributes


def _constant(template: Template, node: Any, path: Path) -> Any:
    """Return a node of a template, resolved; Unknown are the parts that differ from deployment to deployment."""
    if isinstance(node, list):
        items = (_constant(template, item, (*path, index)) for index, item in enumerate(node))
        return [item for item in items if item is not ABSENT]
    if isinstance(node, dict) and not any(name == "Ref" or name.startswith("Fn::") for name in node):
        members = ((name, _constant(template, member, (*path, name))) for name, member in node.items())
        return {name: member for name, member in members if member is not ABSENT}
    scenario = Scenario(template.deployments)
    value = scenario.resolve_deep(node, path)
    if not scenario.choices_made:
        return value
    reason = f'it differs between the deployments of "{template.document.file}"'
    return Unknown(("Varying", *path), reason, optional=True)


def _node(template: Template, value: Any, rename: Rename) -> Any:
    """Return a resolved value as part of a template, in which references to resources are functions again."""
    if isinstance(value, dict):
        return {key: _node(template, member, rename) for key, member in value.items()}
    if isinstance(value, list):
        return [_node(template, item, rename) for item in value]
    if not isinstance(value, Unknown):
        return value
    expression = value.expression
    if is_concat(expression) and references(expression) & template.resources.keys():
        parts = (part if isinstance(part, str) else value._replace(expression=part) for part in parts_of(expression))
        return {"Fn::Join": ["", [_node(template, part, rename) for part in parts]]}
    name, attribute = referenced_id(expression), attribute_name(expression)
    if name in template.resources and is_call(expression, "Ref"):
        return {"Ref": rename(str(name))}
    if name in template.resources and attribute is not None:
        return {"Fn::GetAtt": [rename(str(name)), attribute]}
    return value._replace(expression=_renamed(expression, rename))


def _renamed(expression: Expression, rename: Rename) -> Expression:
    """Return an expression that means in another stack what it means in this one."""
    if not isinstance(expression, tuple):
        return expression
    function, arguments = function_name(expression), arguments_of(expression)
    name = referenced_id(expression)
    if name is not None:
        new_name = name if name in _SAME_IN_ALL_STACKS else rename(name)
        return (function, new_name, *(_renamed(argument, rename) for argument in arguments[1:]))
    if function in _PURE_FUNCTIONS:
        return (function, *(_renamed(argument, rename) for argument in arguments))
    if function == "Scoped":
        scope, inner = arguments
        return function, rename(scope), inner
    return "Scoped", rename(""), expression
