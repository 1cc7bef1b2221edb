"""The request path of a template: what receives requests and work, all on which it waits, and their network."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.system.entry_points import entry_points
from relint.model.system.group_rules import group_rules, members_by_group
from relint.model.system.paths import SERVING, edges_from
from relint.model.system.relation import Kind
from relint.model.system.resource_groups import GROUPS, STORES, state_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_FOLLOWED: frozenset[Kind] = SERVING | {"event"}
_NETWORK: frozenset[Kind] = frozenset({"network", "placement"})

_REFERRED = frozenset(
    {
        *GROUPS["subnet groups"],
        "AWS::AppRunner::VpcConnector",
        "AWS::EC2::CustomerGateway",
        "AWS::EC2::EIP",
        "AWS::EC2::InternetGateway",
        "AWS::EC2::NatGateway",
        "AWS::EC2::NetworkAcl",
        "AWS::EC2::NetworkInterface",
        "AWS::EC2::SecurityGroup",
        "AWS::EC2::Subnet",
        "AWS::EC2::TransitGateway",
        "AWS::EC2::VPC",
        "AWS::EC2::VPNGateway",
    }
)
"""Types of a network on which whatever refers to them depends."""

_REFERRING: Mapping[str, tuple[str, ...]] = {
    "AWS::ApiGateway::Stage": ("RestApiId",),
    "AWS::ApiGatewayV2::Stage": ("ApiId",),
    "AWS::EC2::Route": ("RouteTableId",),
    "AWS::EC2::SubnetNetworkAclAssociation": ("SubnetId",),
    "AWS::EC2::SubnetRouteTableAssociation": ("SubnetId",),
    "AWS::EC2::TransitGatewayAttachment": ("VpcId",),
    "AWS::EC2::TransitGatewayVpcAttachment": ("VpcId",),
    "AWS::EC2::VPCEndpoint": ("VpcId",),
    "AWS::EC2::VPCGatewayAttachment": ("VpcId",),
    "AWS::EC2::VPCPeeringConnection": ("VpcId",),
    "AWS::EC2::VPNConnection": ("VpnGatewayId", "TransitGatewayId"),
}
"""Types that serve what they refer to in one of these properties."""

_FIREWALLS = ("AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress")
"""Types that name security groups whose members they admit, which need not be on the path."""


class RequestPath(NamedTuple):
    """The resources on which requests or work from outside depend, each with the entry point that leads to it.

    `entries` are the entry points and the names that lead to them. In a template without an entry point, stores count
    as reached, and their entry point is "".
    """

    entries: frozenset[str]
    entry_of: Mapping[str, str]


def request_path(view: View) -> RequestPath:
    """Return the request path of a scenario; built once for each view."""
    key = ("request path", "", "")
    if key not in view.cache:
        view.cache[key] = _build(view)
    path: RequestPath = view.cache[key]
    return path


def _build(view: View) -> RequestPath:
    points = list(entry_points(view))
    starts = {name: point.resource.logical_id for point in points for name in (point.resource.logical_id, *point.names)}
    entries = frozenset(starts)
    if not points:
        stores = (one for of_type in view.template.by_type.values() for one in of_type if _is_store(one.type))
        starts = {store.logical_id: "" for store in stores if view.exists(store)}
    admitted = _admitted_members(view)
    served = _spread(
        view, starts, lambda resource: chain(_used_by(view, resource), admitted.get(resource.logical_id, ()))
    )
    return RequestPath(entries, _spread(view, served, lambda resource: _network_of(view, resource)))


def _is_store(resource_type: str) -> bool:
    return resource_type in STORES or (state_of(resource_type) != "none" and resource_type != "AWS::EC2::Instance")


def _spread(
    view: View, starts: Mapping[str, str], successors: Callable[[Resource], Iterable[str]]
) -> Mapping[str, str]:
    """Return what can be reached from the starts, nearest first, each with the entry point of its start."""
    entry_of = dict(starts)
    queue = deque(starts)
    while queue:
        name = queue.popleft()
        for other in successors(view.template.resources[name]):
            if other not in entry_of and view.exists(view.template.resources[other]):
                entry_of[other] = entry_of[name]
                queue.append(other)
    return entry_of


def _used_by(view: View, resource: Resource) -> Iterator[str]:
    """Yield what a resource calls, reads, hands work to or is made of; for a mount target its file system."""
    for edge in edges_from(view, resource, _FOLLOWED):
        if edge.relation.strength == "HARD":
            yield edge.target
    if resource.type == "AWS::EFS::MountTarget":
        yield from (one.logical_id for one in view.referents(resource, ("AWS::EFS::FileSystem",)))


def _admitted_members(view: View) -> Mapping[str, list[str]]:
    """Return the resources to which others may connect by rules of security groups, by the one that connects."""
    members = {
        group: [reference.source for reference in references if view.is_active(reference)]
        for group, references in members_by_group(view.template).items()
    }
    admitted: dict[str, list[str]] = defaultdict(list)
    for rule in group_rules(view.template):
        if all(view.is_active(reference) for reference in rule.references):
            for client in members.get(rule.client_group, ()):
                admitted[client] += members.get(rule.store_group, ())
    return admitted


def _network_of(view: View, resource: Resource) -> Iterator[str]:
    """Yield the parts of the network that packets to and from a resource pass."""
    references = view.template.references
    resources = view.template.resources
    if resource.type not in _FIREWALLS:
        for reference in references.outgoing.get(resource.logical_id, ()):
            if resources[reference.target].type in _REFERRED and view.is_active(reference):
                yield reference.target
    yield from (edge.target for edge in edges_from(view, resource, _NETWORK))
    for reference in references.incoming.get(resource.logical_id, ()):
        names = _REFERRING.get(resources[reference.source].type, ())
        if reference.property[1:] in {(name,) for name in names} and view.is_active(reference):
            yield reference.source
