"""CIDR blocks of VPCs and subnets."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.resolve.value import (
    ABSENT,
    Expression,
    Unknown,
    arguments_of,
    attribute_name,
    is_call,
    referenced_id,
    scalar_text,
)

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

    from relint.model.resource import Resource
    from relint.model.view import View

    Block = IPv4Network | IPv6Network

_MAX_FN_CIDR_BLOCKS = 256
_DEFAULT_FN_CIDR_BITS = 8


def cidr_block_of(
    view: View, resource: Resource, name: str = "CidrBlock", visited: frozenset[str] = frozenset()
) -> Block | Unknown | None:
    """Return the CIDR block in a property: None if it is absent, an Unknown if it is unknown or invalid.

    `visited` are the resources whose block depends on this one; a block that depends on itself is unknown.
    """
    value = view.get(resource, "Properties", name).value
    if value is ABSENT:
        return None
    if isinstance(value, Unknown):
        return computed_block(view, value.expression, visited | {resource.logical_id}) or value
    return _parse_block(scalar_text(value)) or Unknown(("Block", scalar_text(value)), f'"{value}" is no address block')


def cidr_blocks_of_vpc(view: View, vpc: Resource) -> Iterator[Block | Unknown]:
    """Yield the CIDR blocks of a VPC: the block of the resource, and those that the template associates with it."""
    block = cidr_block_of(view, vpc)
    yield block if block is not None else Unknown(("Ipam", vpc.logical_id), "an address pool chooses the block")
    for association in view.referrers(vpc, ("AWS::EC2::VPCCidrBlock",), ("Properties", "VpcId")):
        associated_block = cidr_block_of(view, association)
        if associated_block is not None:
            yield associated_block
        elif view.get(association, "Properties", "Ipv4IpamPoolId").value is not ABSENT:
            yield Unknown(("Ipam", association.logical_id), "an address pool chooses the block")


def subnets_of_vpc(view: View, vpc: Resource) -> list[Resource]:
    """Return the subnets of the template that refer to a VPC."""
    return view.referrers(vpc, ("AWS::EC2::Subnet",), ("Properties", "VpcId"))


def _parse_block(text: str) -> Block | None:
    from ipaddress import ip_network

    try:
        return ip_network(text.strip(), strict=False)
    except ValueError:
        return None


def computed_block(view: View, expression: Expression, visited: frozenset[str] = frozenset()) -> Block | None:
    """Return the block of a VPC (Fn::GetAtt Vpc.CidrBlock), or the one that Fn::Select takes from Fn::Cidr."""
    if attribute_name(expression) == "CidrBlock":
        resource = view.template.resources.get(referenced_id(expression) or "")
        if resource is None or resource.logical_id in visited:
            return None
        block = cidr_block_of(view, resource, visited=visited)
        return None if isinstance(block, Unknown) else block
    if is_call(expression, "Select"):
        index, blocks = arguments_of(expression)
        if isinstance(index, int) and is_call(blocks, "Cidr"):
            (fn_cidr_arguments,) = arguments_of(blocks)
            return _selected_block(view, fn_cidr_arguments, index, visited)
    return None


def _selected_block(view: View, fn_cidr_arguments: Expression, index: int, visited: frozenset[str]) -> Block | None:
    """Return the block at `index` of Fn::Cidr, whose arguments are a block, a count and the number of host bits.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
    """
    arguments = arguments_of(fn_cidr_arguments) if is_call(fn_cidr_arguments, "List") else ()
    if not 2 <= len(arguments) <= 3 or not all(isinstance(text, str) and text.isdigit() for text in arguments[1:]):
        return None
    whole = _parse_block(arguments[0]) if isinstance(arguments[0], str) else computed_block(view, arguments[0], visited)
    count, bits = int(arguments[1]), int(arguments[2]) if len(arguments) == 3 else _DEFAULT_FN_CIDR_BITS
    if whole is None or not 0 <= index < min(count, _MAX_FN_CIDR_BLOCKS):
        return None
    prefix_length = whole.max_prefixlen - bits
    if not whole.prefixlen <= prefix_length <= whole.max_prefixlen:
        return None
    if index >= 2 ** (prefix_length - whole.prefixlen):
        return None
    from ipaddress import ip_network

    return ip_network((int(whole.network_address) + (index << bits), prefix_length))
