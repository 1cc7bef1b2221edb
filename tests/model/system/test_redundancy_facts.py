"""Facts that decide how many units and zones a resource has, with the rules about them and the reasons of unknowns."""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.system.redundancy import redundancy_of
from relint.model.system.redundancy.record import Redundancy
from relint.model.system.redundancy.words import describe_single
from tests.helpers.views import view_of

SUBNET = {"Type": "AWS::EC2::Subnet", "Properties": {"AvailabilityZone": "eu-west-1a"}}


def redundancy(resource_type: str, properties: dict[str, Any]) -> Redundancy:
    view = view_of({"A": SUBNET, "X": {"Type": resource_type, "Properties": properties}})
    return redundancy_of(view, view.template.resources["X"])


@pytest.mark.parametrize(
    ("resource_type", "properties", "property_name", "rule_id", "words"),
    [
        ("AWS::EC2::Instance", {}, "X", "", "is one instance"),
        ("AWS::AutoScaling::AutoScalingGroup", {"MinSize": 1, "MaxSize": 1}, "MaxSize", "", "has a MaxSize of 1"),
        (
            "AWS::AutoScaling::AutoScalingGroup",
            {"MinSize": 1, "MaxSize": 1, "LoadBalancerNames": ["web"]},
            *("MaxSize", "ASG-702", "has a MaxSize of 1"),
        ),
        (
            "AWS::AutoScaling::AutoScalingGroup",
            {"MinSize": 2, "MaxSize": 4, "VPCZoneIdentifier": [{"Ref": "A"}]},
            *("VPCZoneIdentifier", "ASG-701", "lies in one Availability Zone"),
        ),
        ("AWS::ECS::Service", {"DesiredCount": 1}, "DesiredCount", "ECS-701", "runs one task"),
        ("AWS::RDS::DBInstance", {}, "MultiAZ", "RDS-701", "has no standby"),
        ("AWS::RDS::DBInstance", {"DBClusterIdentifier": "shop"}, "X", "RDS-702", "is one instance"),
        ("AWS::Neptune::DBInstance", {"DBClusterIdentifier": "shop"}, "X", "DOC-701", "is one instance"),
        ("AWS::DocDBElastic::Cluster", {"ShardInstanceCount": 1}, "ShardInstanceCount", "DOC-701", "has no replica"),
        ("AWS::NeptuneGraph::Graph", {"ReplicaCount": 0}, "ReplicaCount", "DOC-701", "has no replica"),
        ("AWS::Redshift::Cluster", {"NumberOfNodes": 2}, "MultiAZ", "RS-701", "lies in one Availability Zone"),
        (
            "AWS::Elasticsearch::Domain",
            {"ElasticsearchClusterConfig": {"InstanceCount": 2}},
            *("ZoneAwarenessEnabled", "OS-701", "lies in one Availability Zone"),
        ),
        (
            "AWS::OpenSearchServerless::Collection",
            {"StandbyReplicas": "DISABLED"},
            "StandbyReplicas",
            "SIM-702",
            "has no standby",
        ),
        (
            "AWS::Timestream::InfluxDBInstance",
            {"DeploymentType": "SINGLE_AZ"},
            "DeploymentType",
            "DMS-701",
            "has no standby",
        ),
        ("AWS::ElastiCache::ReplicationGroup", {}, "NumCacheClusters", "CACHE-701", "has no replica"),
        (
            "AWS::ElastiCache::ReplicationGroup",
            {"ReplicasPerNodeGroup": 2},
            *("AutomaticFailoverEnabled", "CACHE-701", "does not fail over by itself"),
        ),
        ("AWS::ElastiCache::CacheCluster", {"Engine": "valkey"}, "X", "CACHE-703", "is one node"),
        (
            "AWS::ElastiCache::CacheCluster",
            {"Engine": "memcached", "NumCacheNodes": 2, "PreferredAvailabilityZones": ["eu-west-1a", "eu-west-1a"]},
            *("PreferredAvailabilityZones", "CACHE-703", "lies in one Availability Zone"),
        ),
        ("AWS::MemoryDB::Cluster", {"NumReplicasPerShard": 0}, "NumReplicasPerShard", "MDB-701", "has no replica"),
        ("AWS::DAX::Cluster", {"ReplicationFactor": 1}, "ReplicationFactor", "DAX-701", "is one node"),
        ("AWS::AmazonMQ::Broker", {}, "DeploymentMode", "MQ-701", "is one broker"),
        ("AWS::DMS::ReplicationInstance", {}, "MultiAZ", "DMS-701", "has no standby"),
        ("AWS::EC2::Volume", {}, "AvailabilityZone", "SIM-702", "is one volume"),
        (
            "AWS::EFS::FileSystem",
            {"AvailabilityZoneName": "eu-west-1a"},
            "AvailabilityZoneName",
            "EFS-701",
            "lies in one Availability Zone",
        ),
        ("AWS::FSx::FileSystem", {"FileSystemType": "WINDOWS"}, "DeploymentType", "FSX-701", "is one file server"),
        ("AWS::S3Express::DirectoryBucket", {}, "LocationName", "S3-605", "lies in one Availability Zone"),
        ("AWS::EC2::NatGateway", {}, "AvailabilityMode", "NET-207", "is one NAT gateway"),
        ("AWS::EC2::EIP", {}, "X", "", "is the address of one machine"),
        (
            "AWS::Lambda::Function",
            {"VpcConfig": {"SubnetIds": [{"Ref": "A"}]}},
            "SubnetIds",
            "LAM-701",
            "lies in one Availability Zone",
        ),
    ],
)
def test_property_and_rule_say_why_there_is_one(
    resource_type: str, properties: dict[str, Any], property_name: str, rule_id: str, words: str
) -> None:
    single = redundancy(resource_type, properties).single
    assert single is not None
    assert single.is_one
    assert (single.path[-1], single.rule_id, describe_single(single)) == (property_name, rule_id, words)


