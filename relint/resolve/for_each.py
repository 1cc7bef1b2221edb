"""Fn::ForEach, expanded as the AWS::LanguageExtensions transform does it.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.errors import TemplateError
from relint.resolve.value import Unknown, scalar_text

if TYPE_CHECKING:
    from relint.resolve.scenario import Scenario
    from relint.source.location import Path

FOR_EACH_PREFIX = "Fn::ForEach::"
MAX_MEMBERS = 2_000
"""CloudFormation allows 500 resources; nested loops of an untrusted template could create billions."""


def expand_members(members: dict[str, Any], path: Path, scenario: Scenario) -> dict[str, tuple[Any, Path]]:
    """Return the members of a mapping with loops expanded, each with its path in the template.

    A loop over an unknown collection is expanded once, with the identifier in place of the item.
    Raises TemplateError for more than MAX_MEMBERS members.
    """
    expanded: dict[str, tuple[Any, Path]] = {}
    _LoopExpansion(scenario, bindings={}).expand(members, path, expanded)
    return expanded


def has_loops(node: Any) -> bool:
    """Whether a template node contains a Fn::ForEach at any depth."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if any(key.startswith(FOR_EACH_PREFIX) for key in node):
                return True
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
    return False


class _LoopExpansion:
    """The expansion of a loop body; `bindings` are the current items by identifier."""

    __slots__ = ("_bindings", "_scenario")

    def __init__(self, scenario: Scenario, bindings: dict[str, str]) -> None:
        self._scenario = scenario
        self._bindings = bindings

    def expand(self, members: dict[str, Any], path: Path, expanded: dict[str, tuple[Any, Path]]) -> None:
        """Add the expanded members to `expanded`."""
        for key, value in members.items():
            member_path = (*path, key)
            if not key.startswith(FOR_EACH_PREFIX):
                expanded[self._substitute_in_text(key)] = (self._substitute(value, member_path), member_path)
            elif (
                isinstance(value, list) and len(value) == 3 and isinstance(value[0], str) and isinstance(value[2], dict)
            ):
                identifier, collection, body = value
                for item in self._items(identifier, collection, (*member_path, 1)):
                    inner = _LoopExpansion(self._scenario, {**self._bindings, identifier: item})
                    inner.expand(body, (*member_path, 2), expanded)
            if len(expanded) > MAX_MEMBERS:
                raise TemplateError(
                    f'"{key}" makes more than {MAX_MEMBERS} members; CloudFormation takes 500 resources.'
                )

    def _items(self, identifier: str, collection: Any, path: Path) -> list[str]:
        items = self._scenario.resolve_deep(self._substitute(collection, path), path)
        if not isinstance(items, list) or any(isinstance(item, Unknown) for item in items):
            return ["${" + identifier + "}"]
        return [scalar_text(item) for item in items]

    def _substitute(self, node: Any, path: Path) -> Any:
        """Return a copy of a node with identifiers replaced by items and nested loops expanded."""
        if isinstance(node, str):
            return self._substitute_in_text(node)
        if isinstance(node, list):
            return [self._substitute(item, (*path, index)) for index, item in enumerate(node)]
        if isinstance(node, dict):
            name = node.get("Ref") if len(node) == 1 else None
            if isinstance(name, str) and name in self._bindings:
                return self._bindings[name]
            members: dict[str, tuple[Any, Path]] = {}
            self.expand(node, path, members)
            return {key: value for key, (value, _) in members.items()}
        return node

    def _substitute_in_text(self, text: str) -> str:
        for identifier, item in self._bindings.items():
            alphanumeric_item = "".join(filter(str.isalnum, item))
            text = text.replace("${" + identifier + "}", item).replace("&{" + identifier + "}", alphanumeric_item)
        return text
