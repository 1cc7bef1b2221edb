"""Units and zones of resources, by what AWS documents about their types."""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.system.redundancy import MODULES_BY_TYPE, reader_of, redundancy_of
from relint.model.system.redundancy.record import Redundancy
from relint.model.system.redundancy.words import FACTS
from tests.helpers.views import view_of

SUBNETS = {
    name: {"Type": "AWS::EC2::Subnet", "Properties": {"AvailabilityZone": {"Fn::Select": [index, {"Fn::GetAZs": ""}]}}}
    for index, name in enumerate(("A", "B", "C"))
}
REFS = [{"Ref": name} for name in SUBNETS]
"""Subnets of three zones."""

CASES: list[Any] = []


def case(  # a row of the table below
    name: str,
    resource_type: str,
    properties: dict[str, Any],
    units: tuple[int, int | None],
    zones: tuple[int, int | None],
    scope: str = "unit",
    **others: Any,
) -> None:
    """Add a row: the bounds of units and zones of the resource X beside `others`."""
    CASES.append(pytest.param(resource_type, properties, others, units, zones, scope, id=name))


case("an instance", "AWS::EC2::Instance", {}, (1, 1), (1, 1))
case(
    "a group runs DesiredCapacity and may grow to MaxSize",
    "AWS::AutoScaling::AutoScalingGroup",
    {"MinSize": "2", "DesiredCapacity": "3", "MaxSize": "6", "VPCZoneIdentifier": REFS[:2]},
    (3, 6),
    (2, 2),
)
case(
    "a group of weights has one large instance or several small ones",
    "AWS::AutoScaling::AutoScalingGroup",
    {"MinSize": "4", "MaxSize": "8", "DesiredCapacityType": "vcpu", "AvailabilityZones": {"Fn::GetAZs": ""}},
    (1, 8),
    (2, 6),
)
case(
    "a group in unknown zones",
    "AWS::AutoScaling::AutoScalingGroup",
    {"MinSize": "0", "MaxSize": "1"},
    (0, 1),
    (1, None),
)
case("a service without DesiredCount starts one task", "AWS::ECS::Service", {}, (1, 1), (1, None))
case(
    "a scaled service runs between its capacities",
    "AWS::ECS::Service",
    {
        "ServiceName": "shop",
        "LaunchType": "FARGATE",
        "NetworkConfiguration": {"AwsvpcConfiguration": {"Subnets": REFS}},
    },
    (2, 9),
    (3, 3),
    Target={
        "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
        "Properties": {
            "ScalableDimension": "ecs:service:DesiredCount",
            "ResourceId": "service/default/shop",
            "MinCapacity": 2,
            "MaxCapacity": 9,
        },
    },
)
case(
    "a node group",
    "AWS::EKS::Nodegroup",
    {"Subnets": REFS[:1], "ScalingConfig": {"MinSize": 1, "MaxSize": 3}},
    (1, 3),
    (1, 1),
)
case(
    "an environment of a single instance",
    "AWS::ElasticBeanstalk::Environment",
    {
        "OptionSettings": [
            {
                "Namespace": "aws:elasticbeanstalk:environment",
                "OptionName": "EnvironmentType",
                "Value": "SingleInstance",
            }
        ]
    },
    (1, 1),
    (1, None),
)
case("a database instance has no standby by default", "AWS::RDS::DBInstance", {}, (1, 1), (1, 1))
case("a Multi-AZ database instance", "AWS::RDS::DBInstance", {"MultiAZ": True}, (2, 2), (2, 2))
case(
    "a Multi-AZ DB cluster",
    "AWS::RDS::DBCluster",
    {"Engine": "mysql", "DBClusterInstanceClass": "db.m6gd.large"},
    (3, 3),
    (3, 3),
)
case("a cluster with members elsewhere", "AWS::RDS::DBCluster", {"Engine": "aurora-mysql"}, (1, None), (1, None))
case(
    "a cluster with two members, which AWS spreads",
    "AWS::Neptune::DBCluster",
    {},
    (2, 2),
    (2, 2),
    One={"Type": "AWS::Neptune::DBInstance", "Properties": {"DBClusterIdentifier": {"Ref": "X"}}},
    Two={"Type": "AWS::Neptune::DBInstance", "Properties": {"DBClusterIdentifier": {"Ref": "X"}}},
)
case(
    "a cluster with two members in one zone",
    "AWS::DocDB::DBCluster",
    {},
    (2, 2),
    (1, 1),
    One={
        "Type": "AWS::DocDB::DBInstance",
        "Properties": {"DBClusterIdentifier": {"Ref": "X"}, "AvailabilityZone": "eu-west-1a"},
    },
    Two={
        "Type": "AWS::DocDB::DBInstance",
        "Properties": {"DBClusterIdentifier": {"Ref": "X"}, "AvailabilityZone": "eu-west-1a"},
    },
)
case("an elastic cluster has two instances a shard by default", "AWS::DocDBElastic::Cluster", {}, (2, 2), (2, 2))
case("a graph has a replica by default", "AWS::NeptuneGraph::Graph", {}, (2, 2), (2, 2))
case("a warehouse of one node", "AWS::Redshift::Cluster", {"ClusterType": "single-node"}, (1, 1), (1, 1))
case(
    "a warehouse that may move to another zone",
    "AWS::Redshift::Cluster",
    {"ClusterType": "multi-node", "NumberOfNodes": 4, "AvailabilityZoneRelocation": True},
    (4, 4),
    (2, 2),
)
case("a domain of one node", "AWS::OpenSearchService::Domain", {}, (1, 1), (1, 1))
case(
    "a domain over three zones",
    "AWS::OpenSearchService::Domain",
    {
        "ClusterConfig": {
            "InstanceCount": 6,
            "ZoneAwarenessEnabled": True,
            "ZoneAwarenessConfig": {"AvailabilityZoneCount": 3},
        }
    },
    (6, 6),
    (3, 3),
)
case(
    "a collection has standby replicas by default", "AWS::OpenSearchServerless::Collection", {}, (2, 2), (2, 2), "zonal"
)
case(
    "series without a deployment type, of which AWS tells no default",
    "AWS::Timestream::InfluxDBInstance",
    {},
    (1, 2),
    (1, 2),
)
case("a replication group of one node", "AWS::ElastiCache::ReplicationGroup", {}, (1, 1), (1, 1))
case(
    "replicas that do not take over by themselves",
    "AWS::ElastiCache::ReplicationGroup",
    {"NumCacheClusters": 3},
    (1, 1),
    (1, 1),
)
case(
    "replicas that take over in another zone",
    "AWS::ElastiCache::ReplicationGroup",
    {"NumCacheClusters": 3, "AutomaticFailoverEnabled": True, "MultiAZEnabled": True},
    (3, 3),
    (2, 2),
)
case(
    "NumCacheClusters means nothing with several shards",
    "AWS::ElastiCache::ReplicationGroup",
    {"NumCacheClusters": 3, "NumNodeGroups": 2, "AutomaticFailoverEnabled": True},
    (1, 1),
    (1, 1),
)
case("a node of Redis", "AWS::ElastiCache::CacheCluster", {"Engine": "redis", "NumCacheNodes": 1}, (1, 1), (1, 1))
case(
    "nodes of Memcached in several zones",
    "AWS::ElastiCache::CacheCluster",
    {"Engine": "memcached", "NumCacheNodes": 3, "AZMode": "cross-az"},
    (3, 3),
    (2, 2),
)
case("a serverless cache", "AWS::ElastiCache::ServerlessCache", {}, (2, None), (2, None), "regional")
case("a shard of MemoryDB has one replica by default", "AWS::MemoryDB::Cluster", {}, (2, 2), (2, 2))
case(
    "a cluster of DAX in one zone",
    "AWS::DAX::Cluster",
    {"ReplicationFactor": 2, "AvailabilityZones": ["eu-west-1a", "eu-west-1a"]},
    (2, 2),
    (1, 1),
)
case("a single broker", "AWS::AmazonMQ::Broker", {"DeploymentMode": "SINGLE_INSTANCE"}, (1, 1), (1, 1))
case("a cluster of brokers", "AWS::AmazonMQ::Broker", {"DeploymentMode": "CLUSTER_MULTI_AZ"}, (2, 2), (2, 2))
case(
    "brokers of Kafka",
    "AWS::MSK::Cluster",
    {"NumberOfBrokerNodes": 6, "BrokerNodeGroupInfo": {"ClientSubnets": REFS}},
    (6, 6),
    (3, 3),
)
case("a replication instance", "AWS::DMS::ReplicationInstance", {"MultiAZ": "false"}, (1, 1), (1, 1))
case("a volume", "AWS::EC2::Volume", {"AvailabilityZone": "eu-west-1a"}, (1, 1), (1, 1), "zonal")
case("a Regional file system", "AWS::EFS::FileSystem", {}, (2, None), (2, None), "regional")
case(
    "a One Zone file system", "AWS::EFS::FileSystem", {"AvailabilityZoneName": "eu-west-1a"}, (2, None), (1, 1), "zonal"
)
case("a file server of Windows by default", "AWS::FSx::FileSystem", {"FileSystemType": "WINDOWS"}, (1, 1), (1, 1))
case(
    "a pair of file servers in one zone",
    "AWS::FSx::FileSystem",
    {"FileSystemType": "OPENZFS", "OpenZFSConfiguration": {"DeploymentType": "SINGLE_AZ_HA_2"}},
    (2, 2),
    (1, 1),
)
case("a directory bucket", "AWS::S3Express::DirectoryBucket", {}, (2, None), (1, 1), "zonal")
case(
    "a NAT gateway is redundant in its zone", "AWS::EC2::NatGateway", {"SubnetId": REFS[0]}, (2, None), (1, 1), "zonal"
)
case("a regional NAT gateway", "AWS::EC2::NatGateway", {"AvailabilityMode": "regional"}, (2, None), (2, 2), "regional")
case("an address", "AWS::EC2::EIP", {}, (1, 1), (2, None), "regional")
case("an interface", "AWS::EC2::NetworkInterface", {"SubnetId": REFS[0]}, (1, 1), (1, 1), "zonal")
case("a function outside of a VPC", "AWS::Lambda::Function", {}, (2, None), (2, None), "regional")
case(
    "a function in one subnet",
    "AWS::Lambda::Function",
    {"VpcConfig": {"SubnetIds": REFS[:1]}},
    (2, None),
    (1, 1),
    "regional",
)
case("a table", "AWS::DynamoDB::Table", {}, (2, None), (2, None), "regional")
case("a distribution", "AWS::CloudFront::Distribution", {}, (2, None), (2, None), "global")
case("a custom resource may be anything", "Custom::Server", {}, (1, None), (1, None), "regional")


