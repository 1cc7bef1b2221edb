"""Auto Scaling groups without room above their desired capacity for the loss of a zone."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.checks.problem import Problem
from relint.logic.numbers import integer_value, map_bounds
from relint.logic.predicates import apply_test
from relint.logic.truth import all_of
from relint.model.availability_zones import count_zones
from relint.model.aws.auto_scaling import desired_capacity, zone_lists
from relint.model.zone_members import members_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

MAX_ZONES = 6
"""No Region has more zones."""


class _ZoneBounds(NamedTuple):
    """The fewest (at least two) and the most zones that a group may span."""

    fewest: int
    most: int
    reason: str = ""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at MaxSize without room for the loss of a zone.

    D desired instances in z zones have room for the share of a zone with a MaxSize of D + ceil(D / z). Scaling may use
    it while replacements are missing; replacement itself stays within the desired capacity. Other rules check groups
    of one instance and groups in a single zone. If D or z is known only within bounds, the bounds decide: more zones
    need less room, so a MaxSize that is too small for the most zones is too small anyway. Message values: `value`,
    `desired`, `zones`, `needed`; message `at-least` has `needed` only. Unknown if a number decides and is unknown.
    """
    size = desired_capacity(resource, view)
    max_size = view.get(resource, "Properties", "MaxSize")
    maximum = integer_value(max_size)
    zones = _zone_bounds(view, resource)
    needed = _needed_size(size, zones)
    is_short = zones.most > 1 and all_of((apply_test("above", size, 1), apply_test("below", maximum, needed)))
    if isinstance(is_short, Unknown):
        yield is_short
    elif is_short and (isinstance(maximum, Unknown) or isinstance(needed, Unknown)):
        at_least = needed.minimum if isinstance(needed, Unknown) else needed
        yield Problem(max_size.path, values={"needed": at_least}, message="at-least")
    elif is_short:
        values = {"value": maximum, "desired": size, "zones": zones.fewest, "needed": needed}
        yield Problem(max_size.path, values=values)


def _needed_size(size: Any, zones: _ZoneBounds) -> Any:
    """Return D + ceil(D / z), or an Unknown with its bounds."""
    low = map_bounds(size, lambda count: count + -(-count // zones.most))
    high = map_bounds(size, lambda count: count + -(-count // zones.fewest))
    if zones.fewest == zones.most:
        return low
    if isinstance(size, Unknown):
        return Unknown(size.expression, size.reason, minimum=low.minimum, maximum=high.maximum)
    return Unknown(("Headroom", size, zones.fewest, zones.most), zones.reason, minimum=low, maximum=high)


def _zone_bounds(view: View, resource: Resource) -> _ZoneBounds:
    members = members_of(view, zone_lists(view, resource))
    if members:
        number = count_zones(view, members).as_value()
    else:
        number = Unknown(("Zones",), "it names no zones", minimum=2, maximum=MAX_ZONES)
    if not isinstance(number, Unknown):
        return _ZoneBounds(fewest=number, most=number)
    fewest, most = max(int(number.minimum or 2), 2), int(number.maximum or MAX_ZONES)
    return _ZoneBounds(fewest=fewest, most=most, reason=number.reason)
