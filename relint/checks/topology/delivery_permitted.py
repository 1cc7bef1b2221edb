"""Deliveries between resources that no policy permits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.deliveries.delivery import Delivery, deliveries_of, deliveries_to
from relint.model.aws.deliveries.permission import Permission, permission_of
from relint.model.aws.deliveries.services import SERVICES
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_MOST_RELATED = 5
"""How many further deliveries with the same cause are shown."""
_RELATED = {
    "missing": "This policy does not mention {service}.",
    "differs": "This statement is for something else: its {part} does not match.",
    "denied": "This statement denies it.",
    "overwritten": "This policy overwrites, or is overwritten by, the one that permits it.",
    "trust": "Only the services named here may assume the role.",
    "role": "No policy of this role allows {action} there.",
}


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at each target to which a resource delivers without permission.

    If nothing permits a service to deliver to a target, the first such delivery of the template is reported, with the
    others as related locations. Alarms that publish to topics are left out, and what SAM generates with its permission.
    The message is the default if nothing permits it, else `differs`, `denied`, `overwritten`, `trust`, `role` or
    `no-role`.
    Message values: `target`, `service`, `principal`, `action`, `lost`, `part`, `role`.
    """
    reported: set[tuple[str, str]] = set()
    for delivery in deliveries_of(view, resource):
        if not _is_judged(delivery):
            continue
        permission = permission_of(view, delivery)
        if isinstance(permission.truth, Unknown):
            yield permission.truth
        elif permission.truth is False and (delivery.target.logical_id, permission.fault) not in reported:
            reported.add((delivery.target.logical_id, permission.fault))
            same = _with_same_cause(view, delivery, permission)
            first = next(same, None)
            if first is None or (first.source, first.path) == (delivery.source, delivery.path):
                yield _problem(view, delivery, permission, list(islice(same, _MOST_RELATED)))


def _is_judged(delivery: Delivery) -> bool:
    return delivery.service != "cloudwatch" and not delivery.source.generated_from


def _with_same_cause(view: View, delivery: Delivery, permission: Permission) -> Iterator[Delivery]:
    """Yield the deliveries that one statement would permit: those of one service to one target."""
    for other in deliveries_to(view, delivery.target) if permission.fault == "missing" else ():
        is_alike = other.service == delivery.service and other.target_arn == delivery.target_arn
        if is_alike and _is_judged(other) and permission_of(view, other).fault == "missing":
            yield other


def _problem(view: View, delivery: Delivery, permission: Permission, others: list[Delivery]) -> Problem:
    service = SERVICES[delivery.service]
    role = view.target(delivery.role)
    lost = "what it cannot deliver is lost instead of kept" if delivery.sender.is_dead_letter_queue else service.lost
    values = {
        "target": delivery.target.logical_id,
        "service": service.title,
        "principal": f"{delivery.service}.amazonaws.com",
        "action": delivery.action,
        "lost": lost,
        "part": permission.part,
        "role": role.logical_id if role is not None else "",
    }
    related = [(delivery.target.path, f'"{delivery.target.logical_id}" is the target.')]
    if permission.path:
        related.append((permission.path, _RELATED[permission.fault].format(**values)))
    related += [(other.path, f'"{other.source.logical_id}" delivers to it, too.') for other in others]
    message = None if permission.fault == "missing" else permission.fault.replace(" ", "-")
    return Problem(delivery.path, values, tuple(related), message=message)
