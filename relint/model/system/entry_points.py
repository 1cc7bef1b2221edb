"""The resources at which requests and work enter the system."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.system.edges import edges_of
from relint.model.system.paths import edges_from, edges_to
from relint.model.system.relation import Kind
from relint.model.system.resource_groups import APIS, BROKERS, LOAD_BALANCERS, QUEUES

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_RECORDS = ("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup")
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

_ASYNCHRONOUS = (*QUEUES, "AWS::DynamoDB::Table", *BROKERS)

GLOBAL_FRONTS = ("AWS::CloudFront::Distribution", "AWS::GlobalAccelerator::Accelerator")
"""Types that serve the Internet: a function that knows the address of one hands it on rather than calls it."""
_NAMES = (
    *_RECORDS,
    "AWS::ApiGateway::BasePathMapping",
    "AWS::ApiGateway::DomainName",
    "AWS::ApiGatewayV2::ApiMapping",
    "AWS::ApiGatewayV2::DomainName",
)
"""Types that give a name to what receives the requests."""

_EVENTS: frozenset[Kind] = frozenset({"event"})
_CALLS: frozenset[Kind] = frozenset({"request", "data"})


class EntryPoint(NamedTuple):
    """A resource that receives requests or work from outside, and the records and domain names that lead to it.

    With `is_asynchronous` it takes work and hands it on: those who send it do not wait for its end.
    """

    resource: Resource
    names: tuple[str, ...] = ()
    is_asynchronous: bool = False


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

    A resource behind another entry point is none; the records that lead to an entry point are its names.
    """
    for resource in view.resources(*_SYNCHRONOUS):
        callers = _callers(view, resource)
        if all(caller.type in _NAMES for caller in callers) and any(edges_from(view, resource)):
            yield EntryPoint(resource, names=tuple(caller.logical_id for caller in callers))
    for resource in view.resources(*BEHIND_OTHERS):
        if is_entry_point(view, resource) and any(edges_from(view, resource)):
            yield EntryPoint(resource)
    for resource in view.resources(*_ASYNCHRONOUS):
        is_fed = any(edges_to(view, resource, _CALLS | _EVENTS))
        if not is_fed and any(edge.relation.strength == "HARD" for edge in edges_from(view, resource, _EVENTS)):
            yield EntryPoint(resource, is_asynchronous=True)
