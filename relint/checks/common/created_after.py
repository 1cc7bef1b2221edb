"""Whether CloudFormation creates another resource first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, types: list[str]) -> bool:
    """True if the resource depends on one of these types, by DependsOn or by references, over any number of steps.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html
    """
    outgoing = view.template.graph.outgoing
    seen = {resource.logical_id}
    waiting = [resource.logical_id]
    while waiting:
        for edge in outgoing.get(waiting.pop(), ()):
            if edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
                target = view.template.resources[edge.target]
                if target.type in types and view.exists(target):
                    return True
    return False
