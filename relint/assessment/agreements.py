"""Service level agreements of AWS: the percentage of a month below which AWS grants a credit, by configuration.

The table is `sla.csv`. A row without a percentage says that nobody has read the agreement. A percentage is the
threshold of a credit, and no prediction.
"""

from __future__ import annotations

import csv
import os
from decimal import Decimal
from functools import cache

from relint._typing import TYPE_CHECKING, Literal, NamedTuple
from relint.model.availability_zones import count_zones
from relint.resolve.value import ABSENT, Unknown, scalar_text
from relint.system import package_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from relint.assessment.parts import Part
    from relint.model.system.redundancy.record import Count
    from relint.model.view import View

Basis = Literal["instance", "zone", "region", "multi-region", "global", "host"]
"""What an agreement covers: one unit, all units in one zone, those of a Region, of several ones, or the world.

host: the resource is a part of another one, and has no agreement of its own.
"""

_SEVERAL, _ONE = "several-zones", "one-zone"
_INFREQUENT_CLASSES = ("STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR")
_PREVIOUS_NODES = ("t1", "m1", "m2", "m3", "c1", "r3")
"""Families of cache nodes of a previous generation.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheNode.html (2026-11-29)
"""


class Agreement(NamedTuple):
    """A row of the table; `percent` is None if it was not read.

    `last_updated` is the date of the text, `as_of` the day on which it was looked up. `mark` is C if the text of AWS
    was read, S if an older or a secondary text was, J for a judgement of ours, U if none was read.
    """

    id: str
    service: str
    types: tuple[str, ...]
    configuration: str
    percent: Decimal | None
    basis: Basis
    source: str
    last_updated: str
    as_of: str
    mark: str
    says: str


@cache
def agreements() -> tuple[Agreement, ...]:
    """Return the rows of the table; read once."""
    with open(os.path.join(package_directory(), "assessment", "sla.csv"), encoding="utf-8", newline="") as file:
        return tuple(_agreement(row) for row in csv.DictReader(file))


def agreements_of(part: Part, view: View) -> tuple[Agreement | None, ...]:
    """Return the agreements that may hold for a part: one for each configuration that the template leaves open.

    It is None for a configuration that no agreement covers.
    """
    name = part.resource.type.removeprefix("AWS::")
    rows = [row for row in agreements() if name in row.types]
    if all(not row.configuration for row in rows):
        return tuple(rows) or (None,)
    configurations = _CONFIGURATIONS.get(part.resource.type, _zones)(part, view)
    return tuple(next((row for row in rows if row.configuration == name), None) for name in configurations)


def highest_percent(service: str) -> Decimal:
    """Return the greatest percentage that AWS promises for a service in one Region, whatever its redundancy."""
    return max(
        row.percent for row in agreements() if row.service == service and row.percent and row.basis != "multi-region"
    )


def _zones(part: Part, view: View) -> tuple[str, ...]:
    """Return whether the units of a part run in several zones at once; both if that is open."""
    redundancy = part.redundancy
    return _spans(redundancy.units, redundancy.zones, is_open=bool(part.undecided))


def _spans(units: Count, zones: Count, *, is_open: bool) -> tuple[str, ...]:
    if not is_open and units.lower > 1 and zones.lower > 1:
        return (_SEVERAL,)
    can_span = all(_greatest(count) > 1 for count in (units, zones))
    return (_ONE, _SEVERAL) if can_span or is_open else (_ONE,)


def _greatest(count: Count) -> float:
    """Return the greatest number that the assumed deployment keeps; a group that may grow keeps its smallest one."""
    if count.unknown is None:
        return count.lower
    return float("inf") if count.upper is None else count.upper


def _load_balancer(part: Part, view: View) -> tuple[str, ...]:
    zones = part.redundancy.zones
    return _spans(zones, zones, is_open=bool(part.undecided))


