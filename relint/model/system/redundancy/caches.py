"""Redundancy of caches and of databases in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.logic.numbers import integer_value
from relint.model.availability_zones import count_zones
from relint.model.aws.elasticache import is_primary_of_group
from relint.model.system.redundancy.record import Count, Redundancy, between, choice, exactly, spanned
from relint.model.system.redundancy.values import has_value, is_true, number_at, path_of, places_of
from relint.model.zone_members import members_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def _group(view: View, resource: Resource) -> Redundancy:
    """Return the nodes of the smallest shard of a replication group: one where nothing fails over by itself."""
    fails_over = is_true(view, resource, "AutomaticFailoverEnabled")
    nodes = _nodes_of_shard(view, resource)
    path = path_of(resource, "AutomaticFailoverEnabled")
    if nodes == 1:
        units = exactly(1, path_of(resource, "NumCacheClusters"), "no-replica", "CACHE-701")
    elif isinstance(nodes, Unknown):
        units = between(nodes, nodes, path, "no-replica", "CACHE-701", least=1)
    else:
        units = choice(fails_over, nodes, 1, path, "no-failover", "CACHE-701")
    is_spread = is_true(view, resource, "MultiAZEnabled")
    zones = choice(is_spread, 2, 1, path_of(resource, "MultiAZEnabled"), "one-zone", "CACHE-702")
    if is_spread is False:  # ElastiCache may place replicas in other zones, without a promise
        zones = zones._replace(upper=units.upper, unknown=Unknown(("Zones", resource.logical_id), "MultiAZ is off"))
    return Redundancy(
        "unit", units=units, zones=zones, state="ephemeral", spread="expected", places=places_of(view, resource)
    )


def _nodes_of_shard(view: View, resource: Resource) -> Any:
    """Return the nodes of the smallest shard; NumCacheClusters counts only with one shard.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html (2026-11-28)
    """
    if view.get(resource, "Properties", "GlobalReplicationGroupId").value is not ABSENT:
        reason = "its global datastore decides about its nodes"
        return Unknown(("Nodes", resource.logical_id), reason, minimum=1)
    replicas = number_at(view, resource, "ReplicasPerNodeGroup", default=-1)
    shards = number_at(view, resource, "NumNodeGroups", default=1)
    counts = [
        integer_value(located, -1)
        for located in view.select(resource, ("Properties", "NodeGroupConfiguration", "*", "ReplicaCount"))
    ]
    known = [count for count in counts if count != -1]
    if known and len(known) == len(counts):
        return next((count for count in known if isinstance(count, Unknown)), None) or min(known) + 1
    if replicas == -1 and (isinstance(shards, Unknown) or shards > 1 or len(counts) > 1):
        return 1
    if replicas == -1:
        return number_at(view, resource, "NumCacheClusters", default=1)
    return replicas if isinstance(replicas, Unknown) else replicas + 1


def _cache_cluster(view: View, resource: Resource) -> Redundancy:
    """Return the nodes of a cluster: one with Redis and Valkey; those of Memcached each hold a part of the keys."""
    rule_id = "CACHE-703" if is_primary_of_group(view, resource) is False else "CACHE-701"
    path = path_of(resource, "NumCacheNodes")
    is_memcached = has_value(view, resource, "Engine", among=("memcached",))
    if is_memcached is False:
        units = exactly(1, resource.path, "one-node", rule_id)
    else:
        number = number_at(view, resource, "NumCacheNodes", default=1)
        units = between(number, number, path, "one-node", rule_id, least=1)
    is_spread = has_value(view, resource, "AZMode", among=("cross-az",))
    zones = choice(is_spread, 2, 1, path_of(resource, "AZMode"), "one-zone", rule_id)
    listed = members_of(view, [view.get(resource, "Properties", "PreferredAvailabilityZones")])
    if listed:
        zones = spanned(count_zones(view, listed), path_of(resource, "PreferredAvailabilityZones"), rule_id)
    zones = units if units.is_one else zones
    return Redundancy("unit", units=units, zones=zones, state="ephemeral", places=places_of(view, resource))


def _memory_database(view: View, resource: Resource) -> Redundancy:
    replicas = number_at(view, resource, "NumReplicasPerShard", default=1)
    nodes = replicas if isinstance(replicas, Unknown) else replicas + 1
    path = path_of(resource, "NumReplicasPerShard")
    units = between(nodes, nodes, path, "no-replica", "MDB-701", least=1)
    return Redundancy(
        "unit", units=units, zones=units, state="durable", spread="expected", places=places_of(view, resource)
    )


def _accelerator(view: View, resource: Resource) -> Redundancy:
    nodes = number_at(view, resource, "ReplicationFactor", default=1)
    units = between(nodes, nodes, path_of(resource, "ReplicationFactor"), "one-node", "DAX-701", least=1)
    named = view.get(resource, "Properties", "AvailabilityZones")
    zones = units
    if named.value is not ABSENT and not units.is_one:
        zones = spanned(count_zones(view, members_of(view, [named])), named.path, "DAX-701")
    return Redundancy(
        "unit", units=units, zones=zones, state="ephemeral", spread="expected", places=places_of(view, resource)
    )


def _serverless(view: View, resource: Resource) -> Redundancy:
    subnets = view.get(resource, "Properties", "SubnetIds")
    managed = Count(lower=2, upper=None, path=resource.path)
    places = members_of(view, [subnets])
    zones = spanned(count_zones(view, places), subnets.path, "CACHE-702") if places else managed
    return Redundancy("regional", units=managed, zones=zones, state="ephemeral", places=tuple(places))


READERS: Mapping[str, Callable[[View, Resource], Redundancy]] = {
    "AWS::ElastiCache::ReplicationGroup": _group,
    "AWS::ElastiCache::CacheCluster": _cache_cluster,
    "AWS::ElastiCache::ServerlessCache": _serverless,
    "AWS::MemoryDB::Cluster": _memory_database,
    "AWS::DAX::Cluster": _accelerator,
}
