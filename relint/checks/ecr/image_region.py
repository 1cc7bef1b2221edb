"""Whether images come from a registry of one fixed Region."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.model.aws.container_images import images, shape

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_REGISTRY = re.compile(r"[^/]*\.dkr[.-]ecr(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d+)\.[^/]*/")
"""The host of a private registry of ECR.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
"""

_LONGEST = 512
"""Characters of a host in which its Region is looked for; DNS takes 253."""


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """A problem for each image of a private registry whose Region stands in the template as a literal.

    A Region that comes from a parameter or a mapping is another one where the deployment says so.
    """
    for container, image in images(view, resource):
        host, slash, _ = shape(view, image).partition("/")
        found = _REGISTRY.match(host + slash) if len(host) <= _LONGEST else None
        written = container.value.get(image.path[len(container.path)]) if isinstance(container.value, dict) else None
        if found and found[1] in repr(written):
            yield Problem(image.path, {"region": found[1]})
