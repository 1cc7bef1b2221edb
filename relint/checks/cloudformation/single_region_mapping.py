"""Mappings by Region that have an entry for one Region only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.checks.problem import Problem

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.template import Template
    from relint.model.view import View
    from relint.source.location import Path

_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_OWN_REGION = {"Ref": "AWS::Region"}


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """A problem for each mapping in which a resource looks up its own Region, and there is one Region only.

    A look-up with a DefaultValue, which answers for all other Regions, is left alone.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
    """
    for name, (path, region) in _first_uses(view.template).items():
        yield Problem(("Mappings", name), {"mapping": name, "region": region}, ((path, "It is looked up here."),))


def _first_uses(template: Template) -> dict[str, tuple[Path, str]]:
    """For each mapping with one Region where it is first looked up by the own Region, and the Region."""
    found: dict[str, tuple[Path, str]] = {}
    mappings = template.deployments.mappings
    if not any(_lonely(rows) for rows in mappings.values()):
        return found
    for resource in template.resources.values():
        for call, path in _lookups(resource):
            if len(call) == 3 and call[1] == _OWN_REGION and isinstance(call[0], str) and call[0] not in found:
                region = _lonely(mappings.get(call[0]))
                if region:
                    found[call[0]] = (path, region)
    return found


def _lonely(rows: Any) -> str | None:
    """The one key of a mapping if that is a Region."""
    only = next(iter(rows)) if isinstance(rows, dict) and len(rows) == 1 else None
    return only if isinstance(only, str) and _REGION.fullmatch(only) else None


def _lookups(resource: Resource) -> Iterator[tuple[list[Any], Path]]:
    """The calls of Fn::FindInMap in a resource and where they stand, in the order in which they are written."""
    stack: list[tuple[Any, Path]] = [(resource.body, resource.path)]
    while stack:
        node, path = stack.pop()
        if isinstance(node, dict):
            call = node.get("Fn::FindInMap")
            if isinstance(call, list) and call:
                yield call, path
            stack.extend((value, (*path, key)) for key, value in reversed(node.items()))
        elif isinstance(node, list):
            stack.extend((node[index], (*path, index)) for index in range(len(node) - 1, -1, -1))
