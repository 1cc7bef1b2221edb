"""Whether subnets are cut out of their VPC, and without overlap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.model.cidr import cidr_block_of, cidr_blocks_of_vpc, subnets_of_vpc
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.cidr import Block
    from relint.model.resource import Resource
    from relint.model.view import View

_PLACE = ("Properties", "CidrBlock")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem for each subnet of an AWS::EC2::VPC that lies outside of its blocks or overlaps the one before it.

    Sorted by address, a subnet that overlaps any earlier one also overlaps the one that reaches furthest.
    """
    outer = list(cidr_blocks_of_vpc(view, resource))
    unknown = next((block for block in outer if isinstance(block, Unknown)), None)
    known: list[tuple[int, int, Resource, Block]] = []
    for subnet in subnets_of_vpc(view, resource):
        block = cidr_block_of(view, subnet)
        if isinstance(block, Unknown):
            unknown = unknown or block
        elif block is not None and block.version == 4:
            known.append((int(block.network_address), int(block.broadcast_address), subnet, block))
    yield from _outside(view, known, outer)
    yield from _overlapping(view, known)
    if unknown:
        yield unknown


def _outside(
    view: View, known: list[tuple[int, int, Resource, Block]], outer: list[Block | Unknown]
) -> Iterator[Problem]:
    blocks = [block for block in outer if not isinstance(block, Unknown)]
    if len(blocks) < len(outer):
        return
    for first, last, subnet, block in known:
        if not any(int(one.network_address) <= first and last <= int(one.broadcast_address) for one in blocks):
            shown = ", ".join(str(one) for one in blocks)
            yield Problem(view.get(subnet, *_PLACE).path, {"block": str(block), "blocks": shown}, (), "outside")


def _overlapping(view: View, known: list[tuple[int, int, Resource, Block]]) -> Iterator[Problem]:
    furthest: tuple[int, Resource] | None = None
    for first, last, subnet, block in sorted(known, key=lambda one: (one[0], one[1], one[2].logical_id)):
        if furthest and first <= furthest[0]:
            related = ((view.get(furthest[1], *_PLACE).path, "It shares addresses with this subnet."),)
            values = {"block": str(block), "other": furthest[1].logical_id}
            yield Problem(view.get(subnet, *_PLACE).path, values, related)
        if furthest is None or last > furthest[0]:
            furthest = (last, subnet)
