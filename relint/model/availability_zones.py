"""The number of Availability Zones that subnets or resources span, as far as a template proves it.

Every member of a list of subnets or zones has a symbolic zone. Two zones are equal, distinct, or neither is proven.
The number of zones has a lower bound (the members that are proven distinct) and an upper bound (the members that are
not proven equal).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.zone_facts import MAX_COMPARED, NO_ZONE_FACTS, ZoneFacts, ZoneProof, proven_facts
from relint.model.zone_members import ZoneMember, is_distinct_zone, is_same_zone
from relint.model.zone_names import ZONES_OF_REGION
from relint.resolve.value import Unknown, is_call

if TYPE_CHECKING:
    from relint.model.view import View

_MAX_ZONES = 6
"""Upper bound for a list of unknown length: no Region has more zones."""


class ZoneCount(NamedTuple):
    """The number of zones that some members span, with inclusive bounds.

    `reason` says which list or which pair of members leaves the number open.
    """

    members: tuple[ZoneMember, ...]
    lower: int
    upper: int
    reason: str | None

    def as_value(self) -> int | Unknown:
        """Return the number of zones, or an Unknown between the bounds."""
        if self.lower == self.upper:
            return self.lower
        return Unknown(
            expression=("Zones", *(member.zone for member in self.members)),
            reason=self.reason or "its zones are not known",
            minimum=self.lower,
            maximum=self.upper,
        )


def count_zones(view: View, members: Iterable[ZoneMember]) -> ZoneCount:
    """Return the number of zones that the members span."""
    members = tuple(members)
    zones = _count(members, NO_ZONE_FACTS)
    if zones.lower < 2 <= zones.upper:  # the facts of the whole template are needed only if the number is open
        zones = _count(members, proven_facts(view))
    return zones


def are_proven_distinct(left: ZoneMember, right: ZoneMember, facts: ZoneFacts) -> bool:
    """Whether two members lie in different zones in any successful deployment."""
    if is_same_zone(left, right):
        return False
    return (
        is_distinct_zone(left, right)
        or frozenset((left.identity, right.identity)) in facts.distinct_pairs
        or frozenset((left.zone, right.zone)) in facts.distinct_pairs
    )


def proof_of_distinctness(left: ZoneMember, right: ZoneMember, facts: ZoneFacts) -> ZoneProof:
    """Return the reason why two members, which are proven distinct, lie in different zones."""
    if is_distinct_zone(left, right):
        if is_call(left.zone, "Select"):
            return ZoneProof("D2", "Fn::GetAZs lists each zone once")
        return ZoneProof("", "their names differ")
    pairs = facts.distinct_pairs
    by_identity = pairs.get(frozenset((left.identity, right.identity)))
    return by_identity or pairs[frozenset((left.zone, right.zone))]


def _count(members: tuple[ZoneMember, ...], facts: ZoneFacts) -> ZoneCount:
    def are_distinct(left: ZoneMember, right: ZoneMember) -> bool:
        return are_proven_distinct(left, right, facts)

    lists = [member for member in members if member.is_list]
    singles = list({(member.identity, member.zone): member for member in members if not member.is_list}.values())
    upper = len({member.zone for member in singles}) + _MAX_ZONES * len(lists)
    singles = singles[:MAX_COMPARED]
    if not facts.distinct_pairs:  # then only zones tell members apart, and many members share few zones
        singles = _one_per_zone(singles)
    lower = max(_distinct_members(singles, are_distinct), 1 if members else 0)
    if any(member.spans_two_zones or member.identity in facts.two_zone_lists for member in lists):
        lower = max(lower, 2)
    return ZoneCount(
        members=members,
        lower=lower,
        upper=max(upper, lower),
        reason=_open_reason(singles, lists, are_distinct),
    )


def _one_per_zone(members: list[ZoneMember]) -> list[ZoneMember]:
    first: dict[object, ZoneMember] = {}
    for member in members:
        first.setdefault(member.zone, member)
    return list(first.values())


def _distinct_members(members: list[ZoneMember], are_distinct: Callable[[ZoneMember, ZoneMember], bool]) -> int:
    """Return the size of a large group of members in pairwise distinct zones (a greedy clique from each member)."""
    largest = 0
    for start in members:
        clique = [start]
        for member in members:
            if all(are_distinct(member, other) for other in clique):
                clique.append(member)
        largest = max(largest, len(clique))
        if largest == len(members):
            break
    return largest


def _open_reason(
    singles: list[ZoneMember], lists: list[ZoneMember], are_distinct: Callable[[ZoneMember, ZoneMember], bool]
) -> str | None:
    if lists:
        if lists[0].label == ZONES_OF_REGION:
            return "the number of zones of the Region is not known"
        return f'the zones of "{lists[0].label}" are not known'
    for index, left in enumerate(singles):
        for right in singles[index + 1 :]:
            if not is_same_zone(left, right) and not are_distinct(left, right):
                return f'"{left.label}" and "{right.label}" may lie in the same zone'
    return None
