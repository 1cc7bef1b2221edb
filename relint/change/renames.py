"""Renamed resources: those that are gone, and new ones that are like them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import product

from relint._typing import TYPE_CHECKING
from relint.change.facts.update_facts import NO_UPDATES, property_updates
from relint.change.physical_names import kept_name
from relint.change.resolved import canonical

if TYPE_CHECKING:
    from relint.change.resolved import Node
    from relint.model.resource import Resource

LEAST_EQUAL_SHARE = 0.8
"""The share of equal properties from which a new resource counts as the old one under another logical id."""

_MAX_PAIRS = 10_000
"""Pairs of resources of a type that are compared; types with more changes have no renames."""


def match_renamed(
    removed: Mapping[str, Resource],
    added: Mapping[str, Resource],
    old_nodes: Mapping[str, Node],
    new_nodes: Mapping[str, Node],
) -> dict[str, str]:
    """Return the new logical ids of removed resources by the old ones.

    Of several candidates, the one with the same physical name is taken, or the one that SAM generates from the same
    part of the template, else the one with the largest share of equal properties. References between renamed resources
    count as equal once both are matched.
    """
    types = sorted({resource.type for resource in removed.values()} & {resource.type for resource in added.values()})
    renamed: dict[str, str] = {}
    for old_id, new_id in _pairs_of_types(removed, added, types):
        old, new = removed[old_id], added[new_id]
        if old_id not in renamed and (
            kept_name(old.type, old_nodes[old_id], new_nodes[new_id]) or _is_generated_alike(old, new)
        ):
            renamed[old_id] = new_id
    while True:
        count = len(renamed)
        for resource_type in types:
            old_ids = [name for name in removed if name not in renamed and removed[name].type == resource_type]
            taken = set(renamed.values())
            new_ids = [name for name in added if name not in taken and added[name].type == resource_type]
            old_keys = {name: _property_keys(resource_type, old_nodes[name], renamed) for name in old_ids}
            new_keys = {name: _property_keys(resource_type, new_nodes[name], {}) for name in new_ids}
            renamed.update(_best_pairs(old_keys, new_keys))
        if len(renamed) == count:
            return renamed


def _pairs_of_types(
    removed: Mapping[str, Resource], added: Mapping[str, Resource], types: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a removed and an added resource of the same type; none of a type with too many."""
    for resource_type in types:
        old_ids = [name for name in removed if removed[name].type == resource_type]
        new_ids = [name for name in added if added[name].type == resource_type]
        if len(old_ids) * len(new_ids) <= _MAX_PAIRS:
            yield from product(old_ids, new_ids)


def _is_generated_alike(old: Resource, new: Resource) -> bool:
    """Whether SAM generates both resources from the same part, such as the stages of an API, which have its name."""
    return bool(old.generated_from) and (old.generated_from, old.path) == (new.generated_from, new.path)


Keys = Mapping[str, Hashable]


def _best_pairs(old: Mapping[str, Keys], new: Mapping[str, Keys]) -> dict[str, str]:
    if len(old) * len(new) > _MAX_PAIRS:
        return {}
    shares = [
        (-share, old_id, new_id)
        for old_id, old_keys in old.items()
        for new_id, new_keys in new.items()
        if (share := _equal_share(old_keys, new_keys)) >= LEAST_EQUAL_SHARE
    ]
    pairs: dict[str, str] = {}
    for _, old_id, new_id in sorted(shares):
        if old_id not in pairs and new_id not in pairs.values():
            pairs[old_id] = new_id
    return pairs


def _equal_share(old: Keys, new: Keys) -> float:
    """Return the share of properties, of those that either side has, that are equal."""
    names = {*old, *new}
    return sum(name in old and name in new and old[name] == new[name] for name in names) / len(names) if names else 1.0


def _property_keys(resource_type: str, node: Node, renamed: Mapping[str, str]) -> Keys:
    """Return a key of each property that is equal for equal values, with the new ids of renamed resources."""
    unordered = (property_updates(resource_type) or NO_UPDATES).unordered
    properties = node.member("Properties").value
    members: Mapping[str, Node] = properties if isinstance(properties, dict) else {}
    return {name: _with_new_ids(canonical(value, unordered, name), renamed) for name, value in members.items()}


def _with_new_ids(key: Hashable, renamed: Mapping[str, str]) -> Hashable:
    if not isinstance(key, tuple) or not renamed:
        return key
    if len(key) > 1 and key[0] in ("Ref", "GetAtt") and key[1] in renamed:
        return (key[0], renamed[key[1]], *key[2:])
    return tuple(_with_new_ids(part, renamed) for part in key)
