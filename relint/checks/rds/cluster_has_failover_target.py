"""Database clusters without an instance to fail over to.

AWS spreads members without AvailabilityZone over zones as well as possible; only members that are all pinned to one
zone fail together.
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.availability_zones import count_zones
from relint.model.aws.application_auto_scaling import scaling_registrations
from relint.model.aws.rds_clusters import members_of
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(resource: Resource, view: View, members: str, scaled_by: str = "") -> Iterator[Problem | Unknown]:
    """Yield a problem at a cluster with one member of the type `members`; its message value is `member`.

    At AvailabilityZone of the second member: message `same-zone` if all members are pinned to one zone, with
    `resource` (the second member), `member` (the first) and `cluster`. Nothing if scaling of the dimension `scaled_by`
    adds a reader. Unknown if the template contains no member.
    """
    instances = list(members_of(view, resource, members))
    if not instances:
        yield Unknown(("Members", resource.logical_id), "its instances are not in this template")
        return
    is_scaled = _scaling_adds_reader(view, resource, scaled_by, len(instances) - 1) if scaled_by else False
    if is_scaled is True:
        return
    if len(instances) == 1:
        values = {"member": instances[0].logical_id}
        problems: list[Problem | Unknown] = [
            Problem(resource.path, values=values, related=((instances[0].path, "The only instance."),))
        ]
    else:
        problems = list(_pinned_members(view, resource, instances))
    yield from [is_scaled] if problems and isinstance(is_scaled, Unknown) else problems


def _scaling_adds_reader(view: View, cluster: Resource, dimension: str, readers: int) -> Truth:
    """Whether Application Auto Scaling keeps more readers than the template has; it chooses their zones.

    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
    """
    return any_of(
        all_of(
            (
                registration.applies,
                apply_test("above", view.get(registration.properties, "MinCapacity").value, readers),
            )
        )
        for registration in scaling_registrations(view, cluster, dimension)
    )


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
