"""Values of a resource with all functions resolved, each with the place at which it is written."""

from __future__ import annotations

import json
from collections.abc import Hashable

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.resolve.value import ABSENT, Located, Unknown, references, scalar_text

if TYPE_CHECKING:
    from relint.resolve.scenario import Scenario
    from relint.source.location import Path

_BOOLEANS = {"true", "false"}

IDENTITY_KEYS = ("Key", "Name", "Id", "AttributeName", "IndexName", "Region", "Sid")
"""Members that tell the items of a list apart, by which changed items are compared with what they were."""


class Node(NamedTuple):
    """A resolved value: a scalar, an Unknown, ABSENT, or a dict or list of nodes. `path` is its place."""

    value: Any
    path: Path

    @property
    def plain(self) -> Any:
        """The value with its members instead of nodes."""
        if isinstance(self.value, dict):
            return {key: member.plain for key, member in self.value.items()}
        if isinstance(self.value, list):
            return [member.plain for member in self.value]
        return self.value

    def member(self, key: str) -> Node:
        """Return the member of a dict, or an absent one."""
        found: Node | None = self.value.get(key) if isinstance(self.value, dict) else None
        return found or Node(ABSENT, (*self.path, key))


def resolve_node(scenario: Scenario, node: Any, path: Path) -> Node:
    """Return the node of a template with all members resolved and absent ones left out."""
    return _from_located(scenario, scenario.resolve(node, path))


def _from_located(scenario: Scenario, located: Located) -> Node:
    value, path = located
    if isinstance(value, dict):
        members = {key: resolve_node(scenario, item, (*path, key)) for key, item in value.items()}
        return Node({key: member for key, member in members.items() if member.value is not ABSENT}, path)
    if isinstance(value, list):
        return Node([_from_located(scenario, item) for item in scenario.items(located)], path)
    return Node(value, path)


def parse_json(node: Node) -> Node:
    """Return the object or list that a text contains as JSON, at the place of the text; other nodes unchanged."""
    text = node.value
    if not (isinstance(text, str) and text.strip()[:1] in ("{", "[")):
        return node
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return node
    return _at_one_place(content, node.path)


def _at_one_place(content: Any, path: Path) -> Node:
    if isinstance(content, dict):
        return Node({key: _at_one_place(value, path) for key, value in content.items()}, path)
    if isinstance(content, list):
        return Node([_at_one_place(item, path) for item in content], path)
    return Node(content, path)


def scalar_key(value: Any) -> Hashable:
    """Return a key that is equal for scalars that mean the same to CloudFormation: 1 and "1", true and "True"."""
    text = scalar_text(value)
    return text.lower() if text.lower() in _BOOLEANS else text


_LISTS_OF_POLICIES = frozenset(
    {"AWS", "Action", "CanonicalUser", "Federated", "NotAction", "NotResource", "Resource", "Service", "Statement"}
)
"""Lists of a policy document, whose order means nothing: a request is matched with all statements and all values.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html (2026-11-29)
"""


def unordered_within(value: dict[str, Any], unordered: frozenset[str]) -> frozenset[str]:
    """Return the names of lists whose order means nothing within a mapping, which may be a policy document."""
    return unordered | _LISTS_OF_POLICIES if "Statement" in value else unordered


def canonical(node: Node, unordered: frozenset[str], name: str = "") -> Hashable:
    """Return a key that is equal for nodes that mean the same; `name` is the property to which a list belongs."""
    value = node.value
    if isinstance(value, str):
        value = parse_json(node).value
    if isinstance(value, dict):
        unordered = unordered_within(value, unordered)
        members = sorted((key, canonical(member, unordered, key)) for key, member in value.items())
        return ("Map", *members)
    if isinstance(value, list):
        items = [canonical(item, unordered, name) for item in value]
        if len(items) == 1:
            return items[0]  # CloudFormation takes a single value for a list of one
        return ("List", *(sorted(items, key=repr) if name in unordered else items))
    if isinstance(value, Unknown):
        return ("Unknown", value.expression)
    return scalar_key(value)


def referenced_ids(node: Node) -> set[str]:
    """Return the logical ids and parameters to which a node refers, at any depth."""
    if isinstance(node.value, dict):
        return {name for member in node.value.values() for name in referenced_ids(member)}
    if isinstance(node.value, list):
        return {name for member in node.value for name in referenced_ids(member)}
    return references(node.value.expression) if isinstance(node.value, Unknown) else set()
