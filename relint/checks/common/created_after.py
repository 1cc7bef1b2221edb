"""Resources that CloudFormation creates after resources of another type."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.creation_order import created_before

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, types: list[str]) -> bool:
    """Whether the resource depends on one of these types, directly or through others.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html
    """
    resources = view.template.resources
    names = created_before(view, resource) - {resource.logical_id}
    return any(resources[name].type in types for name in names)
