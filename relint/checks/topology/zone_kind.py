"""Kind of the zones in which a resource may run."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Literal
from relint.model.subnet_lists import listed_members
from relint.model.zone_kinds import ZoneKind, zone_kind

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> ZoneKind | Literal["mixed"]:
    """Return "outpost" if a subnet of the resource lies on an Outpost, "local-zone" if one lies in such a zone.

    "mixed" if another one lies in an Availability Zone. Else "availability-zone" if one is known to lie in an
    Availability Zone, and "unknown" if the template leaves it open.
    """
    kinds = {zone_kind(view, member) for member in listed_members(view, resource)}
    if {"local-zone", "availability-zone"} <= kinds:
        return "mixed"
    order: tuple[ZoneKind, ...] = ("outpost", "local-zone", "availability-zone")
    return next((kind for kind in order if kind in kinds), "unknown")
