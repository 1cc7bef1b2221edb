"""Customer gateways at which the VPN connections of a gateway end.

https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-redundant-connection.html (2026-11-28)
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.model.aws.stack_exports import is_exported
from relint.model.system.routes import identity_of
from relint.resolve.value import ABSENT, Expression, Located, Unknown, expression_of, is_call, referenced_id

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CONNECTION = "AWS::EC2::VPNConnection"
_CUSTOMER_GATEWAY = "AWS::EC2::CustomerGateway"
_ATTACHMENT = "AWS::NetworkManager::SiteToSiteVpnAttachment"
_ENDPOINTS = ("VpnGatewayId", "TransitGatewayId", "VpnConcentratorId")
_DIRECT_CONNECT = (
    ("AWS::DirectConnect::PrivateVirtualInterface", "VirtualGatewayId"),
    ("AWS::DirectConnect::DirectConnectGatewayAssociation", "AssociatedGatewayId"),
    ("AWS::NetworkManager::DirectConnectGatewayAttachment", "CoreNetworkId"),
)
"""Types that lead a Direct Connect connection to a gateway, and the property that names the gateway."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at CustomerGatewayId if all connections of the same gateway end at one customer gateway.

    The problem is at the first connection of the gateway. Message values: `gateway`, `customer`. Unknown if customer
    gateways may be the same, or if other stacks may add connections to the gateway.
    """
    endpoint = _endpoint_of(view, resource)
    if endpoint is None:
        return
    group = [
        connection
        for connection in view.resources(_CONNECTION)
        if (other := _endpoint_of(view, connection)) and identity_of(view, other) == identity_of(view, endpoint)
    ]
    if group[0] != resource or _has_direct_connect(view, endpoint):
        return
    devices = {_device_of(view, connection): connection for connection in group}
    gateway = view.target(endpoint)
    if len(devices) == 1:
        if gateway is None or is_exported(view, gateway) is True:
            reason = "another stack may connect its gateway with another customer gateway"
            yield Unknown(("Gateway", expression_of(endpoint.value)), reason)
            return
        customer = view.get(resource, "Properties", "CustomerGatewayId")
        values = {"gateway": gateway.logical_id, "customer": _name(customer)}
        related = tuple((other.path, "It ends there, too.") for other in group[1:])
        yield Problem(customer.path, values=values, related=related)
    elif sum(isinstance(device, str) for device in devices) < 2:
        yield Unknown(("Devices", resource.logical_id), "the customer gateways may be the same device")


def _name(value: Located) -> str:
    expression = expression_of(value.value)
    return expression if isinstance(expression, str) else referenced_id(expression) or "the customer gateway"


def _endpoint_of(view: View, connection: Resource) -> Located | None:
    """Return the gateway at the side of AWS: of a VPC, of many, or the core network to which it is attached."""
    for name in _ENDPOINTS:
        value = view.get(connection, "Properties", name)
        if value.value is not ABSENT:
            return value
    for attachment in view.referrers(connection, (_ATTACHMENT,), ("Properties", "VpnConnectionArn")):
        return view.get(attachment, "Properties", "CoreNetworkId")
    return None


def _has_direct_connect(view: View, endpoint: Located) -> bool:
    return any(
        identity_of(view, view.get(resource, "Properties", name)) == identity_of(view, endpoint)
        for resource_type, name in _DIRECT_CONNECT
        for resource in view.resources(resource_type)
    )


def _device_of(view: View, connection: Resource) -> Expression:
    """Return the device at the other end: its address or certificate, a text if known, else an expression."""
    value = view.get(connection, "Properties", "CustomerGatewayId")
    gateway = view.target(value, _CUSTOMER_GATEWAY)
    if gateway is None:
        return expression_of(value.value)
    marks: list[Any] = [view.get(gateway, "Properties", name).value for name in ("IpAddress", "CertificateArn")]
    mark = next((mark for mark in marks if mark is not ABSENT), gateway.logical_id)
    expression = expression_of(mark)
    return f"{gateway.logical_id} EIP" if _is_resource(view, expression) else expression


def _is_resource(view: View, expression: Expression) -> bool:
    """Whether an address is that of another resource of the template, such as an AWS::EC2::EIP."""
    return is_call(expression, "Ref", "GetAtt") and referenced_id(expression) in view.template.resources
