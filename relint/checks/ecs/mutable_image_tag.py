"""Whether container images name a version that stays what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.model.aws.container_images import UNKNOWN, images, shape, version
from relint.model.text.wildcards import like
from relint.resolve.value import Located, Unknown

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_MOVING = ("latest", "main", "master", "stable")
"""Tags that by their meaning go from one image to the next."""

_SIDECAR = re.compile(
    r"^public\.ecr\.aws/(aws-observability|xray|cloudwatch-agent|appmesh)/"
    r"|(^|/)(aws-for-fluent-bit|aws-xray-daemon|cloudwatch-agent|aws-otel-collector|aws-appmesh-envoy)(:|$)"
)
"""Agents that AWS ships to run beside an application."""


def check(resource: Resource, view: View, resolved_once: bool) -> Iterator[Problem | Unknown]:
    """A problem for each image without a version or with a tag that moves (messages `tag` and `untagged`).

    ECS finds out once in the deployment of a service which digest a tag stands for (`resolved_once`), unless the
    container disables VersionConsistency. Where each start finds it out anew, it is a warning (`...-each-start`).
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
    """
    for container, image in images(view, resource):
        text = shape(view, image)
        moves = _moves(version(text), image)
        if isinstance(moves, Unknown):
            yield moves
        if moves is not True:
            continue
        anew = (
            apply_test("equals", view.get(container, "VersionConsistency").value, "disabled") if resolved_once else True
        )
        if isinstance(anew, Unknown):
            yield anew
            continue
        tag = version(text)[1:]
        message = ("tag" if tag else "untagged") + ("-each-start" if anew else "")
        level: Level = "warning" if anew and not _SIDECAR.search(text) else "note"
        yield Problem(image.path, {"tag": tag}, (), message, level)


def _moves(version: str, image: Located) -> Truth:
    """Whether that version is another image tomorrow; an Unknown when a part of it that matters is not known."""
    if version.startswith("@"):
        return False
    if UNKNOWN not in version:
        return version[1:] in ("", *_MOVING)
    if not any(like(tag, version.removeprefix(":").replace(UNKNOWN, "*")) for tag in _MOVING):
        return False
    reason = image.value.reason if isinstance(image.value, Unknown) else "its tag is not known"
    return Unknown(("Tag", image.path), reason)
