"""Whether another resource means this one by its name instead of a reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.resolve.value import ABSENT, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, name: str, types: list[str]) -> bool:
    """Whether a resource of one of the types has in its property `name` what this one has there.

    Texts that only the deployment knows are equal when they are made alike: "${AWS::StackName}-web" twice.
    """
    own = view.get(resource, "Properties", name).value
    if own is ABSENT:
        return False
    return any(
        expression_of(view.get(other, "Properties", name).value) == expression_of(own)
        for other in view.resources(*types)
    )