def redundancy(resource_type: str, properties: dict[str, Any], others: dict[str, Any]) -> Redundancy:
    view = view_of({**SUBNETS, "X": {"Type": resource_type, "Properties": properties}, **others})
    return redundancy_of(view, view.template.resources["X"])


@pytest.mark.parametrize(("resource_type", "properties", "others", "units", "zones", "scope"), CASES)
def test_units_and_zones_of(
    resource_type: str,
    properties: dict[str, Any],
    others: dict[str, Any],
    units: tuple[int, int | None],
    zones: tuple[int, int | None],
    scope: str,
) -> None:
    result = redundancy(resource_type, properties, others)
    bounds = (result.units.lower, result.units.upper), (result.zones.lower, result.zones.upper)
    assert (*bounds, result.scope) == (units, zones, scope)


@pytest.mark.parametrize("resource_type", sorted(MODULES_BY_TYPE))
def test_type_has_a_reader_whose_facts_have_words(resource_type: str) -> None:
    assert reader_of(resource_type).__module__.endswith(MODULES_BY_TYPE[resource_type])
    result = redundancy(resource_type, {}, {})
    assert {count.fact for count in (result.units, result.zones) if count.is_one or count.may_be_one} <= FACTS.keys()


def test_unknown_standby_leaves_open_whether_there_is_one() -> None:
    view = view_of(
        {"X": {"Type": "AWS::RDS::DBInstance", "Properties": {"MultiAZ": {"Ref": "Standby"}}}},
        Parameters={"Standby": {"Type": "String"}},
    )
    single = redundancy_of(view, view.template.resources["X"]).single
    assert single is not None
    assert (single.lower, single.upper, single.path[-1], single.rule_id) == (1, 2, "MultiAZ", "RDS-701")
    assert single.may_be_one
