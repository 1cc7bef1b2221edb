"""Networks with common addresses: connected ones, and those of one template.

https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html (2026-11-28)
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html (2026-11-28)
https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html (2026-11-28)
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.checks.problem import Problem
from relint.model.cidr import cidr_block_of, cidr_blocks_of_vpc
from relint.model.system.routes import identity_of
from relint.model.system.transit_gateways import ATTACHMENTS, propagation_tables
from relint.model.zone_names import describe_expression
from relint.resolve.value import Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.cidr import Block
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

_VPC = "AWS::EC2::VPC"
_PEERING = "AWS::EC2::VPCPeeringConnection"
_POOL = ("Properties", "Ipv4IpamPoolId")
_MAX_COMPARED = 100
"""Limit on the networks and attachments with which each is compared; a Region has 5 VPCs unless one asks for more."""


class _Range(NamedTuple):
    """A CIDR block of a VPC and the path of the VPC; `first` and `last` are its addresses as numbers."""

    first: int
    last: int
    block: Block
    path: Path


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at a peering, an attachment, a VPN route or a VPC whose addresses another network has.

    Messages: `default` for a peering connection, `same` if one value decides the addresses of both sides, `transit` for
    an attachment to a transit gateway, `vpn` for a static route of a VPN connection, `separate` for VPCs that nothing
    connects. Message values: `vpc`, `block`, `other`, `other_block`. Unknown if a block is.
    """
    if resource.type == _PEERING:
        yield from _check_peering(view, resource)
    elif resource.type == _VPC:
        yield from _check_vpc(view, resource)
    elif resource.type == "AWS::EC2::VPNConnectionRoute":
        yield from _check_vpn_route(view, resource)
    else:
        yield from _check_attachment(view, resource)


def _check_peering(view: View, peering: Resource) -> Iterator[Problem | Unknown]:
    vpcs = [view.target(view.get(peering, "Properties", name), _VPC) for name in ("VpcId", "PeerVpcId")]
    if vpcs[0] is None or vpcs[1] is None:
        yield Unknown(("Peer", peering.logical_id), "the addresses of one of the networks are not in these files")
    elif vpcs[0] != vpcs[1]:
        yield from _compare(view, vpcs[0], vpcs[1], peering.path)


def _check_attachment(view: View, attachment: Resource) -> Iterator[Problem | Unknown]:
    """Yield a problem if an earlier attachment propagates the same addresses to the same route table."""
    gateway = identity_of(view, view.get(attachment, "Properties", "TransitGatewayId"))
    vpc = view.target(view.get(attachment, "Properties", "VpcId"), _VPC)
    if vpc is None:
        return
    unknown: Unknown | None = None
    others = (other for name in ATTACHMENTS for other in view.template.of_type(name))
    for other in islice(others, _MAX_COMPARED):
        if other.logical_id == attachment.logical_id:
            break
        if identity_of(view, view.get(other, "Properties", "TransitGatewayId")) != gateway:
            continue
        other_vpc = view.target(view.get(other, "Properties", "VpcId"), _VPC)
        if other_vpc is None or other_vpc == vpc:
            continue
        result = next(_compare(view, vpc, other_vpc, attachment.path, "transit", other), None)
        if result is not None and view.exists(other):
            shares_table = _share_a_table(view, attachment, other)
            if isinstance(result, Problem) and shares_table is True:
                yield result
                return
            if shares_table is not False:
                unknown = shares_table if isinstance(shares_table, Unknown) else unknown or _as_unknown(result)
    if unknown is not None:
        yield unknown


def _as_unknown(result: Problem | Unknown) -> Unknown | None:
    return result if isinstance(result, Unknown) else None


def _share_a_table(view: View, left: Resource, right: Resource) -> bool | Unknown:
    tables, others = propagation_tables(view, left), propagation_tables(view, right)
    if not tables.known.isdisjoint(others.known):
        return True
    return tables.unknown or others.unknown or False


def _check_vpn_route(view: View, route: Resource) -> Iterator[Problem | Unknown]:
    """Yield a problem if a static route leads to addresses of the VPC itself, whose local route wins.

    A route to a larger block, such as 10.0.0.0/8, leads to the rest of it.
    """
    block = cidr_block_of(view, route, "DestinationCidrBlock")
    connection = view.target(view.get(route, "Properties", "VpnConnectionId"), "AWS::EC2::VPNConnection")
    if connection is None or block is None:
        return
    gateway = view.target(view.get(connection, "Properties", "VpnGatewayId"), "AWS::EC2::VPNGateway")
    if gateway is None:
        return
    for attachment in view.referrers(gateway, ("AWS::EC2::VPCGatewayAttachment",), ("Properties", "VpnGatewayId")):
        vpc = view.target(view.get(attachment, "Properties", "VpcId"), _VPC)
        for own in _ranges(view, vpc) if vpc else ():
            if isinstance(own, Unknown) or isinstance(block, Unknown):
                yield own if isinstance(own, Unknown) else block  # type: ignore[misc]  # one of them is
                return
            if own.block.version == block.version and _contains(own, block):
                path = view.get(route, "Properties", "DestinationCidrBlock").path
                values = {"vpc": own.path[-1], "block": str(block), "other": "", "other_block": str(own.block)}
                related = ((own.path, "This network has the addresses itself."),)
                yield Problem(path, values=values, related=related, message="vpn")
                return


