"""Direct Connect locations through which a gateway is reached.

https://docs.aws.amazon.com/directconnect/latest/UserGuide/resiliency_toolkit.html (2026-11-28)
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.stack_exports import is_exported
from relint.model.system.routes import identity_of
from relint.resolve.value import ABSENT, Expression, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_INTERFACES = ("AWS::DirectConnect::PrivateVirtualInterface", "AWS::DirectConnect::TransitVirtualInterface")
_CIRCUITS = ("AWS::DirectConnect::Connection", "AWS::DirectConnect::Lag")
_ASSOCIATION = "AWS::DirectConnect::DirectConnectGatewayAssociation"
_VPN = "AWS::EC2::VPNConnection"


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at ConnectionId if all virtual interfaces of a gateway use one location, and no VPN helps.

    The problem is at the first interface of the gateway. Message `devices`, at level note, for several connections in
    one location. Message values: `gateway`, `location`. Unknown if a connection or a location is, or if other stacks
    may add interfaces to the gateway.
    """
    gateway_id = _gateway_of(view, resource)
    if gateway_id is None:
        return
    gateway = identity_of(view, gateway_id)
    group = [other for other in view.resources(*_INTERFACES) if _is_at(view, other, gateway)]
    if group[0] != resource or _has_vpn(view, gateway):
        return
    circuits = {identity_of(view, view.get(interface, "Properties", "ConnectionId")) for interface in group}
    locations = {_location_of(view, interface) for interface in group}
    if sum(isinstance(location, str) for location in locations) >= 2:
        return
    target = view.target(gateway_id)
    if target is None or is_exported(view, target) is True:
        yield Unknown(("Gateway", gateway), "another stack may add a virtual interface to its gateway")
        return
    if not all(isinstance(location, str) for location in locations):
        yield Unknown(("Locations", resource.logical_id), "the locations of its connections are not in these files")
        return
    connection = view.get(resource, "Properties", "ConnectionId")
    related = tuple((other.path, "It uses the same location.") for other in group[1:])
    values = {"gateway": target.logical_id}
    if len(circuits) > 1:
        yield Problem(connection.path, values=values, related=related, message="devices", level="note")
    else:
        yield Problem(connection.path, values=values, related=related)


def _gateway_of(view: View, interface: Resource) -> Located | None:
    for name in ("VirtualGatewayId", "DirectConnectGatewayId"):
        value = view.get(interface, "Properties", name)
        if value.value is not ABSENT:
            return value
    return None


def _is_at(view: View, interface: Resource, gateway: Expression) -> bool:
    other = _gateway_of(view, interface)
    return other is not None and bool(identity_of(view, other) == gateway)


def _location_of(view: View, interface: Resource) -> Expression:
    """Return the location of the connection of an interface: a text, or an expression if it is unknown."""
    connection_id = view.get(interface, "Properties", "ConnectionId")
    connection = view.target(connection_id, *_CIRCUITS)
    if connection is None:
        return ("LocationOf", expression_of(connection_id.value))
    return expression_of(view.get(connection, "Properties", "Location").value)


def _has_vpn(view: View, gateway: Expression) -> bool:
    """Whether a VPN connection ends at the gateway, or at one that is associated with it."""
    gateways = {gateway}
    for association in view.resources(_ASSOCIATION):
        if identity_of(view, view.get(association, "Properties", "DirectConnectGatewayId")) == gateway:
            gateways.add(identity_of(view, view.get(association, "Properties", "AssociatedGatewayId")))
    return any(
        identity_of(view, view.get(vpn, "Properties", name)) in gateways
        for vpn in view.resources(_VPN)
        for name in ("VpnGatewayId", "TransitGatewayId")
    )