def _cluster(part: Part, view: View) -> tuple[str, ...]:
    """Return the zones of a cluster by those of its instances, which AWS does not promise to spread."""
    redundancy, places = part.redundancy, part.redundancy.places
    if part.resource.type == "AWS::RDS::DBCluster" and not _is_aurora(part, view):
        is_multi_az = view.get(part.resource, "Properties", "DBClusterInstanceClass").value is not ABSENT
        return ("multi-az-cluster",) if is_multi_az and not part.undecided else ("unknown",)
    if not places:
        return _zones(part, view)
    proven = count_zones(view, places)
    if redundancy.units.lower < 2 or proven.upper == 1:
        return (_ONE,) if not part.undecided else (_ONE, _SEVERAL)
    return (_SEVERAL,) if proven.lower > 1 and not part.undecided else (_ONE, _SEVERAL)


def _is_aurora(part: Part, view: View) -> bool:
    engine = view.get(part.resource, "Properties", "Engine").value
    return isinstance(engine, str) and "aurora" in engine.lower()


def _database(part: Part, view: View) -> tuple[str, ...]:
    """Return the zones of an instance; a member of a cluster is covered by the agreement of that cluster."""
    if view.get(part.resource, "Properties", "DBClusterIdentifier").value is not ABSENT:
        return ("member",)
    return _zones(part, view)


def _cache(part: Part, view: View) -> tuple[str, ...]:
    node = view.get(part.resource, "Properties", "CacheNodeType").value
    found = _zones(part, view)
    if isinstance(node, Unknown) or node is ABSENT:
        return (*found, "several-zones-previous") if _SEVERAL in found else found
    is_previous = scalar_text(node).removeprefix("cache.").partition(".")[0] in _PREVIOUS_NODES
    return tuple(f"{name}-previous" if is_previous and name == _SEVERAL else name for name in found)


def _domain(part: Part, view: View) -> tuple[str, ...]:
    standby = view.get(part.resource, "Properties", "ClusterConfig", "MultiAZWithStandbyEnabled").value
    if isinstance(standby, Unknown):
        return (*_zones(part, view), "standby")
    return ("standby",) if standby is not ABSENT and scalar_text(standby) == "true" else _zones(part, view)


def _bucket(part: Part, view: View) -> tuple[str, ...]:
    """Return the kinds of storage classes of a bucket: objects begin in Standard, rules may move them to others."""
    rules = repr(part.resource.body)
    return ("standard", "infrequent") if any(name in rules for name in _INFREQUENT_CLASSES) else ("standard",)


def _table(part: Part, view: View) -> tuple[str, ...]:
    replicas = view.select(part.resource, ("Properties", "Replicas", "*"))
    if any(isinstance(replica.value, Unknown) for replica in replicas):
        return ("one-region", "several-regions")
    return ("several-regions",) if len(replicas) > 1 else ("one-region",)


def _regions(part: Part, view: View) -> tuple[str, ...]:
    """Return whether a DSQL cluster is peered with one in another Region."""
    multi_region = view.get(part.resource, "Properties", "MultiRegionProperties").value
    if isinstance(multi_region, Unknown):
        return ("one-region", "several-regions")
    return ("one-region",) if multi_region is ABSENT else ("several-regions",)


_CONFIGURATIONS: Mapping[str, Callable[[Part, View], tuple[str, ...]]] = {
    "AWS::Cassandra::Table": lambda part, view: ("one-region",),
    "AWS::DSQL::Cluster": _regions,
    "AWS::DocDB::DBCluster": _cluster,
    "AWS::DynamoDB::GlobalTable": _table,
    "AWS::DynamoDB::Table": lambda part, view: ("one-region",),
    "AWS::ElastiCache::ReplicationGroup": _cache,
    "AWS::ElasticLoadBalancing::LoadBalancer": _load_balancer,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": _load_balancer,
    "AWS::Neptune::DBCluster": _cluster,
    "AWS::OpenSearchService::Domain": _domain,
    "AWS::RDS::DBCluster": _cluster,
    "AWS::RDS::DBInstance": _database,
    "AWS::S3::Bucket": _bucket,
}


def _agreement(row: dict[str, str]) -> Agreement:
    return Agreement(
        id=row["id"],
        service=row["service"],
        types=tuple(row["types"].split()),
        configuration=row["configuration"],
        percent=Decimal(row["pct"]) if row["pct"] else None,
        basis=row["basis"],  # type: ignore[arg-type]  # a test compares the values of the table with these types
        source=row["url"],
        last_updated=row["last_updated"],
        as_of=row["as_of"],
        mark=row["mark"],
        says=row["says"],
    )
