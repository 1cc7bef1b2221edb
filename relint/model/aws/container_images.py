"""The container images that resources run, as far as the template tells them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.resolve.value import ABSENT, Expression, Located, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View

REPOSITORY = "AWS::ECR::Repository"
UNKNOWN_PART = "\0"
"""Stands in an image for what the template does not tell; no image holds it."""

_PODS = ("Properties", "EksProperties", "PodProperties")
_NODES = ("Properties", "NodeProperties", "NodeRangeProperties", "*")
_TASKS = ("EcsProperties", "TaskProperties", "*", "Containers", "*")
_CONTAINERS: dict[str, tuple[Steps, ...]] = {
    "AWS::ECS::TaskDefinition": (("Properties", "ContainerDefinitions", "*"),),
    "AWS::Batch::JobDefinition": (
        ("Properties", "ContainerProperties"),
        ("Properties", *_TASKS),
        (*_PODS, "InitContainers", "*"),
        (*_PODS, "Containers", "*"),
        (*_NODES, "Container"),
        (*_NODES, *_TASKS),
    ),
    "AWS::Lambda::Function": (("Properties", "Code"),),
}
"""Where the types that run images describe their containers."""

IMAGE_CONSUMERS = tuple(_CONTAINERS)

_PLAIN = ("AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::StackName", "AWS::URLSuffix")
"""Pseudo parameters that hold neither of the characters that divide an image into its parts."""


def containers_with_images(view: View, resource: Resource) -> Iterator[tuple[Located, Located]]:
    """Each container of a resource and the image that it names; containers that name none are left out."""
    for steps in _CONTAINERS.get(resource.type, ()):
        for container in view.select(resource, steps):
            image = view.get(container, "ImageUri" if resource.type == "AWS::Lambda::Function" else "Image")
            if container.value is not ABSENT and image.value is not ABSENT:
                yield container, image


def image_text(view: View, image: Located) -> str:
    """The image as a text, in which UNKNOWN stands for each part that only the deployment knows.

    A repository of the template is known to bring neither a tag nor a digest.
    """
    form = expression_of(image.value)
    parts = form[1:] if isinstance(form, tuple) and form[:1] == ("Concat",) else (form,)
    return "".join(_text(view, part) for part in parts)


def image_version(shape: str) -> str:
    """What follows the name in an image: "@" and a digest, ":" and a tag, or nothing.

    UNKNOWN where that cannot be told. A colon before the last slash belongs to the port of the registry.
    """
    name = shape.rpartition("/")[2]
    if "@" in name:
        return "@" + name.partition("@")[2]
    if ":" in name:
        return ":" + name.partition(":")[2]
    return UNKNOWN_PART if UNKNOWN_PART in name else ""


def _text(view: View, part: Expression) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, tuple) and len(part) > 1 and part[0] in ("Ref", "GetAtt"):
        resource = view.template.resources.get(part[1]) if isinstance(part[1], str) else None
        if resource is not None and resource.type == REPOSITORY and part[2:] != ("Arn",):
            return "repository"
        if part[0] == "Ref" and part[1] in _PLAIN:
            return "pseudo-parameter"
    return UNKNOWN_PART
