"""Whether a database cluster has an instance to fail over to.

AWS spreads members without AvailabilityZone as well as it can; only members that are all pinned to one zone go down
together.
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import ABSENT, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View, members: str) -> Iterator[Problem | Unknown]:
    """Reports a cluster with one member of the type `members`, and (message `same-zone`) members pinned to one zone.

    The first gives `member`; the second points to the second member (`resource`) and gives the first as `member`, and
    their `cluster`.
    A cluster whose members are not in the template is Unknown.
    """
    found = list(members_of(view, resource, members))
    if not found:
        yield Unknown(("Members", resource.logical_id), "its instances are not in this template")
    elif len(found) == 1:
        yield Problem(resource.path, {"member": found[0].logical_id}, ((found[0].path, "The only instance."),))
    else:
        yield from _pinned(view, resource, found)


def members_of(view: View, cluster: Resource, kind: str) -> Iterator[Resource]:
    """The existing instances of type `kind` whose DBClusterIdentifier is the cluster, by reference or by name."""
    name = view.get(cluster, "Properties", "DBClusterIdentifier").value
    for member in view.resources(kind):
        named = view.get(member, "Properties", "DBClusterIdentifier").value
        by_name = name is not ABSENT and named is not ABSENT and expression_of(named) == expression_of(name)
        if by_name or view.target(named) is cluster:
            yield member


def _pinned(view: View, cluster: Resource, members: list[Resource]) -> Iterator[Problem | Unknown]:
    places = [view.get(member, "Properties", "AvailabilityZone") for member in members]
    if any(place.value is ABSENT for place in places):
        return
    zones = count_zones(view, [zone_of_resource(view, member) for member in members])
    if zones.upper < 2:
        names = [member.logical_id for member in members]  # instances of a loop stand in one place
        values = {"resource": names[1], "member": names[0], "cluster": cluster.logical_id}
        related = ((places[0].path, "The first instance of this zone."), (cluster.path, "Their cluster."))
        yield Problem(places[1].path, values, related, "same-zone")
    elif zones.lower < 2:
        number = zones.number()
        if isinstance(number, Unknown):
            yield number
