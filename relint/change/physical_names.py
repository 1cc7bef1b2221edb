"""Physical names: those that authors give to resources, and that AWS gives to one resource at a time."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING
from relint.change.facts.update_facts import NO_UPDATES, property_updates
from relint.change.resolved import canonical, referenced_ids
from relint.change.value_text import text_of_value
from relint.model.aws.resource_names import stored_name
from relint.resolve.value import ABSENT, Expression, Unknown, concat, expression_of, function_name, parts_of

if TYPE_CHECKING:
    from relint.change.resolved import Node
    from relint.model.resource import Resource


def kept_name(resource_type: str, old: Node, new: Node, replaced: frozenset[str] = frozenset()) -> str:
    """Return the physical name that two resources of a type have in common; an empty text if there is none.

    A name is not in common if what it is unique within is another resource, such as one of those that are replaced.
    """
    updates = property_updates(resource_type) or NO_UPDATES
    values = []
    for name in (*sorted(updates.scopes), *sorted(updates.names)):
        old_node, new_node = (node.member("Properties").member(name) for node in (old, new))
        is_same = canonical(old_node, updates.unordered) == canonical(new_node, updates.unordered)
        if not is_same or not referenced_ids(new_node).isdisjoint(replaced):
            return ""
        values += [new_node.value] if name in updates.names else []
    if any(value in (ABSENT, "") or (isinstance(value, Unknown) and value.optional) for value in values):
        return ""
    literal = next((value for value in reversed(values) if isinstance(value, str)), None)
    return text_of_value(literal or values[-1]) if values else ""


def may_be_named(resource_type: str, node: Node) -> bool:
    """Whether the author may give a resource its physical name: one of the properties is there, or nobody knows."""
    updates = property_updates(resource_type)
    if updates is None:
        return True
    return any(node.member("Properties").member(name).value not in (ABSENT, "") for name in updates.names)


def names_by_reference(resources: Mapping[str, Resource], nodes: Mapping[str, Node]) -> dict[str, Expression]:
    """Return the values that Ref returns for resources to which the author gives a name, by logical id.

    Ref returns what identifies a resource, which is the primary identifier in the schema of its type.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html
    """
    names: dict[str, Expression] = {}
    for logical_id, resource in resources.items():
        property_name = (property_updates(resource.type) or NO_UPDATES).referenced_name
        value = nodes[logical_id].member("Properties").member(property_name).value if property_name else ABSENT
        is_known = isinstance(value, str) or (isinstance(value, Unknown) and not value.optional)
        if is_known and value:
            names[logical_id] = expression_of(stored_name(resource.type, value))
    return names


def with_names(expression: Expression, names: Mapping[str, Expression]) -> Expression:
    """Return an expression with the names of resources instead of references to them."""
    parts = [
        names.get(part[1], part) if function_name(part) == "Ref" and isinstance(part[1], str) else part
        for part in parts_of(expression)
    ]
    return expression_of(concat([part if isinstance(part, str) else Unknown(part, "") for part in parts], ""))
