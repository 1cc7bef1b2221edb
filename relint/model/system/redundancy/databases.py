"""Redundancy of databases and domains."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING
from relint.logic.truth import negate
from relint.model.system.redundancy.record import Redundancy, between, choice, exactly
from relint.model.system.redundancy.values import has_value, is_true, number_at, path_of, places_of
from relint.model.zone_members import zone_of_resource
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def _database(view: View, resource: Resource) -> Redundancy:
    """Return the instance and its standby; a member of a cluster has none, its cluster has other members."""
    is_member = view.get(resource, "Properties", "DBClusterIdentifier").value is not ABSENT
    if is_member:
        cluster_rule = "DOC-701" if "RDS" not in resource.type else "RDS-702"
        count = exactly(1, resource.path, "one-instance", cluster_rule)
        return Redundancy("unit", units=count, zones=count, spread="proven", places=(zone_of_resource(view, resource),))
    return _with_standby(view, resource, "MultiAZ", "RDS-701")


def _with_standby(view: View, resource: Resource, name: str, rule_id: str) -> Redundancy:
    count = choice(is_true(view, resource, name), 2, 1, path_of(resource, name), "no-standby", rule_id)
    return Redundancy(
        scope="unit", units=count, zones=count, state="durable", spread="proven", places=places_of(view, resource)
    )


def _elastic_cluster(view: View, resource: Resource) -> Redundancy:
    number = number_at(view, resource, "ShardInstanceCount", default=2)
    units = between(number, number, path_of(resource, "ShardInstanceCount"), "no-replica", "DOC-701", least=1)
    return Redundancy("unit", units=units, zones=units, state="durable", spread="expected")


def _graph(view: View, resource: Resource) -> Redundancy:
    replicas = number_at(view, resource, "ReplicaCount", default=1)
    number = replicas if isinstance(replicas, Unknown) else replicas + 1
    units = between(number, number, path_of(resource, "ReplicaCount"), "no-replica", "DOC-701", least=1)
    return Redundancy("unit", units=units, zones=units, state="durable", spread="proven")


def _warehouse(view: View, resource: Resource) -> Redundancy:
    """Return the nodes of a Redshift cluster; one that may move to another zone counts as being in two."""
    nodes = number_at(view, resource, "NumberOfNodes", default=1)
    is_single = has_value(view, resource, "ClusterType", among=("single-node",))
    nodes = 1 if is_single is True else nodes
    moves = is_true(view, resource, "MultiAZ"), is_true(view, resource, "AvailabilityZoneRelocation")
    has_second = True if True in moves else next((move for move in moves if isinstance(move, Unknown)), False)
    return Redundancy(
        scope="unit",
        units=between(nodes, nodes, path_of(resource, "NumberOfNodes"), "one-node", "RS-701", least=1),
        zones=choice(has_second, 2, 1, path_of(resource, "MultiAZ"), "one-zone", "RS-701"),
        state="durable",
        spread="proven",
        places=places_of(view, resource),
    )


def _domain(view: View, resource: Resource) -> Redundancy:
    config = "ClusterConfig" if "OpenSearch" in resource.type else "ElasticsearchClusterConfig"
    nodes = number_at(view, resource, config, "InstanceCount", default=1)
    is_aware = is_true(view, resource, config, "ZoneAwarenessEnabled")
    count = number_at(view, resource, config, "ZoneAwarenessConfig", "AvailabilityZoneCount", default=2)
    number = 2 if isinstance(count, Unknown) else count
    return Redundancy(
        scope="unit",
        units=between(nodes, nodes, path_of(resource, config, "InstanceCount"), "one-node", "OS-701", least=1),
        zones=choice(is_aware, number, 1, path_of(resource, config, "ZoneAwarenessEnabled"), "one-zone", "OS-701"),
        state="durable",
        spread="proven",
        places=places_of(view, resource),
    )


def _collection(view: View, resource: Resource) -> Redundancy:
    """Return the zones of a collection of OpenSearch Serverless: two, or one without standby replicas.

    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-overview.html (2026-11-28)
    """
    has_standby = negate(has_value(view, resource, "StandbyReplicas", among=("DISABLED",)))
    count = choice(has_standby, 2, 1, path_of(resource, "StandbyReplicas"), "no-standby", "SIM-702")
    return Redundancy("zonal", units=count, zones=count, state="durable", spread="proven")


def _time_series(view: View, resource: Resource) -> Redundancy:
    kind = view.get(resource, "Properties", "DeploymentType").value
    unsaid = Unknown(("Deployment", resource.logical_id), "AWS does not say what it gets without DeploymentType")
    has_standby = unsaid if kind is ABSENT else has_value(view, resource, "DeploymentType", among=(_STANDBY,))
    count = choice(has_standby, 2, 1, path_of(resource, "DeploymentType"), "no-standby", "DMS-701")
    return Redundancy("unit", units=count, zones=count, state="durable", spread="proven")


_STANDBY = "WITH_MULTIAZ_STANDBY"

READERS: Mapping[str, Callable[[View, Resource], Redundancy]] = {
    "AWS::RDS::DBInstance": _database,
    "AWS::DocDB::DBInstance": _database,
    "AWS::Neptune::DBInstance": _database,
    "AWS::DocDBElastic::Cluster": _elastic_cluster,
    "AWS::NeptuneGraph::Graph": _graph,
    "AWS::Redshift::Cluster": _warehouse,
    "AWS::OpenSearchService::Domain": _domain,
    "AWS::Elasticsearch::Domain": _domain,
    "AWS::OpenSearchServerless::Collection": _collection,
    "AWS::Timestream::InfluxDBInstance": _time_series,
}
