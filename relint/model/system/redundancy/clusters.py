"""Redundancy of clusters of RDS, DocumentDB and Neptune, by the instances that are their members."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.model.availability_zones import count_zones
from relint.model.aws.application_auto_scaling import scaling_registrations
from relint.model.aws.rds_clusters import members_of
from relint.model.system.redundancy.record import Count, Redundancy, between, exactly, spanned
from relint.model.system.redundancy.values import path_of
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_MEMBERS = {
    "AWS::RDS::DBCluster": ("AWS::RDS::DBInstance", "rds:cluster:ReadReplicaCount", "RDS-702"),
    "AWS::DocDB::DBCluster": ("AWS::DocDB::DBInstance", "", "DOC-701"),
    "AWS::Neptune::DBCluster": ("AWS::Neptune::DBInstance", "neptune:cluster:ReadReplicaCount", "DOC-701"),
}
_ZONES_OF_STORAGE = 3
"""The zones over which Aurora, DocumentDB and Neptune keep the data, and in which a Multi-AZ DB cluster has instances.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html (2026-11-28)
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html (2026-11-28)
"""


def _cluster(view: View, resource: Resource) -> Redundancy:
    """Return the instances of a cluster; those of another stack are unknown."""
    member_type, dimension, rule_id = _MEMBERS[resource.type]
    engine = view.get(resource, "Properties", "Engine").value
    is_multi_az = view.get(resource, "Properties", "DBClusterInstanceClass").value is not ABSENT
    if is_multi_az and not (isinstance(engine, str) and "aurora" in scalar_text(engine).lower()):
        count = exactly(_ZONES_OF_STORAGE, path_of(resource, "DBClusterInstanceClass"))
        return Redundancy("unit", units=count, zones=count, state="durable", spread="proven")
    members = list(members_of(view, resource, member_type))
    if not members:
        unknown = Unknown(("Members", resource.logical_id), "its instances are not in this template")
        count = Count(lower=1, upper=None, path=resource.path, fact="one-member", rule_id=rule_id, unknown=unknown)
        return Redundancy("unit", units=count, zones=count, state="durable")
    scaled = scaling_registrations(view, resource, dimension) if dimension else []
    readers = [view.get(registration.properties, "MaxCapacity").value for registration in scaled]
    upper: Any = len(members)
    for number in readers:
        upper = number if isinstance(number, Unknown) else max(upper, int(number or 0) + 1)
    places = tuple(zone_of_resource(view, member) for member in members)
    return Redundancy(
        scope="unit",
        units=between(len(members), upper, resource.path, "one-member", rule_id),
        zones=_zones_of_members(view, resource, members, rule_id),
        state="durable",
        spread="expected",
        places=places,
    )


def _zones_of_members(view: View, cluster: Resource, members: list[Resource], rule_id: str) -> Count:
    """Return the zones of members; AWS spreads those without a zone of their own.

    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html (2026-11-28)
    """
    if any(view.get(member, "Properties", "AvailabilityZone").value is ABSENT for member in members):
        return exactly(min(len(members), _ZONES_OF_STORAGE), cluster.path, "one-member", rule_id)
    return spanned(count_zones(view, [zone_of_resource(view, member) for member in members]), cluster.path, rule_id)


READERS: Mapping[str, Callable[[View, Resource], Redundancy]] = dict.fromkeys(_MEMBERS, _cluster)
