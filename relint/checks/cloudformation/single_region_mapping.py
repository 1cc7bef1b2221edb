"""Mappings by Region that contain one Region only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.template import Template
    from relint.model.view import View
    from relint.source.location import Path

_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_STACK_REGION = {"Ref": "AWS::Region"}


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """Yield a problem at each single-Region mapping with a lookup of the stack's Region.

    A lookup with a DefaultValue, which serves all other Regions, is left out. Message values: `mapping`, `region`.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
    """
    for name, (path, region) in _first_lookups(view.template).items():
        values = {"mapping": name, "region": region}
        yield Problem(("Mappings", name), values=values, related=((path, "It is looked up here."),))


def _first_lookups(template: Template) -> dict[str, tuple[Path, str]]:
    """Return the first lookup of the stack's Region in each single-Region mapping: its path, and the only Region."""
    first_lookups: dict[str, tuple[Path, str]] = {}
    mappings = template.deployments.mappings
    if not any(_only_region(rows) for rows in mappings.values()):
        return first_lookups
    for resource in template.resources.values():
        for arguments, path in _lookups(resource):
            name = arguments[0]
            if len(arguments) == 3 and arguments[1] == _STACK_REGION and isinstance(name, str):
                region = _only_region(mappings.get(name))
                if region and name not in first_lookups:
                    first_lookups[name] = (path, region)
    return first_lookups


def _only_region(rows: Any) -> str | None:
    """Return the Region of a mapping with one row, or None."""
    key = next(iter(rows)) if isinstance(rows, dict) and len(rows) == 1 else None
    return key if isinstance(key, str) and _REGION.fullmatch(key) else None


def _lookups(resource: Resource) -> Iterator[tuple[list[Any], Path]]:
    """Yield the arguments and the path of each Fn::FindInMap, in order."""
    stack: list[tuple[Any, Path]] = [(resource.body, resource.path)]
    while stack:
        node, path = stack.pop()
        if isinstance(node, dict):
            arguments = node.get("Fn::FindInMap")
            if isinstance(arguments, list) and arguments:
                yield arguments, path
            stack.extend((value, (*path, key)) for key, value in reversed(node.items()))
        elif isinstance(node, list):
            stack.extend((node[index], (*path, index)) for index in range(len(node) - 1, -1, -1))
