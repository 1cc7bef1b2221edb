"""Redundancy groups of which an update spares no Availability Zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Literal, NamedTuple
from relint.change.service.redundancy_groups import RedundancyGroup, redundancy_groups
from relint.change.service.replacement_chain import chain_of, changes_by_id, is_replaced, outside_cause
from relint.change.service.service_effects import is_told
from relint.model.creation_order import created_before
from relint.model.system.paths import edges_from
from relint.model.zone_members import is_same_zone, zone_of_resource
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.change.records import Comparison, ResourceChange
    from relint.model.resource import Resource
    from relint.model.view import View

Action = Literal["replaces", "interrupts", "removes"]


class Hit(NamedTuple):
    """A member of a group, and what the update does to it."""

    change: ResourceChange
    action: Action


class HitGroup(NamedTuple):
    """A redundancy group of the old template with the members that the update hits, which cover all its zones."""

    group: RedundancyGroup
    hits: tuple[Hit, ...]


def hit_groups(comparison: Comparison) -> tuple[HitGroup, ...]:
    """Return the groups that an update hits in all zones, without those of which another finding tells the origin.

    That is the replacement of another resource, or a group before it. Built once for a comparison.
    """
    key = ("hit groups", "", "")
    cache = comparison.new.cache
    if key not in cache:
        cache[key] = tuple(_find(comparison))
    groups: tuple[HitGroup, ...] = cache[key]
    return groups


def _find(comparison: Comparison) -> Iterator[HitGroup]:
    told: set[str] = set()
    for group in redundancy_groups(comparison.old):
        hits = _hits_in_all_zones(comparison, group)
        if not hits:
            continue
        chains = [(hit.change, *chain_of(comparison, hit.change)) for hit in hits]
        names = [{one.logical_id for one in chain} | {outside_cause(comparison, chain[0])} - {""} for chain in chains]
        shared = [one for one in chains[0][1:] if all(one.logical_id in others for others in names)]
        if all(not told.isdisjoint(others) for others in names) or any(is_told(comparison, one) for one in shared):
            continue
        told.update(*names)
        yield HitGroup(group, hits)


def _hits_in_all_zones(comparison: Comparison, group: RedundancyGroup) -> tuple[Hit, ...]:
    """Return the members that are hit; none if a zone is spared, they come in turns, or others take their place."""
    if len(group.members) < 2 and group.kind != "fleet":
        return ()
    view = comparison.old
    hits = {member.logical_id: hit for member in group.members if (hit := _hit(comparison, member)) is not None}
    zones = [zone_of_resource(view, member) for member in group.members if member.logical_id in hits]
    for member in group.members:
        zone = zone_of_resource(view, member)
        if member.logical_id not in hits and not any(is_same_zone(zone, other) for other in zones):
            return ()
    if all(hit.action == "removes" for hit in hits.values()) and _is_meant(comparison, group):
        return ()
    return () if _is_in_turns(comparison, hits) else tuple(hits.values())


def _is_in_turns(comparison: Comparison, hits: Mapping[str, Hit]) -> bool:
    """Whether CloudFormation interrupts a member only after another one, because it depends on that one."""
    if any(hit.action != "interrupts" for hit in hits.values()):
        return False
    return any(len(hits.keys() & created_before(comparison.new, hit.change.resource)) > 1 for hit in hits.values())


def _hit(comparison: Comparison, member: Resource) -> Hit | None:
    change = changes_by_id(comparison).get(member.logical_id)
    if change is None:
        return None
    if change.kind == "removed":
        return Hit(change, "removes")
    if is_replaced(change):
        return None if is_gradual(comparison, change) else Hit(change, "replaces")
    return Hit(change, "interrupts") if change.effect == "interrupts" else None


def is_gradual(comparison: Comparison, change: ResourceChange) -> bool:
    """Whether replaced instances go in turns, or only when the new ones have reported that they serve."""
    steps = (("UpdatePolicy", "AutoScalingRollingUpdate"), ("CreationPolicy", "ResourceSignal"))
    return change.new is not None and any(comparison.new.get(change.new, *path).value is not ABSENT for path in steps)


def _is_meant(comparison: Comparison, group: RedundancyGroup) -> bool:
    """Whether the removal of all members gives up what they belong to, or others take their place."""
    holder = comparison.old.template.resources.get(group.holder)
    if not comparison.new.template.by_type:
        return True
    if group.kind == "subnets" or (holder is not None and _in(comparison.new, holder.logical_id) is None):
        return True
    if holder is not None and group.kind in ("targets", "fleet"):
        return any(edges_from(comparison.new, holder))
    routes = (comparison.old.referrers(member, ("AWS::EC2::Route",)) for member in group.members)
    if any(_in(comparison.new, route.logical_id) for of_member in routes for route in of_member):
        return True
    types = {member.type for member in group.members}
    return any(change.kind == "added" and change.type in types for change in comparison.changes)


def _in(view: View, logical_id: str) -> Resource | None:
    resource = view.template.resources.get(logical_id)
    return resource if resource is not None and view.exists(resource) else None
