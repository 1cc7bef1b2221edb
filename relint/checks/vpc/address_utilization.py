"""Share of the addresses of a VPC that its subnets use."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.model.cidr import cidr_block_of, cidr_blocks_of_vpc, subnets_of_vpc
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Any:
    """Return the percentage of the IPv4 addresses of a VPC that its subnets use.

    ABSENT without subnets in the template. Unknown if a CIDR block is unknown.
    """
    from ipaddress import IPv4Network, collapse_addresses

    subnet_blocks = [cidr_block_of(view, subnet) for subnet in subnets_of_vpc(view, resource)]
    vpc_blocks = list(cidr_blocks_of_vpc(view, resource))
    unknown = next((block for block in (*subnet_blocks, *vpc_blocks) if isinstance(block, Unknown)), None)
    if not subnet_blocks:
        return ABSENT
    if unknown:
        return Unknown(unknown.expression, unknown.reason)
    used_blocks = collapse_addresses(block for block in subnet_blocks if isinstance(block, IPv4Network))
    all_blocks = collapse_addresses(block for block in vpc_blocks if isinstance(block, IPv4Network))
    size = sum(block.num_addresses for block in all_blocks)
    return round(100 * sum(block.num_addresses for block in used_blocks) / size) if size else ABSENT
