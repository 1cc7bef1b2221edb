"""The resources that exist before CloudFormation creates a resource."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.template import Template
    from relint.model.view import View


def created_before(view: View, resource: Resource) -> set[str]:
    """Return the names of the resources on which a resource depends, directly or through others, and its own.

    A nested stack whose output is taken, and a stack whose export is imported, is complete before: all its resources
    count. What the parent passes exists before each resource of the stack.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html
    """
    template = view.template
    linked = template.deployments.cross_stack_values.resources
    stack = [resource.logical_id]
    if linked:
        references = (reference for references in template.references.outgoing.values() for reference in references)
        passed = (reference for reference in references if reference.source not in linked and " " in reference.target)
        stack += [reference.target for reference in passed if view.is_active(reference)]
    visited = set(stack)
    while stack:
        name = stack.pop()
        dependencies = {
            reference.target for reference in template.references.outgoing.get(name, ()) if view.is_active(reference)
        }
        for dependency in dependencies | _of_complete_stack(template, name):
            if dependency not in visited and view.exists(template.resources[dependency]):
                visited.add(dependency)
                stack.append(dependency)
    return visited


def _of_complete_stack(template: Template, name: str) -> set[str]:
    """Return the resources of the nested stack, or of the stack with exports, to which a name of another stack leads.

    "Network.Vpc of root.yaml" leads to what begins with "Network." and ends alike, "Vpc of stack network.yaml" to all
    that ends alike.
    """
    linked = template.deployments.cross_stack_values.resources
    path, of, file = name.partition(" of ")
    nested_stack, dot, _ = path.rpartition(".")
    is_complete = name in linked and (dot or file.startswith("stack "))
    if not is_complete:
        return set()
    return {other for other in linked if other.startswith(nested_stack + dot) and other.endswith(of + file)}
