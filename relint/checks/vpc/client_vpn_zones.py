"""Zones in which a Client VPN endpoint is associated with subnets."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.zone_members import member_of
from relint.resolve.value import ABSENT, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ASSOCIATION, _ENDPOINT = "AWS::EC2::ClientVpnTargetNetworkAssociation", "AWS::EC2::ClientVpnEndpoint"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the first association of an endpoint that reaches one zone only; value `endpoint`.

    Unknown if the zones are, or if the endpoint is of another stack, which may associate it with further subnets.
    """
    endpoint = view.get(resource, "Properties", "ClientVpnEndpointId")
    identity = expression_of(endpoint.value)
    associations = [
        other
        for other in view.resources(_ASSOCIATION)
        if expression_of(view.get(other, "Properties", "ClientVpnEndpointId").value) == identity
    ]
    if associations[0] is not resource:
        return
    zones = count_zones(
        view, [member_of(view, _place_of(view, association)) for association in associations]
    ).as_value()
    if isinstance(zones, Unknown):
        yield zones
    elif zones < 2:
        target = view.target(endpoint, _ENDPOINT)
        if target is None:
            yield Unknown(("Associations", identity), "another stack may associate the endpoint with further subnets")
        else:
            yield Problem((*resource.path, "Properties", "SubnetId"), values={"endpoint": target.logical_id})


def _place_of(view: View, association: Resource) -> Located:
    """Return the subnet of an association, or the zone of one through a transit gateway."""
    subnet = view.get(association, "Properties", "SubnetId")
    zone = view.get(association, "Properties", "AvailabilityZone")
    if subnet.value is ABSENT and zone.value is ABSENT:
        return view.get(association, "Properties", "AvailabilityZoneId")
    return subnet if subnet.value is not ABSENT else zone
