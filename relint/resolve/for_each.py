"""Fn::ForEach, expanded as the AWS::LanguageExtensions transform does it.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.errors import TemplateError
from relint.resolve.value import Unknown, scalar_text

if TYPE_CHECKING:
    from relint.resolve.scenario import Scenario
    from relint.source.location import Path

PREFIX = "Fn::ForEach::"
MAX_MEMBERS = 2_000
"""CloudFormation takes 500 resources; nested loops of an untrusted template could ask for billions."""


def expand_members(members: dict[str, Any], path: Path, scenario: Scenario) -> dict[str, tuple[Any, Path]]:
    """The members of a mapping with its loops unrolled, each with the path at which it was written.

    A collection that is not known before deployment gives one round in which the identifier stands for itself.
    Raises TemplateError when the loops make more than MAX_MEMBERS members.
    """
    expanded: dict[str, tuple[Any, Path]] = {}
    _expand(members, path, scenario, {}, expanded)
    return expanded


def has_loops(node: Any) -> bool:
    """Whether a Fn::ForEach stands anywhere below `node`."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if any(key.startswith(PREFIX) for key in node):
                return True
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
    return False


def _expand(
    members: dict[str, Any],
    path: Path,
    scenario: Scenario,
    bound: dict[str, str],
    expanded: dict[str, tuple[Any, Path]],
) -> None:
    for key, value in members.items():
        place = (*path, key)
        if not key.startswith(PREFIX):
            expanded[_replace(key, bound)] = (_bind(value, place, scenario, bound), place)
        elif isinstance(value, list) and len(value) == 3 and isinstance(value[0], str) and isinstance(value[2], dict):
            identifier, collection, body = value
            for item in _items(collection, (*place, 1), scenario, bound, identifier):
                _expand(body, (*place, 2), scenario, {**bound, identifier: item}, expanded)
        if len(expanded) > MAX_MEMBERS:
            raise TemplateError(f'"{key}" makes more than {MAX_MEMBERS} members; CloudFormation takes 500 resources.')


def _items(collection: Any, path: Path, scenario: Scenario, bound: dict[str, str], identifier: str) -> list[str]:
    items = scenario.plain(_bind(collection, path, scenario, bound), path)
    if not isinstance(items, list) or any(isinstance(item, Unknown) for item in items):
        return ["${" + identifier + "}"]
    return [scalar_text(item) for item in items]


def _bind(node: Any, path: Path, scenario: Scenario, bound: dict[str, str]) -> Any:
    """A copy of `node` with the identifiers replaced and the loops below it unrolled."""
    if isinstance(node, str):
        return _replace(node, bound)
    if isinstance(node, list):
        return [_bind(item, (*path, index), scenario, bound) for index, item in enumerate(node)]
    if isinstance(node, dict):
        name = node.get("Ref") if len(node) == 1 else None
        if isinstance(name, str) and name in bound:
            return bound[name]
        inner: dict[str, tuple[Any, Path]] = {}
        _expand(node, path, scenario, bound, inner)
        return {key: value for key, (value, _) in inner.items()}
    return node


def _replace(text: str, bound: dict[str, str]) -> str:
    for identifier, value in bound.items():
        text = text.replace("${" + identifier + "}", value).replace(
            "&{" + identifier + "}", "".join(filter(str.isalnum, value))
        )
    return text
