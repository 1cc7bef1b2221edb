"""Whether an Auto Scaling group may start enough instances to make up for a lost zone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.group_size import desired, whole
from relint.evaluate.problem import Problem
from relint.model.zones import entries_of, span
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.template import Resource
    from relint.model.view import View

_LISTS = ("VPCZoneIdentifier", "AvailabilityZones", "AvailabilityZoneIds")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem when MaxSize is below D + ceil(D / z), for D desired instances in z zones (two if that is not known).

    The instances of a lost zone count against MaxSize until they are terminated. A group of one instance, and one that
    lies in a single zone, is the business of other rules.
    """
    size = desired(resource, view)
    most = view.get(resource, "Properties", "MaxSize")
    limit = whole(most)
    for value in (size, limit):
        if isinstance(value, Unknown):
            yield value
            return
    zones = _zones(resource, view)
    needed = size + -(-size // zones)
    if size > 1 and zones > 1 and limit < needed:
        values = {"value": limit, "desired": size, "zones": zones, "needed": needed}
        yield Problem(most.path, values)


def _zones(resource: Resource, view: View) -> int:
    lists = [view.get(resource, "Properties", name) for name in _LISTS]
    entries = entries_of(view, [value for value in lists if value.value is not ABSENT])
    number = span(view, entries).number() if entries else 2
    return 2 if isinstance(number, Unknown) else number
