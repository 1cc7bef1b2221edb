"""Groups of resource types that the table of relations names together."""

from __future__ import annotations

from collections.abc import Mapping

LOAD_BALANCERS = ("AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancing::LoadBalancer")
FUNCTIONS = ("AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version")
APIS = ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::AppSync::GraphQLApi")
HOSTS = ("AWS::EC2::Instance", "AWS::EC2::EIP", "AWS::EC2::NetworkInterface")
QUEUES = ("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Events::EventBus", "AWS::Kinesis::Stream")
FILES = ("AWS::EC2::Volume", "AWS::EFS::AccessPoint", "AWS::EFS::FileSystem", "AWS::FSx::FileSystem")
BROKERS = ("AWS::AmazonMQ::Broker", "AWS::MSK::Cluster", "AWS::MSK::ServerlessCluster")
DATABASES = (
    "AWS::DAX::Cluster",
    "AWS::DocDB::DBCluster",
    "AWS::DocDB::DBInstance",
    "AWS::DynamoDB::GlobalTable",
    "AWS::DynamoDB::Table",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::ElastiCache::ServerlessCache",
    "AWS::Elasticsearch::Domain",
    "AWS::MemoryDB::Cluster",
    "AWS::Neptune::DBCluster",
    "AWS::Neptune::DBInstance",
    "AWS::OpenSearchService::Domain",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::RDS::DBProxy",
    "AWS::RDS::DBProxyEndpoint",
    "AWS::Redshift::Cluster",
    "AWS::Timestream::InfluxDBInstance",
)
STORES = (*DATABASES, *FILES, *BROKERS, "AWS::S3::Bucket", "AWS::SecretsManager::Secret", "AWS::SSM::Parameter")
SERVED = (
    *LOAD_BALANCERS,
    *APIS,
    "AWS::ApiGateway::DomainName",
    "AWS::ApiGatewayV2::DomainName",
    "AWS::CloudFront::Distribution",
    "AWS::GlobalAccelerator::Accelerator",
    "AWS::Lambda::Url",
)
"""Types with an address to which clients send requests."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "addressed": (*STORES, *QUEUES, *FUNCTIONS, *SERVED, *HOSTS, "AWS::StepFunctions::StateMachine"),
    "event sources": (
        "AWS::SQS::Queue",
        "AWS::Kinesis::Stream",
        "AWS::Kinesis::StreamConsumer",
        "AWS::DynamoDB::Table",
        "AWS::DynamoDB::GlobalTable",
        "AWS::DocDB::DBCluster",
        *BROKERS,
    ),
    "files": FILES,
    "functions": FUNCTIONS,
    "hosts": HOSTS,
    "served": SERVED,
    "stores": STORES,
    "subnet groups": (
        "AWS::DAX::SubnetGroup",
        "AWS::DMS::ReplicationSubnetGroup",
        "AWS::DocDB::DBSubnetGroup",
        "AWS::ElastiCache::SubnetGroup",
        "AWS::MemoryDB::SubnetGroup",
        "AWS::Neptune::DBSubnetGroup",
        "AWS::RDS::DBSubnetGroup",
        "AWS::Redshift::ClusterSubnetGroup",
    ),
}
"""The groups by the name that stands for them, in braces, in the table of relations."""
