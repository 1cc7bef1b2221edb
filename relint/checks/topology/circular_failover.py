"""Failover that ends where it began: one end for both sides, a way in a circle, a check that asks for its own name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.name_resolution import DISTRIBUTION, NameResolution, Place, Step, name_resolution
from relint.model.aws.route53 import Record, record_targets, records_of
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_RECORDS = ("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup")
_HEALTH_CHECK, _GROUP = "AWS::Route53::HealthCheck", "AWS::GlobalAccelerator::EndpointGroup"

_INSIDE = (("OriginPath",), ("CustomOriginConfig", "HTTPPort"), ("CustomOriginConfig", "HTTPSPort"))
"""The properties of an origin that choose a place inside of it, such as a page to fall back to."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield the problems of a record, a group of records, a distribution or an endpoint group.

    Messages: `default` (values `name`, `end`) at the target of a secondary record that ends where the primary does;
    `bypass` (a warning; also `way`) if the primary goes through a distribution and the secondary goes around it;
    `origins` (values `group`, `end`) at the members of an origin group; `endpoints` (value `end`) at the endpoints of
    the first of several endpoint groups; `cycle` (value `way`) at a property that leads back to itself; `probe` (values
    `name`, `check`) at HealthCheckId. Unknown if both sides end outside of the template, maybe at one place.
    Two records with one target, and aliases in a circle, are left to R53-802.
    """
    resolution = name_resolution(view)
    yield from _cycle(view, resolution, resource)
    if resource.type == DISTRIBUTION:
        yield from _origin_groups(view, resolution, resource)
    elif resource.type == _GROUP:
        yield from _endpoint_groups(view, resolution, resource)
    else:
        for record in records_of(view, resource):
            yield from _failover_pair(view, resolution, record)
            yield from _probe(view, resolution, record)


def _failover_pair(view: View, resolution: NameResolution, record: Record) -> Iterator[Problem | Unknown]:
    if view.get(record.body, "Failover").value != "SECONDARY":
        return
    primary = next(
        (
            other
            for other in resolution.records
            if other.key == record.key and view.get(other.body, "Failover").value == "PRIMARY"
        ),
        None,
    )
    if primary is None:
        return
    targets = [record_targets(view, side, resolution.records) for side in (record, primary)]
    if None in targets or targets[0] == targets[1]:
        return  # R53-802 reports it
    steps = [list(resolution.steps_of_record(side)) for side in (record, primary)]
    sides = [resolution.reached(step.target for step in side) for side in steps]
    ends = [resolution.ends(side) for side in sides]
    leads_back = resolution.names_of(record) & {*sides[0], *sides[1]}
    if not steps[0] or leads_back or not _is_one_place(ends[0], ends[1]):
        return
    path = steps[0][0].path
    related = ((steps[1][0].path, "The primary record ends there as well."),)
    values = {"name": describe_expression(record.key.name), "end": _labels(ends[0])}
    ways = [_distributions(view, side) for side in sides]
    if ways[1] and not ways[0]:
        values["way"] = ", ".join(sorted(ways[1]))
        yield Problem(path, values=values, related=related, message="bypass", level="warning")
    else:
        yield Problem(path, values=values, related=related)


def _origin_groups(view: View, resolution: NameResolution, distribution: Resource) -> Iterator[Problem | Unknown]:
    config = view.get(distribution, "Properties", "DistributionConfig")
    origins = {expression_of(view.get(origin, "Id").value): origin for origin in view.select(config, ("Origins", "*"))}
    behaviors = [view.get(config, "DefaultCacheBehavior"), *view.select(config, ("CacheBehaviors", "*"))]
    uses = [view.get(behavior, "TargetOriginId").value for behavior in behaviors]
    used = {expression_of(value) for value in uses}
    unknown_use = next((value for value in uses if isinstance(value, Unknown)), None)
    for group in view.select(config, ("OriginGroups", "Items", "*")):
        is_used = expression_of(view.get(group, "Id").value) in used
        if not is_used and unknown_use is None:
            continue
        ids = [expression_of(member.value) for member in view.select(group, ("Members", "Items", "*", "OriginId"))]
        members = [origins[origin_id] for origin_id in ids if origin_id in origins]
        if len(members) != 2 or any(_differ_in(view, members, *steps) for steps in _INSIDE):
            continue
        targets = [resolution.step_of_origin(distribution, member).target for member in members]
        ends = [resolution.ends(resolution.reached([target])) for target in targets]
        if _is_one_place(ends[0], ends[1]):
            values = {"group": describe_expression(expression_of(view.get(group, "Id").value)), "end": _labels(ends[0])}
            related = tuple((view.get(member, "DomainName").path, "This origin ends there.") for member in members)
            problem = Problem(view.get(group, "Members").path, values=values, related=related, message="origins")
            yield problem if is_used or unknown_use is None else unknown_use
        elif targets[0].kind == targets[1].kind == "outside":
            left, right = sorted(target.label for target in targets)
            yield Unknown(("Differ", left, right), f'"{left}" and "{right}" may be the same')


def _endpoint_groups(view: View, resolution: NameResolution, group: Resource) -> Iterator[Problem]:
    listener = expression_of(view.get(group, "Properties", "ListenerArn").value)
    groups = [
        other
        for other in view.resources(_GROUP)
        if expression_of(view.get(other, "Properties", "ListenerArn").value) == listener
    ]
    if len(groups) < 2 or groups[0] is not group:
        return
    endpoints = [view.select(other, ("Properties", "EndpointConfigurations", "*", "EndpointId")) for other in groups]
    ends = [
        resolution.ends(resolution.reached(resolution.place_of(endpoint.value) for endpoint in listed))
        for listed in endpoints
    ]
    if all(_is_one_place(ends[0], other) for other in ends[1:]):
        related = tuple((other.path, "This endpoint group ends there as well.") for other in groups[1:])
        yield Problem(endpoints[0][0].path, values={"end": _labels(ends[0])}, related=related, message="endpoints")


def _cycle(view: View, resolution: NameResolution, resource: Resource) -> Iterator[Problem]:
    """Yield the problem of each way that leads from a resource back to it, if it is the first one of that circle."""
    for way in resolution.circles:
        if way[0].owner is resource and not any(_is_reported(view, resolution, step) for step in way):
            related = tuple((step.path, f'The way leads on to "{step.target.label}".') for step in way[1:])
            values = {"way": [step.target.label for step in way]}
            yield Problem(way[0].path, values=values, related=related, message="cycle")


def _is_reported(view: View, resolution: NameResolution, step: Step) -> bool:
    """Whether a step is made by a failover record whose aliases lead back to it, which R53-802 reports."""
    return any(
        view.get(record.body, "Failover").value is not ABSENT
        and record_targets(view, record, resolution.records) is None
        for record in (records_of(view, step.owner) if step.owner.type in _RECORDS else ())
    )


def _probe(view: View, resolution: NameResolution, record: Record) -> Iterator[Problem]:
    health_check_id = view.get(record.body, "HealthCheckId")
    if health_check_id.value is ABSENT or view.get(record.body, "SetIdentifier").value is ABSENT:
        return
    names = resolution.names_of(record)
    target = view.target(health_check_id, _HEALTH_CHECK)
    if target is None:
        return
    for probing, domain in view.remembered("probed names", target, _probed_names):
        if names & set(resolution.reached([resolution.place_of(domain.value)])):
            values = {"name": describe_expression(record.key.name), "check": probing.logical_id}
            related = ((domain.path, "The health check asks for this name."),)
            yield Problem(health_check_id.path, values=values, related=related, message="probe")
            return


def _probed_names(view: View, health_check: Resource) -> list[tuple[Resource, Located]]:
    """Return a health check and its children, at any depth, with the names that they look up.

    With an IPAddress, the name is only the Host header of the requests to that address.
    https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
    """
    probed: list[tuple[Resource, Located]] = []
    found = {health_check.logical_id}
    waiting = [health_check]
    for checked in waiting:
        config = view.get(checked, "Properties", "HealthCheckConfig")
        domain = view.get(config, "FullyQualifiedDomainName")
        if domain.value is not ABSENT and view.get(config, "IPAddress").value is ABSENT:
            probed.append((checked, domain))
        for named in view.select(config, ("ChildHealthChecks", "*")):
            child = view.target(named, _HEALTH_CHECK)
            if child is not None and child.logical_id not in found:
                found.add(child.logical_id)
                waiting.append(child)
    return probed


def _is_one_place(left: frozenset[Place], right: frozenset[Place]) -> bool:
    return bool(left) and left == right


def _labels(ends: frozenset[Place]) -> str:
    return ", ".join(sorted(end.label for end in ends))


def _distributions(view: View, reached: Iterable[Place]) -> set[str]:
    resources = view.template.resources
    return {
        place.label for place in reached if place.kind == "resource" and resources[place.label].type == DISTRIBUTION
    }


def _differ_in(view: View, members: list[Located], *steps: str) -> bool:
    left, right = (expression_of(view.get(member, *steps).value) for member in members)
    return bool(left != right)
