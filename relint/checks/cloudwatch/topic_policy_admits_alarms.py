"""Policies of topics that keep alarms from publishing."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.deliveries.delivery import Delivery, deliveries
from relint.model.aws.deliveries.permission import permission_of
from relint.model.aws.policies.resource_policies import policies_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the statements of a topic policy that keep alarms of the template from publishing.

    The alarms are related locations. The message is the default if nothing permits it, else `differs`, `denied` or
    `overwritten`.
    Message values: `alarm` (the first), `topic`, `part` (what does not match: Resource or a condition key).
    """
    reported: set[str] = set()
    for delivery in deliveries(view):
        topic = delivery.target
        if delivery.service != "cloudwatch" or topic.logical_id in reported:
            continue
        policies = policies_of(view, topic, delivery.target_arn)
        if not policies or policies[-1].resource is not resource:
            continue
        permission = permission_of(view, delivery)
        if isinstance(permission.truth, Unknown):
            yield permission.truth
        elif permission.truth is False:
            reported.add(topic.logical_id)
            path = permission.path or policies[-1].document.path
            values = {"alarm": delivery.source.logical_id, "topic": topic.logical_id, "part": permission.part}
            message = None if permission.fault == "missing" else permission.fault
            yield Problem(path, values, _related(view, delivery), message=message)


def _related(view: View, refused: Delivery) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    alarms = {
        delivery.source.logical_id: delivery.path
        for delivery in reversed(deliveries(view))
        if delivery.service == "cloudwatch"
        and delivery.target == refused.target
        and permission_of(view, delivery).truth is False
    }
    topic = (refused.target.path, f'"{refused.target.logical_id}" is the topic.')
    return (topic, *((path, f'"{name}" publishes to it.') for name, path in reversed(alarms.items())))
