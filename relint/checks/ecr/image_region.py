"""Container images from a registry of one fixed Region."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.container_images import containers_with_images, image_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

_REGISTRY = re.compile(r"[^/]*\.dkr[.-]ecr(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d+)\.[^/]*/")
"""The host of a private registry of ECR.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
"""

_MAX_HOST_LENGTH = 512
"""Characters of a host that are searched for a Region; DNS allows 253."""


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """Yield a problem at each image of a private registry with a literal Region.

    A Region from a parameter or a mapping follows the deployment and is left out. Message value: `region`.
    """
    for container, image in containers_with_images(view, resource):
        host, slash, _ = image_text(view, image).partition("/")
        registry = _REGISTRY.match(host + slash) if len(host) <= _MAX_HOST_LENGTH else None
        source = _source(container, image)
        if registry and registry[1] in repr(source):
            yield Problem(image.path, values={"region": registry[1]})


def _source(container: Located, image: Located) -> object:
    """Return the image as the template sets it, without parameters resolved; None if the container is unknown."""
    if not isinstance(container.value, dict):
        return None
    key = image.path[len(container.path)]
    return container.value.get(key)
