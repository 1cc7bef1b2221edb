"""What a template proves about Availability Zones without knowing values.

Every entry of a list of subnets or zones gets a symbolic zone. Two zones are equal, distinct, or not known to be
either; a resource spans a number of zones between a lower bound (what is proved distinct) and an upper bound (what is
not known taken as distinct).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.model.zone_facts import MAX_COMPARED, DistinctPairs, proven_facts
from relint.model.zone_members import ZoneMember, is_distinct_zone, is_same_zone
from relint.resolve.value import Expression, Unknown

if TYPE_CHECKING:
    from relint.model.view import View

_MANY = 6
"""Upper bound for a list of unknown length: no Region has more zones."""


class ZoneCount(NamedTuple):
    """How many zones some entries span: at least `lower`, at most `upper`; `undecided` names the pair that decides."""

    entries: tuple[ZoneMember, ...]
    lower: int
    upper: int
    undecided: str | None

    def number(self) -> int | Unknown:
        """The number of zones, or an Unknown between the bounds."""
        if self.lower == self.upper:
            return self.lower
        zones = ("Zones", *(entry.zone for entry in self.entries))
        return Unknown(zones, self.undecided or "its zones are not known", self.lower, self.upper)


def count_zones(view: View, entries: Iterable[ZoneMember]) -> ZoneCount:
    """How many zones the entries span, with the facts that any successful deployment proves."""
    known = tuple(entries)
    zones = _bounds(known, frozenset(), frozenset())
    if zones.lower < 2 <= zones.upper:
        pairs, lists = proven_facts(view)
        zones = _bounds(known, pairs, lists)
    return zones


def _bounds(entries: tuple[ZoneMember, ...], pairs: DistinctPairs, lists: frozenset[Expression]) -> ZoneCount:
    def apart(one: ZoneMember, other: ZoneMember) -> bool:
        if is_same_zone(one, other):
            return False
        return (
            is_distinct_zone(one, other)
            or frozenset((one.identity, other.identity)) in pairs
            or (frozenset((one.zone, other.zone)) in pairs)
        )

    whole = [entry for entry in entries if entry.many]
    single = list({(entry.identity, entry.zone): entry for entry in entries if not entry.many}.values())
    upper = len({entry.zone for entry in single})
    single = single[:MAX_COMPARED]
    clique: list[ZoneMember] = []
    for start in single:
        candidate = [start]
        for entry in single:
            if all(apart(entry, member) for member in candidate):
                candidate.append(entry)
        clique = max(clique, candidate, key=len)
    lower = max(len(clique), 1 if entries else 0)
    for entry in whole:
        upper = max(upper + _MANY, _MANY)
        if entry.spans or entry.identity in lists:
            lower = max(lower, 2)
    return ZoneCount(entries, lower, max(upper, lower), _undecided(single, whole, apart))


def _undecided(single: list[ZoneMember], whole: list[ZoneMember], apart: Any) -> str | None:
    if whole:
        return f'the zones of "{whole[0].label}" are not known'
    for index, one in enumerate(single):
        for other in single[index + 1 :]:
            if not is_same_zone(one, other) and not apart(one, other):
                return f'"{one.label}" and "{other.label}" may lie in the same zone'
    return None
