"""The resources at which requests and work enter the system."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.system.edges import edges_of
from relint.model.system.paths import edges_from, edges_to
from relint.model.system.record_families import record_families
from relint.model.system.relation import Kind
from relint.model.system.resource_groups import APIS, BROKERS, LOAD_BALANCERS, QUEUES

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

RECORDS = ("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup")
_SYNCHRONOUS = (
    "AWS::CloudFront::Distribution",
    "AWS::GlobalAccelerator::Accelerator",
    *LOAD_BALANCERS,
    *APIS,
    "AWS::Lambda::Url",
)
BEHIND_OTHERS = (
    "AWS::ElasticLoadBalancingV2::Listener",
    "AWS::ElasticLoadBalancingV2::ListenerRule",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
)
"""Types that are entry points if what sends them requests is in another stack."""

_POLLER = "AWS::Lambda::EventSourceMapping"
_ASYNCHRONOUS = (*QUEUES, "AWS::DynamoDB::Table", *BROKERS)

GLOBAL_FRONTS = ("AWS::CloudFront::Distribution", "AWS::GlobalAccelerator::Accelerator")
"""Types that serve the Internet: a function that knows the address of one hands it on rather than calls it."""
ADDRESSES = (
    "AWS::EC2::EIP",
    "AWS::EC2::EIPAssociation",
    "AWS::EC2::NetworkInterface",
    "AWS::EC2::NetworkInterfaceAttachment",
)
"""Types that lead to a host."""

_FRONTS = (*_SYNCHRONOUS, "AWS::ApiGateway::DomainName", "AWS::ApiGatewayV2::DomainName")
_NAMES = (
    *RECORDS,
    *ADDRESSES,
    "AWS::ApiGateway::BasePathMapping",
    "AWS::ApiGateway::DomainName",
    "AWS::ApiGatewayV2::ApiMapping",
    "AWS::ApiGatewayV2::DomainName",
)
"""Types that give a name or an address to what receives the requests."""

_EVENTS: frozenset[Kind] = frozenset({"event"})
_CALLS: frozenset[Kind] = frozenset({"request", "data"})
_REQUESTS: frozenset[Kind] = frozenset({"request"})


class EntryPoint(NamedTuple):
    """A resource that receives requests or work from outside, and the records and domain names that lead to it.

    With `is_asynchronous` it takes work and hands it on: those who send it do not wait for its end. With `is_polled` an
    event source mapping takes the work, which is an entry point also if it comes from within the system.
    """

    resource: Resource
    names: tuple[str, ...] = ()
    is_asynchronous: bool = False
    is_polled: bool = False


def is_entry_point(view: View, resource: Resource) -> bool:
    """Whether requests from outside reach a resource directly, or through records and domain names only.

    "Outside" includes other stacks: the load balancer of a target group may be in one of them.
    """
    if resource.type in BEHIND_OTHERS:
        incoming = edges_of(view.template).incoming.get(resource.logical_id, ())
        return all(edge.relation.kind not in _CALLS for edge in incoming)
    if resource.type not in _SYNCHRONOUS:
        return False
    return all(caller.type in _NAMES for caller in _callers(view, resource))


def _callers(view: View, resource: Resource) -> list[Resource]:
    """Return the resources that send requests to another; those that only know a global address need not be any."""
    resources = view.template.resources
    return [
        resources[edge.source]
        for edge in edges_to(view, resource, _CALLS)
        if edge.relation.basis == "stated" or resource.type not in GLOBAL_FRONTS
    ]


def entry_points(view: View) -> Iterator[EntryPoint]:
    """Yield the entry points of a scenario, in the order of the template within each type.

    A resource behind another entry point is none; the records that lead to an entry point are its names. Of records
    that answer for one another, the first one is the entry point, because no single target is.
    """
    answering = list(_answering_records(view))
    yield from answering
    joined = {name for point in answering for name in (point.resource.logical_id, *point.names)}
    for point in chain(_fronts(view), _named_targets(view)):
        if not point.names or not joined.issuperset(point.names):
            yield point
    for resource in view.resources(*_ASYNCHRONOUS):
        taken = [edge for edge in edges_from(view, resource, _EVENTS) if edge.relation.strength == "HARD"]
        is_polled = any(view.template.resources[edge.target].type == _POLLER for edge in taken)
        if is_polled or (taken and not any(edges_to(view, resource, _CALLS | _EVENTS))):
            yield EntryPoint(resource, is_asynchronous=True, is_polled=is_polled)


def _fronts(view: View) -> Iterator[EntryPoint]:
    """Yield what receives requests of clients at an address of its own."""
    for resource in view.resources(*_SYNCHRONOUS):
        callers = _callers(view, resource)
        if all(caller.type in _NAMES for caller in callers) and any(edges_from(view, resource)):
            yield EntryPoint(resource, names=tuple(caller.logical_id for caller in callers))
    for resource in view.resources(*BEHIND_OTHERS):
        if is_entry_point(view, resource) and any(edges_from(view, resource)):
            yield EntryPoint(resource)


def _answering_records(view: View) -> Iterator[EntryPoint]:
    """Yield the records that lead to several targets of which one suffices."""
    for family in record_families(view):
        if len({target.logical_id for record in family.records for target in _targets(view, record)}) > 1:
            yield EntryPoint(family.lead, names=tuple(record.logical_id for record in family.others))
    for group in view.resources("AWS::Route53::RecordSetGroup"):
        alternatives = {edge.target for edge in edges_from(view, group) if edge.relation.are_alternatives}
        if len(alternatives) > 1:
            yield EntryPoint(group)


def _named_targets(view: View) -> Iterator[EntryPoint]:
    """Yield the hosts and stores to which only records lead, with these."""
    names: dict[str, list[str]] = {}
    for record in view.resources(*RECORDS):
        for target in _targets(view, record):
            if target.type not in _FRONTS and all(caller.type in _NAMES for caller in _callers(view, target)):
                names.setdefault(target.logical_id, []).append(record.logical_id)
    for logical_id, records in names.items():
        yield EntryPoint(view.template.resources[logical_id], names=tuple(records))


def _targets(view: View, record: Resource) -> Iterator[Resource]:
    """Yield the resources to which the answers of a record lead, behind addresses and their associations."""
    seen = {record.logical_id}
    queue = [record]
    for resource in queue:  # grows
        for edge in edges_from(view, resource, _REQUESTS):
            target = view.template.resources[edge.target]
            if edge.target not in seen:
                seen.add(edge.target)
                if target.type in ADDRESSES:
                    queue.append(target)
                else:
                    yield target
