"""Container images without a version, or with a tag that moves to other images."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.model.aws.container_images import UNKNOWN_PART, containers_with_images, image_text, image_version
from relint.model.text.wildcards import matches_wildcards
from relint.resolve.value import Located, Unknown

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_MOVING_TAGS = ("latest", "main", "master", "stable")

_SIDECAR = re.compile(
    r"^public\.ecr\.aws/(aws-observability|xray|cloudwatch-agent|appmesh)/"
    r"|(^|/)(aws-for-fluent-bit|aws-xray-daemon|cloudwatch-agent|aws-otel-collector|aws-appmesh-envoy)(:|$)"
)
"""Agents that AWS provides to run beside an application."""


def check(resource: Resource, view: View, *, resolved_once: bool) -> Iterator[Problem | Unknown]:
    """Yield a problem at each image with a tag that moves, or without a version.

    Message `untagged` without a version. With `resolved_once`, ECS resolves a tag to a digest once in the deployment
    of a service, unless the container disables VersionConsistency. If each start resolves it again, the messages are
    `tag-each-start` and `untagged-each-start`, warnings unless the image is a sidecar. Message value: `tag`. Unknown
    if the tag is unknown.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
    """
    for container, image in containers_with_images(view, resource):
        text = image_text(view, image)
        is_moving = _is_moving(image_version(text), image)
        if isinstance(is_moving, Unknown):
            yield is_moving
        if is_moving is not True:
            continue
        is_resolved_each_start = not resolved_once or _disables_consistency(view, container)
        if isinstance(is_resolved_each_start, Unknown):
            yield is_resolved_each_start
            continue
        tag = image_version(text)[1:]
        message = None if tag else "untagged"
        if is_resolved_each_start:
            message = "tag-each-start" if tag else "untagged-each-start"
        level: Level | None = "warning" if is_resolved_each_start and not _SIDECAR.search(text) else None
        yield Problem(image.path, values={"tag": tag}, message=message, level=level)


def _disables_consistency(view: View, container: Located) -> Truth:
    return apply_test("equals", view.get(container, "VersionConsistency").value, "disabled")


def _is_moving(version: str, image: Located) -> Truth:
    """Whether the version may be another image tomorrow; Unknown if an unknown part of it decides."""
    if UNKNOWN_PART not in version:
        return version[1:] in ("", *_MOVING_TAGS)
    pattern = version.removeprefix(":").replace(UNKNOWN_PART, "*")
    if not any(matches_wildcards(tag, pattern) for tag in _MOVING_TAGS):
        return False
    reason = image.value.reason if isinstance(image.value, Unknown) else "its tag is not known"
    return Unknown(("Tag", image.path), reason)
