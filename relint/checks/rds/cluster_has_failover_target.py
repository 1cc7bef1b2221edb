"""Database clusters without an instance to fail over to.

AWS spreads members without AvailabilityZone over zones as well as possible; only members that are all pinned to one
zone fail together.
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.availability_zones import count_zones
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import ABSENT, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View, members: str) -> Iterator[Problem | Unknown]:
    """Yield a problem at a cluster with one member of the type `members`; its message value is `member`.

    At AvailabilityZone of the second member: message `same-zone` if all members are pinned to one zone, with
    `resource` (the second member), `member` (the first) and `cluster`. Unknown if the template contains no member.
    """
    instances = list(_members(view, resource, members))
    if not instances:
        yield Unknown(("Members", resource.logical_id), "its instances are not in this template")
    elif len(instances) == 1:
        values = {"member": instances[0].logical_id}
        yield Problem(resource.path, values=values, related=((instances[0].path, "The only instance."),))
    else:
        yield from _pinned_members(view, resource, instances)


def _members(view: View, cluster: Resource, resource_type: str) -> Iterator[Resource]:
    """Yield the existing instances whose DBClusterIdentifier is the cluster, by reference or by name."""
    cluster_name = view.get(cluster, "Properties", "DBClusterIdentifier").value
    for member in view.resources(resource_type):
        name = view.get(member, "Properties", "DBClusterIdentifier").value
        has_both = cluster_name is not ABSENT and name is not ABSENT
        if (has_both and expression_of(name) == expression_of(cluster_name)) or view.target(name) is cluster:
            yield member


def _pinned_members(view: View, cluster: Resource, members: list[Resource]) -> Iterator[Problem | Unknown]:
    locations = [view.get(member, "Properties", "AvailabilityZone") for member in members]
    if any(location.value is ABSENT for location in locations):
        return
    zones = count_zones(view, [zone_of_resource(view, member) for member in members])
    if zones.upper < 2:
        # The problem names its resource, because instances of a loop share one path.
        first, second = members[0].logical_id, members[1].logical_id
        values = {"resource": second, "member": first, "cluster": cluster.logical_id}
        related = ((locations[0].path, "The first instance of this zone."), (cluster.path, "Their cluster."))
        yield Problem(locations[1].path, values=values, related=related, message="same-zone")
    elif zones.lower < 2:
        number = zones.as_value()
        if isinstance(number, Unknown):
            yield number