@pytest.mark.parametrize(
    ("resource_type", "state", "spread"),
    [
        ("AWS::EC2::Instance", "ephemeral", "proven"),
        ("AWS::AutoScaling::AutoScalingGroup", "none", "expected"),
        ("AWS::RDS::DBInstance", "durable", "proven"),
        ("AWS::ElastiCache::ReplicationGroup", "ephemeral", "expected"),
        ("AWS::ElastiCache::CacheCluster", "ephemeral", "unknown"),
        ("AWS::MemoryDB::Cluster", "durable", "expected"),
        ("AWS::EC2::Volume", "durable", "proven"),
        ("AWS::DynamoDB::Table", "durable", "proven"),
        ("AWS::SQS::Queue", "ephemeral", "proven"),
        ("AWS::IAM::Role", "none", "proven"),
        ("AWS::EKS::Nodegroup", "none", "expected"),
        ("Custom::Server", "none", "unknown"),
    ],
)
def test_data_and_spread_of(resource_type: str, state: str, spread: str) -> None:
    result = redundancy(resource_type, {})
    assert (result.state, result.spread) == (state, spread)


@pytest.mark.parametrize(
    ("resource_type", "properties", "reason"),
    [
        ("Custom::Server", {}, "a custom resource makes it"),
        ("AWS::ECS::Service", {"SchedulingStrategy": "DAEMON"}, "a daemon has a task on each instance"),
        ("AWS::EKS::Nodegroup", {}, "the service chooses its size"),
        ("AWS::RDS::DBCluster", {}, "its instances are not in this template"),
        ("AWS::Timestream::InfluxDBInstance", {}, "AWS does not say what it gets without DeploymentType"),
        (
            "AWS::ElastiCache::ReplicationGroup",
            {"GlobalReplicationGroupId": "shop"},
            "its global datastore decides about its nodes",
        ),
        ("AWS::ElasticBeanstalk::Environment", {}, "the source bundle may say how many it keeps"),
    ],
)
def test_unknown_number_of_units_has_a_reason(resource_type: str, properties: dict[str, Any], reason: str) -> None:
    unknown = redundancy(resource_type, properties).units.unknown
    assert unknown is not None
    assert unknown.reason == reason


def test_unknown_zones_have_a_reason() -> None:
    unknown = redundancy("AWS::AutoScaling::AutoScalingGroup", {"MinSize": 2, "MaxSize": 2}).zones.unknown
    assert unknown is not None
    assert unknown.reason == "its zones are not in this template"
