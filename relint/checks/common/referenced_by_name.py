"""Resources to which another one refers by name instead of by a reference."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.resolve.value import ABSENT, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, name: str, types: list[str]) -> bool:
    """Whether a resource of one of the types has the same value at `name`.

    Unknown texts are equal if their expressions are equal, such as "${AWS::StackName}-web" in both resources.
    """
    value = view.get(resource, "Properties", name).value
    if value is ABSENT:
        return False
    expression = expression_of(value)
    return any(
        expression_of(view.get(other, "Properties", name).value) == expression for other in view.resources(*types)
    )
