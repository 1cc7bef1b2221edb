"""How much of the addresses of a VPC its subnets take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.model.cidr import cidr_block_of, cidr_blocks_of_vpc, subnets_of_vpc
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Any:
    """The percentage of the IPv4 addresses of a VPC that subnets of the template take; ABSENT without subnets."""
    from ipaddress import IPv4Network, collapse_addresses

    found = [cidr_block_of(view, subnet) for subnet in subnets_of_vpc(view, resource)]
    outer = list(cidr_blocks_of_vpc(view, resource))
    unknown = next((block for block in (*found, *outer) if isinstance(block, Unknown)), None)
    if not found:
        return ABSENT
    if unknown:
        return Unknown(unknown.expression, unknown.reason)
    taken = collapse_addresses(block for block in found if isinstance(block, IPv4Network))
    there = collapse_addresses(block for block in outer if isinstance(block, IPv4Network))
    size = sum(block.num_addresses for block in there)
    return round(100 * sum(block.num_addresses for block in taken) / size) if size else ABSENT
