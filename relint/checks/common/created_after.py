"""Resources that CloudFormation creates after resources of another type."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, types: list[str]) -> bool:
    """Whether the resource depends on one of these types, directly or through others.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html
    """
    outgoing = view.template.graph.outgoing
    visited = {resource.logical_id}
    stack = [resource.logical_id]
    while stack:
        for edge in outgoing.get(stack.pop(), ()):
            if edge.target not in visited:
                visited.add(edge.target)
                stack.append(edge.target)
                target = view.template.resources[edge.target]
                if target.type in types and view.exists(target):
                    return True
    return False
