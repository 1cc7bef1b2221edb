"""Whether an Auto Scaling group may start enough instances to make up for a lost zone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.checks.problem import Problem
from relint.logic.numbers import integer_value, map_bounds
from relint.logic.predicates import apply_test
from relint.logic.truth import all_of
from relint.model.availability_zones import count_zones
from relint.model.aws.auto_scaling import desired
from relint.model.zone_members import members_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

MANY = 6
"""No Region has more zones."""

_LISTS = ("VPCZoneIdentifier", "AvailabilityZones", "AvailabilityZoneIds")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem when MaxSize is below D + ceil(D / z), for D desired instances in z zones.

    The instances of a lost zone count against MaxSize until they are terminated. A group of one instance, and one that
    lies in a single zone, is the business of other rules. Where D or z is known only within bounds, the bounds decide:
    more zones need less room, so what is too little for the most of them is too little anyway.
    """
    size = desired(resource, view)
    most = view.get(resource, "Properties", "MaxSize")
    limit = integer_value(most)
    few, many, reason = _zones(resource, view)
    needed = _needed(size, few, many, reason)
    short = many > 1 and all_of((apply_test("above", size, 1), apply_test("below", limit, needed)))
    if isinstance(short, Unknown):
        yield short
    elif short and (isinstance(limit, Unknown) or isinstance(needed, Unknown)):
        least = needed.minimum if isinstance(needed, Unknown) else needed
        yield Problem(most.path, {"needed": least}, (), "at-least")
    elif short:
        yield Problem(most.path, {"value": limit, "desired": size, "zones": few, "needed": needed})


def _needed(size: Any, few: int, many: int, reason: str) -> Any:
    """D + ceil(D / z), or an Unknown between what the most and the fewest zones ask for."""
    low = map_bounds(size, lambda count: count + -(-count // many))
    high = map_bounds(size, lambda count: count + -(-count // few))
    if few == many:
        return low
    if isinstance(size, Unknown):
        return Unknown(size.expression, size.reason, low.minimum, high.maximum)
    return Unknown(("Headroom", size, few, many), reason, low, high)


def _zones(resource: Resource, view: View) -> tuple[int, int, str]:
    """The fewest zones (two at least) and the most that the group may span, and why the number is not known."""
    lists = [view.get(resource, "Properties", name) for name in _LISTS]
    entries = members_of(view, [value for value in lists if value.value is not ABSENT])
    number = count_zones(view, entries).number() if entries else Unknown(("Zones",), "it names no zones", 2, MANY)
    if not isinstance(number, Unknown):
        return number, number, ""
    return max(int(number.minimum or 2), 2), int(number.maximum or MANY), number.reason
