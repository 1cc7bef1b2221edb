"""Redundancy of instances, and of the addresses that lead to one machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING
from relint.model.aws.serving_instances import serving_role
from relint.model.system.redundancy.record import Count, Redundancy, exactly
from relint.model.zone_members import zone_of_resource

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_INSTANCE_RULES = {"api": "API-701", "": ""}
"""The rule for an instance by its role in serving; for all other roles it is EC2-701."""


def _instance(view: View, resource: Resource) -> Redundancy:
    place = zone_of_resource(view, resource)
    rule_id = _INSTANCE_RULES.get(serving_role(view, resource), "EC2-701")
    return Redundancy(
        scope="unit",
        units=exactly(1, resource.path, "one-instance", rule_id),
        zones=exactly(1, place.path, "one-zone", rule_id),
        state="ephemeral",
        spread="proven",
        places=(place,),
    )


def _interface(view: View, resource: Resource) -> Redundancy:
    place = zone_of_resource(view, resource)
    count = exactly(1, resource.path, "one-machine")
    return Redundancy("zonal", units=count, zones=count, spread="proven", places=(place,))


def _address(view: View, resource: Resource) -> Redundancy:
    """Return that an address leads to one machine at a time, though AWS keeps the address itself in the Region."""
    count = exactly(1, resource.path, "one-machine")
    return Redundancy("regional", units=count, zones=Count(lower=2, upper=None, path=resource.path))


READERS: Mapping[str, Callable[[View, Resource], Redundancy]] = {
    "AWS::EC2::Instance": _instance,
    "AWS::EC2::EIP": _address,
    "AWS::EC2::NetworkInterface": _interface,
}