def _contains(own: _Range, block: Block) -> bool:
    return own.first <= int(block.network_address) and int(block.broadcast_address) <= own.last


def _check_vpc(view: View, vpc: Resource) -> Iterator[Problem]:
    """Yield a problem if an earlier VPC, to which nothing connects this one, has the same addresses."""
    if vpc.logical_id in view.template.deployments.cross_stack_values.resources:
        return
    for other in islice(view.template.of_type(_VPC), _MAX_COMPARED):
        if other.logical_id == vpc.logical_id:
            return
        problem = next(_compare(view, vpc, other, vpc.path, "separate"), None)
        if isinstance(problem, Problem) and view.exists(other) and not _are_connected(view, vpc, other):
            path = view.get(vpc, "Properties", "CidrBlock").path
            yield problem._replace(path=path, related=problem.related[1:])
            return


def _are_connected(view: View, left: Resource, right: Resource) -> bool:
    return not _connections(view, left).isdisjoint(_connections(view, right))


def _connections(view: View, vpc: Resource) -> set[Expression]:
    """Return the peerings and transit gateways of a VPC."""
    peerings = {
        peering.logical_id
        for name in ("VpcId", "PeerVpcId")
        for peering in view.referrers(vpc, (_PEERING,), ("Properties", name))
    }
    gateways = {
        identity_of(view, view.get(attachment, "Properties", "TransitGatewayId"))
        for attachment in view.referrers(vpc, ATTACHMENTS, ("Properties", "VpcId"))
    }
    return peerings | gateways


def _compare(
    view: View, vpc: Resource, other: Resource, path: Path, message: str | None = None, holder: Resource | None = None
) -> Iterator[Problem | Unknown]:
    """Yield one problem if two VPCs have common addresses; else an Unknown if a block is."""
    unknown: Unknown | None = None
    for left in _ranges(view, vpc):
        for right in _ranges(view, other):
            if isinstance(left, Unknown) and isinstance(right, Unknown) and left.expression == right.expression:
                name = describe_expression(left.expression)
                values = {"vpc": vpc.logical_id, "block": name, "other": (holder or other).logical_id}
                sentence = "It has the addresses of the other network, whatever they are."
                related = ((vpc.path, sentence), (other.path, sentence))
                yield Problem(path, values={**values, "other_block": name}, related=related, message=message or "same")
                return
            if isinstance(left, Unknown) or isinstance(right, Unknown):
                unknown = unknown or _as_separate(view, vpc, other, left if isinstance(left, Unknown) else right)
            elif left.block.version == right.block.version and left.first <= right.last and right.first <= left.last:
                values = {
                    "vpc": vpc.logical_id,
                    "block": str(left.block),
                    "other": (other if holder is None else holder).logical_id,
                    "other_block": str(right.block),
                }
                sentence = "It shares addresses with the other network."
                yield Problem(
                    path, values=values, related=((left.path, sentence), (right.path, sentence)), message=message
                )
                return
    if unknown is not None:
        yield unknown


def _as_separate(view: View, vpc: Resource, other: Resource, block: _Range | Unknown) -> Unknown | None:
    """Return an unknown block, or None if both VPCs have theirs from one address pool, which gives each block once.

    https://docs.aws.amazon.com/vpc/latest/ipam/how-it-works-ipam.html (2026-11-28)
    """
    pools = [view.get(network, *_POOL).value for network in (vpc, other)]
    is_one_pool = isinstance(pools[0], Unknown | str) and expression_of(pools[0]) == expression_of(pools[1])
    return None if is_one_pool or not isinstance(block, Unknown) else block


def _ranges(view: View, vpc: Resource) -> list[_Range | Unknown]:
    return view.cached(f"address ranges of {vpc.logical_id}", lambda view: _read_ranges(view, vpc))


def _read_ranges(view: View, vpc: Resource) -> list[_Range | Unknown]:
    return [
        block
        if isinstance(block, Unknown)
        else _Range(int(block.network_address), int(block.broadcast_address), block, vpc.path)
        for block in cidr_blocks_of_vpc(view, vpc)
    ]
