"""Address blocks of networks and subnets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.resolve.value import ABSENT, Expression, Unknown, scalar_text

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

    from relint.model.resource import Resource
    from relint.model.view import View

    Block = IPv4Network | IPv6Network

_MOST_SUBNETS = 256
"""As many blocks Fn::Cidr makes at the most."""


def cidr_block_of(view: View, resource: Resource, name: str = "CidrBlock") -> Block | Unknown | None:
    """The address block that a property names; None if it was left out, an Unknown if it is not known or no block."""
    value = view.get(resource, "Properties", name).value
    if value is ABSENT:
        return None
    if isinstance(value, Unknown):
        return _worked_out(view, value.expression) or value
    return _parsed(scalar_text(value)) or Unknown(("Block", scalar_text(value)), f'"{value}" is no address block')


def cidr_blocks_of_vpc(view: View, vpc: Resource) -> Iterator[Block | Unknown]:
    """The blocks of IPv4 addresses of a VPC: its own and those that the template associates with it."""
    own = cidr_block_of(view, vpc)
    yield own if own is not None else Unknown(("Ipam", vpc.logical_id), "an address pool chooses the block")
    for more in view.referrers(vpc, ("AWS::EC2::VPCCidrBlock",), ("Properties", "VpcId")):
        block = cidr_block_of(view, more)
        if block is not None:
            yield block


def subnets_of_vpc(view: View, vpc: Resource) -> list[Resource]:
    """The subnets of the template that name a VPC."""
    return view.referrers(vpc, ("AWS::EC2::Subnet",), ("Properties", "VpcId"))


def _parsed(text: str) -> Block | None:
    from ipaddress import ip_network

    try:
        return ip_network(text.strip(), strict=False)
    except ValueError:
        return None


def _worked_out(view: View, form: Expression) -> Block | None:
    """A block cut out of that of a VPC: Fn::Select of Fn::Cidr of Fn::GetAtt Vpc.CidrBlock."""
    if not isinstance(form, tuple):
        return None
    if form[0] == "GetAtt" and form[2] == "CidrBlock" and form[1] in view.template.resources:
        found = cidr_block_of(view, view.template.resources[form[1]])
        return None if isinstance(found, Unknown) else found
    if form[0] == "Select" and isinstance(form[1], int) and isinstance(form[2], tuple) and form[2][0] == "Cidr":
        return _cut(view, form[2][1], form[1])
    return None


def _cut(view: View, arguments: Any, index: int) -> Block | None:
    parts = arguments[1:] if isinstance(arguments, tuple) and arguments[0] == "List" else ()
    if not 2 <= len(parts) <= 3 or not all(isinstance(part, str) and part.isdigit() for part in parts[1:]):
        return None
    whole = _parsed(parts[0]) if isinstance(parts[0], str) else _worked_out(view, parts[0])
    count, bits = int(parts[1]), int(parts[2]) if len(parts) == 3 else 8
    if whole is None or not 0 <= index < min(count, _MOST_SUBNETS):
        return None
    size = whole.max_prefixlen - bits
    if not whole.prefixlen <= size <= whole.max_prefixlen or index >= 2 ** (size - whole.prefixlen):
        return None
    from ipaddress import ip_network

    return ip_network((int(whole.network_address) + (index << bits), size))
