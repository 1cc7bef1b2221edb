"""Physical names: those that authors give to resources, and that AWS gives to one resource at a time."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.change.resolved import canonical, referenced_ids
from relint.change.update_facts import NO_UPDATES, property_updates
from relint.change.value_text import text_of_value
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.change.resolved import Node


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
