"""Units and Availability Zones of a resource: how much of it may fail before it stops."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING
from relint.model.system.redundancy.record import Redundancy

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_MODULES: Mapping[str, tuple[str, ...]] = {
    "brokers": ("AWS::AmazonMQ::Broker", "AWS::DMS::ReplicationInstance", "AWS::MSK::Cluster"),
    "caches": (
        "AWS::DAX::Cluster",
        "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::ElastiCache::ServerlessCache",
        "AWS::MemoryDB::Cluster",
    ),
    "clusters": ("AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster", "AWS::RDS::DBCluster"),
    "databases": (
        "AWS::DocDB::DBInstance",
        "AWS::DocDBElastic::Cluster",
        "AWS::Elasticsearch::Domain",
        "AWS::Neptune::DBInstance",
        "AWS::NeptuneGraph::Graph",
        "AWS::OpenSearchServerless::Collection",
        "AWS::OpenSearchService::Domain",
        "AWS::RDS::DBInstance",
        "AWS::Redshift::Cluster",
        "AWS::Timestream::InfluxDBInstance",
    ),
    "files": (
        "AWS::EC2::Volume",
        "AWS::EFS::FileSystem",
        "AWS::FSx::FileSystem",
        "AWS::S3Express::DirectoryBucket",
    ),
    "groups": ("AWS::AutoScaling::AutoScalingGroup", "AWS::EKS::Nodegroup", "AWS::ElasticBeanstalk::Environment"),
    "instances": ("AWS::EC2::EIP", "AWS::EC2::Instance", "AWS::EC2::NetworkInterface"),
    "managed": (),
    "network": (
        "AWS::EC2::NatGateway",
        "AWS::ElasticLoadBalancing::LoadBalancer",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::Lambda::Function",
        "AWS::RDS::DBProxy",
    ),
    "tasks": ("AWS::ECS::Service",),
}
"""The types whose units or zones a template decides, by the module that reads them; AWS runs all others redundantly."""

MODULES_BY_TYPE: Mapping[str, str] = {
    resource_type: module for module, resource_types in _MODULES.items() for resource_type in resource_types
}


def redundancy_of(view: View, resource: Resource) -> Redundancy:
    """Return the units and zones of a resource in a scenario; computed once for each view."""
    return view.remembered("redundancy", resource, _read_redundancy)


def _read_redundancy(view: View, resource: Resource) -> Redundancy:
    return reader_of(resource.type)(view, resource)


def reader_of(resource_type: str) -> Callable[[View, Resource], Redundancy]:
    """Return the function that reads the redundancy of a type; its module is imported on first use."""
    module = f"{__name__}.{MODULES_BY_TYPE.get(resource_type, 'managed')}"
    __import__(module)
    readers: Mapping[str, Callable[[View, Resource], Redundancy]] = sys.modules[module].READERS
    return readers.get(resource_type) or readers["AWS" if resource_type.startswith("AWS::") else "Custom"]
