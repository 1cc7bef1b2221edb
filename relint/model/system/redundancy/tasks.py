"""Redundancy of the tasks of Amazon ECS services."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import as_number
from relint.model.availability_zones import count_zones
from relint.model.aws.application_auto_scaling import scaling_registrations
from relint.model.aws.ecs import hosts_of_service, zones_of_host
from relint.model.system.redundancy.record import Redundancy, between, spanned
from relint.model.system.redundancy.values import has_value, larger, number_at, path_of
from relint.model.zone_members import members_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_TASK_SUBNETS = ("Properties", "NetworkConfiguration", "AwsvpcConfiguration", "Subnets")


def _service(view: View, resource: Resource) -> Redundancy:
    """Return the tasks of an ECS service: those that run, and as upper bound those up to which it is scaled."""
    targets = [
        target.properties
        for target in scaling_registrations(view, resource, "ecs:service:DesiredCount")
        if target.applies is True
    ]
    desired = view.get(resource, "Properties", "DesiredCount").value
    least = [_capacity(view, target, "MinCapacity") for target in targets]
    running: Any = number_at(view, resource, "DesiredCount", default=0 if least else 1)
    for number in least:
        running = larger(running, number)
    largest: Any = running
    for target in targets:
        largest = larger(largest, _capacity(view, target, "MaxCapacity"))
    if has_value(view, resource, "SchedulingStrategy", among=("DAEMON",)) is True and desired is ABSENT:
        reason = "a daemon has a task on each instance"
        running = largest = Unknown(("Daemon", resource.logical_id), reason, minimum=0)
    subnets = view.get(resource, *_TASK_SUBNETS)
    hosts = hosts_of_service(view, resource).resources if subnets.value is ABSENT else []
    places = [place for host in hosts for place in zones_of_host(view, host)] or members_of(view, [subnets])
    places = [] if subnets.value is ABSENT and not hosts else places
    return Redundancy(
        scope="unit",
        units=between(running, largest, path_of(resource, "DesiredCount"), "one-task", "ECS-701"),
        zones=spanned(count_zones(view, places), (*resource.path, *_TASK_SUBNETS), "ECS-702"),
        spread="expected",
        places=tuple(places),
        running=running,
    )


def _capacity(view: View, target: Any, name: str) -> Any:
    value = view.get(target, name).value
    number = as_number(value) if not isinstance(value, Unknown) and value is not ABSENT else None
    return value if isinstance(value, Unknown) else int(number or 0)


READERS: Mapping[str, Callable[[View, Resource], Redundancy]] = {"AWS::ECS::Service": _service}
