"""Comparison of two templates: the changes that an update from one to the other makes."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.change.address_blocks import vpcs_with_the_same_block, with_blocks
from relint.change.assignment import views_of
from relint.change.differences import Difference, Identities, differences
from relint.change.facts.update_conditions import UpdateCondition
from relint.change.facts.update_facts import NO_UPDATES, NOTHING_DEPLOYED, property_updates, update_fact
from relint.change.physical_names import kept_name, may_be_named, names_by_reference
from relint.change.records import Comparison, ResourceChange, ValueChange
from relint.change.renames import match_renamed
from relint.change.resolved import Node, referenced_ids, resolve_node
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.parameters import PassedValue
    from relint.source.document import Document

ATTRIBUTES = ("DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy")
"""Attributes that are compared; `Condition` decides whether a resource exists, and Metadata are for people."""


def compare(
    old: Document, new: Document, parameter_values: Mapping[str, str | PassedValue] | None = None
) -> Comparison:
    """Return what differs between two templates with the same parameter values.

    Raises TemplateError for a template with too many resources.
    """
    return compare_views(*views_of(old, new, parameter_values))


def compare_views(old: View, new: View, replaced: frozenset[str] = frozenset()) -> Comparison:
    """Return what differs between two templates, each in its deployment.

    `replaced` are the resources of other stacks that the change replaces, by the names that they have in the template.
    """
    old_resources, new_resources = existing_resources(old), existing_resources(new)
    vpcs = vpcs_with_the_same_block(old, new)
    old_nodes = {name: with_blocks(old, resource_node(old, one), vpcs) for name, one in old_resources.items()}
    new_nodes = {name: with_blocks(new, resource_node(new, one), vpcs) for name, one in new_resources.items()}
    removed = {name: resource for name, resource in old_resources.items() if name not in new_resources}
    added = {name: resource for name, resource in new_resources.items() if name not in old_resources}
    renamed = match_renamed(removed, added, old_nodes, new_nodes)
    changes: dict[str, ResourceChange] = {}
    for old_id, new_id in renamed.items():
        name = kept_name(added[new_id].type, old_nodes[old_id], new_nodes[new_id])
        changes[new_id] = ResourceChange("renamed", removed[old_id], added[new_id], kept_name=name)
    for name, resource in removed.items():
        if name not in renamed:
            changes[name] = ResourceChange("removed", resource, new.template.resources.get(name))
    for name, resource in added.items():
        if name not in changes:
            changes[name] = ResourceChange("added", old.template.resources.get(name), resource)
    kept = [name for name in new_resources if name in old_resources]
    pairs: dict[str, _Pair] = {}
    for name in kept:
        if old_resources[name].type == new_resources[name].type:
            pairs[name] = _Pair(old_resources[name], new_resources[name], old_nodes[name], new_nodes[name], new)
        else:
            changes[name] = ResourceChange("retyped", old_resources[name], new_resources[name])
    made = frozenset(name for name, resource in added.items() if not may_be_named(resource.type, new_nodes[name]))
    identities = Identities(
        frozenset(old_resources),
        frozenset(new_resources),
        replaced,
        made=made,
        old_names=names_by_reference(old_resources, old_nodes),
        new_names=names_by_reference(new_resources, new_nodes),
    )
    changes.update(_modifications(pairs, identities))
    return Comparison(old, new, tuple(changes[name] for name in sorted(changes)))


_NO_IDENTITIES = Identities(frozenset(), frozenset())


def compare_resources(
    comparison: Comparison, old: Resource, new: Resource, identities: Identities = _NO_IDENTITIES
) -> ResourceChange | None:
    """Return the values that differ between two resources of a comparison, such as renamed ones; None if none does.

    References to other resources are open without their identities.
    """
    nodes = resource_node(comparison.old, old), resource_node(comparison.new, new)
    return _Pair(old, new, *nodes, comparison.new).change(identities)


class _Pair:
    """A resource on both sides."""

    __slots__ = ("new", "new_node", "new_view", "old", "old_node", "references")

    def __init__(self, old: Resource, new: Resource, old_node: Node, new_node: Node, new_view: View) -> None:
        self.old, self.new = old, new
        self.old_node, self.new_node = old_node, new_node
        self.new_view = new_view
        self.references = referenced_ids(new_node)

    def change(self, identities: Identities) -> ResourceChange | None:
        """Return the change of the resource; None if nothing differs."""
        updates = property_updates(self.new.type) or NO_UPDATES
        found = differences(self.old_node, self.new_node, updates.unordered, identities)
        values = [self._value_change(difference) for difference in found]
        properties = tuple(value for value in values if value.path[0] == "Properties")
        attributes = tuple(value for value in values if value.path[0] != "Properties")
        if not values:
            return None
        change = ResourceChange("modified", self.old, self.new, properties, attributes)
        if change.possible_effect != "replaces":
            return change
        name = kept_name(self.new.type, self.old_node, self.new_node, identities.replaced)
        return change._replace(kept_name=name)

    def _value_change(self, difference: Difference) -> ValueChange:
        change = ValueChange(
            path=difference.path,
            old=difference.old.plain,
            new=difference.new.plain,
            old_path=difference.old.path,
            new_path=difference.new.path,
            fact=NOTHING_DEPLOYED,
            open_reason=difference.open_reason,
            replaced=difference.replaced,
            renewed=difference.renewed,
        )
        if difference.path[0] != "Properties":
            return change
        condition = UpdateCondition(change, self.new, self.new_view)
        return change._replace(fact=update_fact(self.new.type, change.property, condition))


def is_created_anew(change: ResourceChange) -> bool:
    """Whether the update replaces a resource, so that references to it get another value."""
    return change.kind == "modified" and change.effect == "replaces" and not change.kept_name


def _modifications(pairs: Mapping[str, _Pair], identities: Identities) -> dict[str, ResourceChange]:
    """Return the changes of the resources on both sides.

    What refers to a replaced resource gets another value, which may replace it in turn, and so does what refers to the
    latest version of a launch template that changes. A replaced resource that keeps its name passes on nothing, because
    CloudFormation cannot create it.
    """
    changes: dict[str, ResourceChange] = {}
    waiting = set(pairs)
    while waiting:
        for name in sorted(waiting):
            change = pairs[name].change(identities)
            if change:
                changes[name] = change
        replaced = {name for name, change in changes.items() if is_created_anew(change)}
        renewed = {name for name, change in changes.items() if _has_another_version(change)}
        new_ones = (replaced - identities.replaced) | (renewed - identities.renewed)
        identities = identities._replace(
            replaced=frozenset(replaced | identities.replaced), renewed=frozenset(renewed | identities.renewed)
        )
        waiting = {name for name, pair in pairs.items() if not pair.references.isdisjoint(new_ones)}
    return changes


def _has_another_version(change: ResourceChange) -> bool:
    """Whether the update makes another version of a launch template, which stays itself."""
    values = (value for value in change.properties if value.path[1:2] == ("LaunchTemplateData",))
    return change.type == "AWS::EC2::LaunchTemplate" and any(not value.open_reason for value in values)


def existing_resources(view: View) -> dict[str, Resource]:
    """Return the resources of the template that exist, without those of other stacks."""
    resources = (resource for of_type in view.template.by_type.values() for resource in of_type)
    return {resource.logical_id: resource for resource in resources if view.exists(resource)}


def resource_node(view: View, resource: Resource) -> Node:
    """Return the resolved properties and attributes of a resource; without properties, an empty mapping of them."""
    members = {
        key: resolve_node(view.scenario, resource.body.get(key, ABSENT), (*resource.path, key))
        for key in ("Properties", *ATTRIBUTES)
    }
    if members["Properties"].value in (ABSENT, None):
        members["Properties"] = members["Properties"]._replace(value={})
    return Node({key: node for key, node in members.items() if node.value is not ABSENT}, resource.path)
