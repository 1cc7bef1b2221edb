"""Whether a network ACL, which remembers no connections, lets the answers of what it allows pass.

https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.checks.problem import Problem
from relint.logic.predicates import as_number, is_equal
from relint.model.cidr import cidr_block_of
from relint.resolve.value import ABSENT, Expression, Located, Unknown, expression_of, scalar_text

if TYPE_CHECKING:
    from relint.model.cidr import Block
    from relint.model.resource import Resource
    from relint.model.view import View

_LINUX = (32768, 60999)
"""The ports that clients of most systems answer on."""
_ANY_CLIENT = (1024, 65535)
"""Those of NAT gateways and load balancers."""
_ALL = (0, 65535)
_RETURN_WIDTH = 10_000
_HOLDERS = (
    ("AWS::EC2::NatGateway", ("Properties", "SubnetId")),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", ("Properties", "Subnets", "*")),
    ("AWS::ElasticLoadBalancing::LoadBalancer", ("Properties", "Subnets", "*")),
)


class _Entry(NamedTuple):
    """One rule of the list that concerns TCP: the ports are a range, both ends included."""

    order: float
    egress: bool
    allows: bool
    ports: tuple[int, int]
    block: Block
    resource: Resource


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem for the first entry of an AWS::EC2::NetworkAcl in use that allows TCP whose answers are dropped.

    The ports of answers are 32768 to 60999, for subnets with NAT gateways or load balancers 1024 to 65535. An entry
    that itself opens such ports is one for answers and needs none.
    """
    subnets = _subnets(view, resource)
    written = view.referrers(resource, ("AWS::EC2::NetworkAclEntry",), ("Properties", "NetworkAclId"))
    if not subnets:
        return
    entries: list[_Entry] = []
    for one in written:
        entry = _read(view, one)
        if isinstance(entry, Unknown):
            yield entry
            return
        if entry is not None:
            entries.append(entry)
    entries.sort(key=lambda entry: entry.order)
    ports = _ANY_CLIENT if _holds_any_client(view, subnets) else _LINUX
    for entry in entries:
        if entry.allows and not _is_for_answers(entry) and not _passes(entries, entry, ports):
            values = {"ports": f"{ports[0]} to {ports[1]}", "block": str(entry.block)}
            message = "outbound" if entry.egress else None
            yield Problem(entry.resource.path, values, ((resource.path, "It belongs to this list."),), message)
            return


def _subnets(view: View, acl: Resource) -> set[Expression]:
    users = view.referrers(acl, ("AWS::EC2::SubnetNetworkAclAssociation",), ("Properties", "NetworkAclId"))
    return {expression_of(view.get(user, "Properties", "SubnetId").value) for user in users}


def _holds_any_client(view: View, subnets: set[Expression]) -> bool:
    return any(
        expression_of(place.value) in subnets
        for kind, steps in _HOLDERS
        for holder in view.resources(kind)
        for place in view.select(holder, steps)
    )


def _read(view: View, resource: Resource) -> _Entry | Unknown | None:
    """The rule of an AWS::EC2::NetworkAclEntry, None if it is about something else than TCP."""
    names = ("Protocol", "RuleNumber", "RuleAction", "Egress")
    protocol, order, action, egress = (view.get(resource, "Properties", name).value for name in names)
    block = cidr_block_of(view, resource) or cidr_block_of(view, resource, "Ipv6CidrBlock")
    for value in (protocol, order, action, egress, block):
        if isinstance(value, Unknown):
            return value
    if block is None or scalar_text(protocol) not in ("6", "-1", "tcp"):
        return None
    ports = _ports(view, view.get(resource, "Properties", "PortRange")) if scalar_text(protocol) != "-1" else _ALL
    if isinstance(ports, Unknown):
        return ports
    out = egress is not ABSENT and is_equal(egress, True)
    return _Entry(as_number(order) or 0, out, scalar_text(action).lower() == "allow", ports, block, resource)  # type: ignore[arg-type]


def _ports(view: View, written: Located) -> tuple[int, int] | Unknown:
    bounds: list[int] = []
    for name, default in (("From", _ALL[0]), ("To", _ALL[1])):
        value: Any = view.get(written, name).value
        if isinstance(value, Unknown):
            return value
        known = as_number(value)
        bounds.append(default if known is None or known < 0 else int(known))
    return bounds[0], bounds[1]


def _is_for_answers(entry: _Entry) -> bool:
    low, high = entry.ports
    return low >= _ANY_CLIENT[0] and high - low >= _RETURN_WIDTH


def _passes(entries: Iterable[_Entry], opened: _Entry, ports: tuple[int, int]) -> bool:
    """Whether entries of the other direction let all of the ports through to the block of an entry, in their order."""
    missing = [ports]
    for entry in entries:
        if entry.egress == opened.egress or entry.block.version != opened.block.version:
            continue
        touched = [part for part in missing if _overlap(part, entry.ports)]
        if entry.allows and _contains(entry.block, opened.block):
            missing = [rest for part in missing for rest in _without(part, entry.ports)]
        elif not entry.allows and touched and entry.block.overlaps(opened.block):
            return False
        if not missing:
            return True
    return False


def _contains(outer: Any, inner: Any) -> bool:
    return bool(inner.subnet_of(outer))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _without(part: tuple[int, int], taken: tuple[int, int]) -> Iterator[tuple[int, int]]:
    if not _overlap(part, taken):
        yield part
        return
    if part[0] < taken[0]:
        yield part[0], taken[0] - 1
    if part[1] > taken[1]:
        yield taken[1] + 1, part[1]
