"""Subnets whose CIDR blocks overlap or lie outside of their VPC."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.checks.problem import Problem
from relint.model.cidr import cidr_block_of, cidr_blocks_of_vpc, subnets_of_vpc
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.cidr import Block
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

_CIDR_BLOCK = ("Properties", "CidrBlock")


class _Subnet(NamedTuple):
    """A subnet with an IPv4 block; `first` and `last` are its addresses as numbers, which sort subnets by address."""

    first: int
    last: int
    logical_id: str
    block: Block
    path: Path


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at CidrBlock of each subnet that overlaps another one.

    Message values: `block`, `other`. Message `outside`, with `block` and `blocks` (those of the VPC), if a subnet lies
    outside of its VPC. Sorted by address, a subnet that overlaps any earlier one also overlaps the one with the last
    address. Unknown if the block of the VPC or a subnet is unknown.
    """
    vpc_blocks = list(cidr_blocks_of_vpc(view, resource))
    unknown = next((block for block in vpc_blocks if isinstance(block, Unknown)), None)
    subnets: list[_Subnet] = []
    for subnet in subnets_of_vpc(view, resource):
        block = cidr_block_of(view, subnet)
        if isinstance(block, Unknown):
            unknown = unknown or block
        elif block is not None and block.version == 4:
            subnets.append(
                _Subnet(
                    first=int(block.network_address),
                    last=int(block.broadcast_address),
                    logical_id=subnet.logical_id,
                    block=block,
                    path=view.get(subnet, *_CIDR_BLOCK).path,
                )
            )
    yield from _outside_of_vpc(subnets, vpc_blocks)
    yield from _overlapping(subnets)
    if unknown:
        yield unknown


def _outside_of_vpc(subnets: list[_Subnet], vpc_blocks: list[Block | Unknown]) -> Iterator[Problem]:
    blocks = [block for block in vpc_blocks if not isinstance(block, Unknown)]
    if len(blocks) < len(vpc_blocks):
        return
    ranges = [(int(block.network_address), int(block.broadcast_address)) for block in blocks]
    for subnet in subnets:
        if not any(first <= subnet.first and subnet.last <= last for first, last in ranges):
            values = {"block": str(subnet.block), "blocks": ", ".join(str(block) for block in blocks)}
            yield Problem(subnet.path, values=values, message="outside")


def _overlapping(subnets: list[_Subnet]) -> Iterator[Problem]:
    furthest: _Subnet | None = None
    for subnet in sorted(subnets, key=lambda subnet: (subnet.first, subnet.last, subnet.logical_id)):
        if furthest and subnet.first <= furthest.last:
            related = ((furthest.path, "It shares addresses with this subnet."),)
            values = {"block": str(subnet.block), "other": furthest.logical_id}
            yield Problem(subnet.path, values=values, related=related)
        if furthest is None or subnet.last > furthest.last:
            furthest = subnet
