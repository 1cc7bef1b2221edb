"""Container images that resources run, as far as a template names them."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.resolve.value import (
    ABSENT,
    Expression,
    Located,
    attribute_name,
    expression_of,
    is_call,
    parts_of,
    referenced_id,
)

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View

REPOSITORY = "AWS::ECR::Repository"
UNKNOWN_PART = "\0"
"""The character that represents an unknown part of an image; no image contains it."""

_PODS = ("Properties", "EksProperties", "PodProperties")
_NODES = ("Properties", "NodeProperties", "NodeRangeProperties", "*")
_TASKS = ("EcsProperties", "TaskProperties", "*", "Containers", "*")
_CONTAINER_PATHS: dict[str, tuple[Steps, ...]] = {
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

IMAGE_CONSUMERS = tuple(_CONTAINER_PATHS)

_PSEUDO_PARAMETERS_WITHOUT_SEPARATORS = (
    "AWS::AccountId",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackName",
    "AWS::URLSuffix",
)
"""Pseudo parameters whose value contains none of the characters that separate the parts of an image."""


def containers_with_images(view: View, resource: Resource) -> Iterator[tuple[Located, Located]]:
    """Yield each container of a resource with its image; containers without an image are left out."""
    for path in _CONTAINER_PATHS.get(resource.type, ()):
        for container in view.select(resource, path):
            image = view.get(container, "ImageUri" if resource.type == "AWS::Lambda::Function" else "Image")
            if container.value is not ABSENT and image.value is not ABSENT:
                yield container, image


def image_text(view: View, image: Located) -> str:
    """Return an image as text with UNKNOWN_PART for each unknown part.

    A reference to a repository of the template becomes a text, because it contains neither a tag nor a digest.
    """
    return "".join(_part_text(view, part) for part in parts_of(expression_of(image.value)))


def image_version(image_text: str) -> str:
    """Return the version in an image: "@" and a digest, ":" and a tag, or nothing; UNKNOWN_PART if it is unknown.

    A colon before the last slash belongs to the port of the registry.
    """
    name = image_text.rpartition("/")[2]
    if "@" in name:
        return "@" + name.partition("@")[2]
    if ":" in name:
        return ":" + name.partition(":")[2]
    return UNKNOWN_PART if UNKNOWN_PART in name else ""


def _part_text(view: View, part: Expression) -> str:
    if isinstance(part, str):
        return part
    name = referenced_id(part) or ""
    resource = view.template.resources.get(name)
    if resource is not None and resource.type == REPOSITORY and attribute_name(part) != "Arn":
        return "repository"
    if is_call(part, "Ref") and name in _PSEUDO_PARAMETERS_WITHOUT_SEPARATORS:
        return "pseudo-parameter"
    return UNKNOWN_PART
