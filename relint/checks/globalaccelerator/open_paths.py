"""Listeners of accelerators that lead nowhere, or to a single place.

https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-traffic-dial.html
https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints-endpoint-weights.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.availability_zones import count_zones
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

_GROUP, _INSTANCE, _ADDRESS = "AWS::GlobalAccelerator::EndpointGroup", "AWS::EC2::Instance", "AWS::EC2::EIP"
_ENDPOINTS = ("Properties", "EndpointConfigurations", "*")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem of a listener at the first of its endpoint groups that explains it.

    All messages have the value `listener`. Errors: `dial` if the traffic dials of all groups are 0, `weight` if the
    weights of all endpoints of every other group are 0. For groups in one Region: `default`, with `endpoint`, if they
    lead to one instance or address, `zone` if they lead to instances of one zone. Unknown without a group, and if
    values are.
    """
    groups = [
        group
        for group in view.resources(_GROUP)
        if view.target(view.get(group, "Properties", "ListenerArn"), resource.type) is resource
    ]
    if not groups:
        yield Unknown(("Groups", resource.logical_id), "the endpoint groups are in another stack")
        return
    closed = all_of(any_of([_has_closed_dial(view, group), _has_closed_weights(view, group)]) for group in groups)
    if isinstance(closed, Unknown):
        yield closed
    elif closed:
        yield _closed_problem(view, resource, groups)
    elif not _may_be_in_two_regions(view, groups):
        yield from _single_place(view, resource, groups)


def _has_closed_dial(view: View, group: Resource) -> Truth:
    return apply_test("equals", view.get(group, "Properties", "TrafficDialPercentage").value, 0)


def _has_closed_weights(view: View, group: Resource) -> Truth:
    endpoints = view.select(group, _ENDPOINTS)
    weights = [view.get(endpoint, "Weight").value for endpoint in endpoints]
    return all_of(apply_test("equals", weight, 0) for weight in weights) if weights else False


def _closed_problem(view: View, listener: Resource, groups: list[Resource]) -> Problem:
    values = {"listener": listener.logical_id}
    weighted = [group for group in groups if _has_closed_dial(view, group) is False]
    if not weighted:
        path = (*groups[0].path, "Properties", "TrafficDialPercentage")
        return Problem(path, values=values, message="dial", level="error")
    path = view.get(view.select(weighted[0], _ENDPOINTS)[0], "Weight").path
    return Problem(path, values=values, message="weight", level="error")


def _may_be_in_two_regions(view: View, groups: list[Resource]) -> bool:
    regions = {expression_of(view.get(group, "Properties", "EndpointGroupRegion").value) for group in groups}
    return len(regions) > 1


def _single_place(view: View, listener: Resource, groups: list[Resource]) -> Iterator[Problem | Unknown]:
    """Yield the problem of endpoints that are instances or addresses; a load balancer has a rule of its own."""
    endpoints = [endpoint for group in groups for endpoint in view.select(group, _ENDPOINTS)]
    if not endpoints:
        yield Unknown(("Endpoints", groups[0].logical_id), "the endpoint group gets its endpoints from elsewhere")
        return
    hosts = [_host(view, endpoint) for endpoint in endpoints]
    known = list({host.logical_id: host for host in hosts if host is not None}.values())
    if None in hosts:
        return
    path = view.get(endpoints[0], "EndpointId").path
    if len(known) == 1:
        yield Problem(path, values={"listener": listener.logical_id, "endpoint": known[0].logical_id})
    elif count_zones(view, [zone_of_resource(view, host) for host in known]).upper < 2:
        values = {"listener": listener.logical_id, "endpoint": [host.logical_id for host in known]}
        yield Problem(path, values=values, message="zone")


def _host(view: View, endpoint: Located) -> Resource | None:
    """Return the instance or, if it belongs to no instance of the template, the address that is an endpoint."""
    target = view.target(view.get(endpoint, "EndpointId"), _INSTANCE, _ADDRESS)
    if target is None or target.type == _INSTANCE:
        return target
    return view.target(view.get(target, "Properties", "InstanceId"), _INSTANCE) or target
