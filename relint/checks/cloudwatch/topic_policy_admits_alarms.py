"""Policies of topics that keep alarms from publishing."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.deliveries.delivery import Delivery, deliveries_to
from relint.model.aws.deliveries.permission import permission_of
from relint.model.aws.policies.arns import arn_of
from relint.model.aws.policies.resource_policies import policies_of
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_MOST_RELATED = 5
"""How many of the alarms are shown."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the statements of a topic policy that keep alarms of the template from publishing.

    The alarms are related locations. The message is the default if nothing permits it, else `differs`, `denied` or
    `overwritten`.
    Message values: `alarm` (the first), `topic`, `part` (what does not match: Resource or a condition key).
    """
    for topic in view.resources("AWS::SNS::Topic"):
        policies = policies_of(view, topic, arn_of(view, topic) or ())
        if not policies or policies[-1].resource is not resource:
            continue
        refused: list[Delivery] = []
        for delivery in deliveries_to(view, topic):
            truth = permission_of(view, delivery).truth if delivery.service == "cloudwatch" else True
            if isinstance(truth, Unknown):
                yield truth
                break
            if truth is False:
                refused.append(delivery)
        if refused:
            permission = permission_of(view, refused[0])
            path = permission.path or policies[-1].document.path
            values = {"alarm": refused[0].source.logical_id, "topic": topic.logical_id, "part": permission.part}
            message = None if permission.fault == "missing" else permission.fault
            yield Problem(path, values, tuple(_related(topic, refused)), message=message)


def _related(topic: Resource, refused: list[Delivery]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield topic.path, f'"{topic.logical_id}" is the topic.'
    alarms = {delivery.source.logical_id: delivery.path for delivery in reversed(refused)}
    for name, path in list(reversed(alarms.items()))[:_MOST_RELATED]:
        yield path, f'"{name}" publishes to it.'
