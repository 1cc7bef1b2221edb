"""Records of redundancy: numbers of units and zones with bounds, and what decides them."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any, Literal, NamedTuple
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.availability_zones import ZoneCount
    from relint.model.zone_members import ZoneMember
    from relint.source.location import Path

Scope = Literal["unit", "zonal", "regional", "global"]
"""What fails at once.

unit: machines that the template counts; each fails alone and with its zone. zonal: a service that AWS keeps alive
inside of one zone, such as a volume. regional: a service that AWS runs in several zones. global: one beyond the Region.
"""

State = Literal["none", "ephemeral", "durable"]
"""Whether a resource holds data: none, data that can be made again or that is in transit, or data of record."""

Spread = Literal["proven", "expected", "unknown"]
"""Whether units lie in different zones: in any successful deployment, as well as AWS can, or nobody knows."""


class Count(NamedTuple):
    """A number of units or zones: `lower` and `upper` are inclusive, and None is no upper bound.

    `fact` is the kind of value that decides the number, a key of `words.FACTS`, and `path` its place in the template.
    `rule_id` is the rule of the type that demands more, or "" if there is none. `unknown` is set if the template leaves
    the number open; without it, bounds that differ are those between which AWS scales.
    """

    lower: int
    upper: int | None
    path: Path
    fact: str = ""
    rule_id: str = ""
    unknown: Unknown | None = None

    @property
    def is_one(self) -> bool:
        """Whether there is never more than one."""
        return self.upper is not None and self.upper <= 1

    @property
    def may_be_one(self) -> bool:
        """Whether the template leaves open if there is more than one."""
        return self.unknown is not None and self.lower <= 1 and not self.is_one


class Redundancy(NamedTuple):
    """The units of a resource and the zones in which they lie.

    A unit takes over from another one by itself: the standby of a database is a unit, a copy that somebody has to
    promote is none. `places` are the subnets or zones in which units may lie. `running` is the number of units that a
    deployment starts, where that is not the lower bound: a group may be larger than its smallest size.
    """

    scope: Scope
    units: Count
    zones: Count
    state: State = "none"
    spread: Spread = "unknown"
    places: tuple[ZoneMember, ...] = ()
    running: int | Unknown | None = None

    @property
    def single(self) -> Count | None:
        """The number that makes the resource a single point of failure, or may make it one: units before zones."""
        for count in (self.units, self.zones):
            if count.is_one:
                return count
        return next((count for count in (self.units, self.zones) if count.may_be_one), None)


def exactly(number: int, path: Path, fact: str = "", rule_id: str = "") -> Count:
    """Return a number that the template decides."""
    return Count(lower=number, upper=number, path=path, fact=fact, rule_id=rule_id)


def between(smallest: Any, largest: Any, path: Path, fact: str = "", rule_id: str = "", *, least: int = 0) -> Count:
    """Return the numbers between two resolved integers, each of which may be an Unknown; `least` is the lowest one."""
    unknown = next((value for value in (smallest, largest) if isinstance(value, Unknown)), None)
    lower = max(int(smallest.minimum or 0) if isinstance(smallest, Unknown) else smallest, least)
    upper = largest
    if isinstance(largest, Unknown):
        upper = None if largest.maximum is None else int(largest.maximum)
    return Count(
        lower=lower,
        upper=upper if upper is None else max(upper, lower),
        path=path,
        fact=fact,
        rule_id=rule_id,
        unknown=unknown,
    )


def choice(decision: Any, if_true: int, if_false: int, path: Path, fact: str = "", rule_id: str = "") -> Count:
    """Return one of two numbers, the smaller second, by a truth value that may be Unknown."""
    unknown = decision if isinstance(decision, Unknown) else None
    return Count(
        lower=if_true if decision is True else if_false,
        upper=if_true if unknown or decision is True else if_false,
        path=path,
        fact=fact,
        rule_id=rule_id,
        unknown=unknown,
    )


def spanned(zones: ZoneCount, path: Path, rule_id: str = "") -> Count:
    """Return the number of zones of members; without members it is unknown."""
    reason = zones.reason or "its zones are not in this template"
    is_open = zones.lower != zones.upper or not zones.members
    return Count(
        lower=zones.lower if zones.members else 1,
        upper=zones.upper if zones.members else None,
        path=path,
        fact="one-zone",
        rule_id=rule_id,
        unknown=Unknown(("Zones", path), reason) if is_open else None,
    )
