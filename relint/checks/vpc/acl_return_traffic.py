"""Network ACLs, which are stateless, that drop the responses to traffic which they allow.

https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.checks.problem import Problem
from relint.logic.predicates import as_number, is_equal
from relint.model.cidr import cidr_block_of
from relint.resolve.value import ABSENT, Expression, Located, Unknown, expression_of, scalar_text

if TYPE_CHECKING:
    from relint.model.cidr import Block
    from relint.model.resource import Resource
    from relint.model.view import View

_PortRange = tuple[int, int]
"""The first and the last port of a range, both included."""

_LINUX_PORTS = (32768, 60999)
"""Client ports of most operating systems."""
_CLIENT_PORTS = (1024, 65535)
"""Client ports of NAT gateways and load balancers."""
_ALL_PORTS = (0, 65535)
_RETURN_WIDTH = 10_000
"""Ports of a range from which on the range is taken to be one for responses."""
_BROAD_CLIENTS = (
    ("AWS::EC2::NatGateway", ("Properties", "SubnetId")),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", ("Properties", "Subnets", "*")),
    ("AWS::ElasticLoadBalancing::LoadBalancer", ("Properties", "Subnets", "*")),
)
"""Types that use all client ports, and the paths of their subnets."""


class _Entry(NamedTuple):
    """An entry of the network ACL that applies to TCP."""

    order: float
    egress: bool
    allows: bool
    ports: _PortRange
    block: Block
    resource: Resource


class _Traffic(NamedTuple):
    """Responses to a block of addresses, on a range of ports."""

    block: Any
    ports: _PortRange


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the first entry that allows TCP whose responses are dropped.

    Network ACLs without subnets are left out. Message `default` for an inbound entry, `outbound` for an outbound
    one. Responses use the ports 32768 to 60999, and 1024 to 65535 in subnets with NAT gateways or load balancers.
    An entry that opens such ports itself is for responses and needs none. Message values: `ports`, `block`. Unknown
    if an entry is unknown.
    """
    subnets = _subnets(view, resource)
    entry_resources = view.referrers(resource, ("AWS::EC2::NetworkAclEntry",), ("Properties", "NetworkAclId"))
    if not subnets:
        return
    entries: list[_Entry] = []
    for entry_resource in entry_resources:
        entry = _read_entry(view, entry_resource)
        if isinstance(entry, Unknown):
            yield entry
            return
        if entry is not None:
            entries.append(entry)
    entries.sort(key=lambda entry: entry.order)
    ports = _CLIENT_PORTS if _has_broad_client(view, subnets) else _LINUX_PORTS
    for entry in entries:
        if entry.allows and not _is_for_responses(entry) and not _lets_responses_pass(entries, entry, ports):
            yield Problem(
                entry.resource.path,
                values={"ports": f"{ports[0]} to {ports[1]}", "block": str(entry.block)},
                related=((resource.path, "It belongs to this list."),),
                message="outbound" if entry.egress else None,
            )
            return


def _subnets(view: View, acl: Resource) -> set[Expression]:
    associations = view.referrers(acl, ("AWS::EC2::SubnetNetworkAclAssociation",), ("Properties", "NetworkAclId"))
    return {expression_of(view.get(association, "Properties", "SubnetId").value) for association in associations}


def _has_broad_client(view: View, subnets: set[Expression]) -> bool:
    """Whether a NAT gateway or a load balancer is in one of the subnets."""
    return any(
        expression_of(subnet.value) in subnets
        for resource_type, path in _BROAD_CLIENTS
        for client in view.resources(resource_type)
        for subnet in view.select(client, path)
    )


def _read_entry(view: View, resource: Resource) -> _Entry | Unknown | None:
    """Return the entry of an AWS::EC2::NetworkAclEntry; None if it does not apply to TCP."""
    names = ("Protocol", "RuleNumber", "RuleAction", "Egress")
    protocol, order, action, egress = (view.get(resource, "Properties", name).value for name in names)
    block = cidr_block_of(view, resource) or cidr_block_of(view, resource, "Ipv6CidrBlock")
    for value in (protocol, order, action, egress, block):
        if isinstance(value, Unknown):
            return value
    if block is None or isinstance(block, Unknown) or scalar_text(protocol) not in ("6", "-1", "tcp"):
        return None
    is_any_protocol = scalar_text(protocol) == "-1"
    ports = _ALL_PORTS if is_any_protocol else _read_ports(view, view.get(resource, "Properties", "PortRange"))
    if isinstance(ports, Unknown):
        return ports
    return _Entry(
        order=as_number(order) or 0,
        egress=egress is not ABSENT and is_equal(egress, right=True),
        allows=scalar_text(action).lower() == "allow",
        ports=ports,
        block=block,
        resource=resource,
    )


def _read_ports(view: View, port_range: Located) -> _PortRange | Unknown:
    bounds: list[int] = []
    for name, default in (("From", _ALL_PORTS[0]), ("To", _ALL_PORTS[1])):
        value: Any = view.get(port_range, name).value
        if isinstance(value, Unknown):
            return value
        number = as_number(value)
        bounds.append(default if number is None or number < 0 else int(number))
    return bounds[0], bounds[1]


def _is_for_responses(entry: _Entry) -> bool:
    first, last = entry.ports
    return first >= _CLIENT_PORTS[0] and last - first >= _RETURN_WIDTH


def _lets_responses_pass(entries: Iterable[_Entry], opening: _Entry, ports: _PortRange) -> bool:
    """Whether the entries of the other direction, one or several together, allow all ports to the block."""
    missing = [_Traffic(opening.block, ports)]
    for entry in entries:
        if entry.egress == opening.egress or entry.block.version != opening.block.version:
            continue
        if not entry.allows and any(_concerns(entry, traffic) for traffic in missing):
            return False
        if entry.allows:
            missing = [part for traffic in missing for part in _without(traffic, entry)]
        if not missing:
            return True
    return False


def _concerns(entry: _Entry, traffic: _Traffic) -> bool:
    return _overlaps(traffic.ports, entry.ports) and traffic.block.overlaps(entry.block)


def _without(traffic: _Traffic, entry: _Entry) -> Iterator[_Traffic]:
    """Yield the traffic that an entry leaves over: other addresses of the block, and other ports of its own."""
    if not _concerns(entry, traffic):
        yield traffic
        return
    common: Any = traffic.block
    if entry.block.prefixlen > traffic.block.prefixlen:
        common = entry.block
        for block in traffic.block.address_exclude(common):
            yield _Traffic(block, traffic.ports)
    for ports in _subtract(traffic.ports, entry.ports):
        yield _Traffic(common, ports)


def _overlaps(left: _PortRange, right: _PortRange) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]


def _subtract(ports: _PortRange, removed: _PortRange) -> Iterator[_PortRange]:
    """Yield what is left of a range without another one that overlaps it."""
    if ports[0] < removed[0]:
        yield ports[0], removed[0] - 1
    if ports[1] > removed[1]:
        yield removed[1] + 1, ports[1]
