"""The request path of a template: what receives requests and work, all on which it waits, and their network."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.change.service.admitted_networks import stores_for_own_network
from relint.model.aws.public_addresses import is_public_server
from relint.model.system.entry_points import RECORDS, entry_points
from relint.model.system.group_rules import CLIENTS
from relint.model.system.hints import hints_of
from relint.model.system.paths import SERVING, edges_from
from relint.model.system.relation import Kind
from relint.model.system.resource_groups import GROUPS, SERVED, STORES, state_of

if TYPE_CHECKING:
    from relint.change.records import Comparison
    from relint.model.resource import Resource
    from relint.model.view import View

_FOLLOWED: frozenset[Kind] = SERVING | {"event"}
_NETWORK: frozenset[Kind] = frozenset({"network", "placement"})

_ENTRY_TYPES = (
    *SERVED,
    *RECORDS,
    "AWS::ApiGateway::Stage",
    "AWS::ApiGatewayV2::Stage",
    "AWS::AppRunner::Service",
    "AWS::AppSync::GraphQLApi",
    "AWS::EC2::VPCEndpointService",
    "AWS::EKS::Cluster",
    "AWS::ElasticBeanstalk::Environment",
    "AWS::Transfer::Server",
)
"""Types by which requests enter, whatever the template shows behind them."""

_READERS: Mapping[str, tuple[str, ...]] = {
    "AWS::Events::EventBus": ("AWS::Events::Archive", "AWS::Events::EventBusPolicy", "AWS::Events::Rule"),
    "AWS::SNS::Topic": ("AWS::Lambda::Permission", "AWS::SNS::Subscription", "AWS::SNS::TopicPolicy"),
}
"""Types that refer to a topic or an event bus and write nothing to it."""

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


def request_path_of(comparison: Comparison) -> RequestPath:
    """Return the request path of the old template; if a change set stands for it, all resources count as reached."""
    view = comparison.old
    if not comparison.is_partial:
        return request_path(view)
    return RequestPath(
        frozenset(resource.logical_id for resource in view.resources(*_ENTRY_TYPES)),
        dict.fromkeys(view.template.resources, ""),
    )


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
    for resource in view.resources(*_ENTRY_TYPES):
        starts.setdefault(resource.logical_id, resource.logical_id)
    served = _spread(view, starts, _used_by)
    servers = [one.logical_id for one in view.resources("AWS::EC2::Instance") if is_public_server(view, one)]
    servers = [name for name in servers if name not in served]
    entries = {*servers, *(name for name in starts if not _has_writer(view, view.template.resources[name]))}
    served = _spread(view, {**served, **dict(zip(servers, servers, strict=True))}, _used_by)
    if not servers and all(point.is_asynchronous for point in points):
        served = _spread(view, {**dict.fromkeys(_stores(view), ""), **served}, _used_by)
    elif clients := [name for name in served if view.template.resources[name].type in CLIENTS]:
        admitting = dict.fromkeys(stores_for_own_network(view), served[clients[0]])
        served = _spread(view, {**admitting, **served}, _used_by)
    return RequestPath(frozenset(entries), _spread(view, served, _network_of))


def _stores(view: View) -> Iterator[str]:
    for resource_type, resources in view.template.by_type.items():
        if resource_type in STORES or (state_of(resource_type) != "none" and resource_type != "AWS::EC2::Instance"):
            yield from (resource.logical_id for resource in resources if view.exists(resource))


def _spread(
    view: View, starts: Mapping[str, str], successors: Callable[[View, Resource], Iterable[str]]
) -> Mapping[str, str]:
    """Return what can be reached from the starts, nearest first, each with the entry point of its start."""
    entry_of = dict(starts)
    queue = deque(starts)
    while queue:
        name = queue.popleft()
        for other in successors(view, view.template.resources[name]):
            if other not in entry_of and view.exists(view.template.resources[other]):
                entry_of[other] = entry_of[name]
                queue.append(other)
    return entry_of


def _has_writer(view: View, resource: Resource) -> bool:
    """Whether something in the template writes to a topic or an event bus."""
    readers = _READERS.get(resource.type)
    references = view.template.references.incoming.get(resource.logical_id, ())
    sources = (view.template.resources[reference.source].type for reference in references)
    return readers is not None and any(source not in readers for source in sources)


def _used_by(view: View, resource: Resource) -> Iterator[str]:
    """Yield what a resource calls, reads, hands work to or is made of, and what it probably uses."""
    for edge in edges_from(view, resource, _FOLLOWED):
        if edge.relation.strength == "HARD":
            yield edge.target
    for hint in hints_of(view.template).get(resource.logical_id, ()):
        if hint.is_active(view):
            yield hint.target


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
