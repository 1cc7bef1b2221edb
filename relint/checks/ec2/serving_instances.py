"""Instances that serve requests and that nothing replaces."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.truth import Truth, negate
from relint.model.availability_zones import count_zones
from relint.model.aws.serving_instances import is_for_operations, registered_with, serving_role, tier_of
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ROLES = ("target", "address", "record")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the first instance of a tier that a load balancer, an address or a record makes serve.

    Message `tier`, with `count`, for several instances; a note if a load balancer spreads requests over zones.
    Bastions, NAT instances and build hosts do not serve; what an API calls has a rule of its own. Unknown if a port
    decides that and is unknown.
    """
    serves = _serves(view, resource)
    if isinstance(serves, Unknown):
        yield serves
    if serves is not True:
        return
    tier = [instance for instance in tier_of(view, resource) if _serves(view, instance) is True]
    if tier[0] is not resource:
        return
    if len(tier) == 1:
        yield Problem(resource.path)
        return
    is_spread = count_zones(view, [zone_of_resource(view, instance) for instance in tier]).upper >= 2
    related = tuple((instance.path, f'"{instance.logical_id}" belongs to the same tier.') for instance in tier[1:])
    yield Problem(
        resource.path,
        values={"count": len(tier)},
        related=related,
        message="tier",
        level="note" if is_spread and registered_with(view, resource) else None,
    )


def _serves(view: View, instance: Resource) -> Truth:
    return view.remembered("serves", instance, _is_used_by_clients)


def _is_used_by_clients(view: View, instance: Resource) -> Truth:
    return serving_role(view, instance) in _ROLES and negate(is_for_operations(view, instance))
