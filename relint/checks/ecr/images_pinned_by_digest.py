"""Repositories whose images are named by digest wherever the template runs them."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.container_images import (
    IMAGE_CONSUMERS,
    UNKNOWN_PART,
    containers_with_images,
    image_text,
    image_version,
)
from relint.resolve.value import Unknown, expression_of, references

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Truth:
    """Whether the template runs images of this repository and names all of them by digest.

    Unknown if the version of an image is unknown.
    """
    versions = [
        image_version(image_text(view, image))
        for consumer in view.referrers(resource, IMAGE_CONSUMERS)
        for _, image in containers_with_images(view, consumer)
        if resource.logical_id in references(expression_of(image.value))
    ]
    if any(version != UNKNOWN_PART and not version.startswith("@") for version in versions):
        return False
    if UNKNOWN_PART in versions:
        return Unknown(("Images", resource.logical_id), f'what is run of "{resource.logical_id}" is not known')
    return bool(versions)
