"""Groups of resource types that the table of relations names together."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import Literal

LOAD_BALANCERS = ("AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancing::LoadBalancer")
FUNCTIONS = ("AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version")
APIS = ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::AppSync::GraphQLApi")
HOSTS = ("AWS::EC2::Instance", "AWS::EC2::EIP", "AWS::EC2::NetworkInterface")
QUEUES = ("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Events::EventBus", "AWS::Kinesis::Stream")
FILES = ("AWS::EC2::Volume", "AWS::EFS::AccessPoint", "AWS::EFS::FileSystem", "AWS::FSx::FileSystem")
BROKERS = ("AWS::AmazonMQ::Broker", "AWS::MSK::Cluster", "AWS::MSK::ServerlessCluster")
DATABASES = (
    "AWS::Cassandra::Table",
    "AWS::DAX::Cluster",
    "AWS::DSQL::Cluster",
    "AWS::DocDB::DBCluster",
    "AWS::DocDB::DBInstance",
    "AWS::DocDBElastic::Cluster",
    "AWS::DynamoDB::GlobalTable",
    "AWS::DynamoDB::Table",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::ElastiCache::ServerlessCache",
    "AWS::Elasticsearch::Domain",
    "AWS::MemoryDB::Cluster",
    "AWS::Neptune::DBCluster",
    "AWS::Neptune::DBInstance",
    "AWS::NeptuneGraph::Graph",
    "AWS::OpenSearchServerless::Collection",
    "AWS::OpenSearchService::Domain",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::RDS::DBProxy",
    "AWS::RDS::DBProxyEndpoint",
    "AWS::Redshift::Cluster",
    "AWS::RedshiftServerless::Namespace",
    "AWS::RedshiftServerless::Workgroup",
    "AWS::Timestream::InfluxDBInstance",
    "AWS::Timestream::Table",
)
BUCKETS = (
    "AWS::S3::AccessPoint",
    "AWS::S3::Bucket",
    "AWS::S3::MultiRegionAccessPoint",
    "AWS::S3Express::DirectoryBucket",
    "AWS::S3Tables::TableBucket",
)
SECRETS = ("AWS::SecretsManager::Secret", "AWS::SecretsManager::SecretTargetAttachment", "AWS::SSM::Parameter")
"""Types of which a reference names a secret; that of an attachment is the ARN of its secret."""
STORES = (*DATABASES, *FILES, *BROKERS, *BUCKETS, "AWS::SecretsManager::Secret", "AWS::SSM::Parameter")
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
    "addressed": (
        *(*STORES, *QUEUES, *FUNCTIONS, *SERVED, *HOSTS),
        "AWS::Cognito::UserPool",
        "AWS::KinesisFirehose::DeliveryStream",
        "AWS::SageMaker::Endpoint",
        "AWS::SecretsManager::SecretTargetAttachment",  # a reference to it is the ARN of the secret
        "AWS::ServiceDiscovery::Service",
        "AWS::StepFunctions::StateMachine",
        "AWS::StepFunctions::StateMachineAlias",
        "AWS::VpcLattice::Service",
    ),
    "apis": APIS,
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
    "load balancers": LOAD_BALANCERS,
    "secrets": SECRETS,
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

COMPUTE = (
    "AWS::AppRunner::Service",
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::Batch::ComputeEnvironment",
    "AWS::EC2::Instance",
    "AWS::ECS::Service",
    "AWS::EKS::Cluster",
    "AWS::EKS::Nodegroup",
    "AWS::ElasticBeanstalk::Environment",
    "AWS::Lambda::Function",
    "AWS::SageMaker::Endpoint",
    "AWS::StepFunctions::StateMachine",
)
"""Types that run the code of an application."""

CONNECTORS = frozenset(
    {
        "AWS::ApiGateway::Authorizer",
        "AWS::ApiGateway::BasePathMapping",
        "AWS::ApiGateway::Method",
        "AWS::ApiGateway::VpcLink",
        "AWS::ApiGatewayV2::ApiMapping",
        "AWS::ApiGatewayV2::Authorizer",
        "AWS::ApiGatewayV2::Integration",
        "AWS::ApiGatewayV2::Route",
        "AWS::ApiGatewayV2::VpcLink",
        "AWS::AppSync::DataSource",
        "AWS::AppSync::FunctionConfiguration",
        "AWS::AppSync::Resolver",
        "AWS::AutoScaling::LaunchConfiguration",
        "AWS::Backup::BackupSelection",
        "AWS::EC2::EIPAssociation",
        "AWS::EC2::LaunchTemplate",
        "AWS::EC2::Route",
        "AWS::EC2::SubnetRouteTableAssociation",
        "AWS::EC2::VolumeAttachment",
        "AWS::ECS::CapacityProvider",
        "AWS::ECS::ClusterCapacityProviderAssociations",
        "AWS::ECS::TaskDefinition",
        "AWS::EFS::AccessPoint",
        "AWS::EFS::MountTarget",
        "AWS::ElasticLoadBalancingV2::Listener",
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "AWS::Events::Rule",
        "AWS::GlobalAccelerator::EndpointGroup",
        "AWS::GlobalAccelerator::Listener",
        "AWS::Lambda::Alias",
        "AWS::Lambda::EventInvokeConfig",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::Permission",
        "AWS::Lambda::Version",
        "AWS::RDS::DBProxyTargetGroup",
        "AWS::SNS::Subscription",
        "AWS::SecretsManager::SecretTargetAttachment",
        "AWS::VpcLattice::Listener",
        "AWS::VpcLattice::Rule",
        "AWS::VpcLattice::ServiceNetworkServiceAssociation",
        "AWS::VpcLattice::TargetGroup",
    }
)
"""Types that only lead from one resource to another; a drawing without details leaves them out."""

DURABLE = frozenset(
    {
        "AWS::Cassandra::Table",
        "AWS::Cognito::UserPool",
        "AWS::DSQL::Cluster",
        "AWS::DocDB::DBCluster",
        "AWS::DocDBElastic::Cluster",
        "AWS::DynamoDB::GlobalTable",
        "AWS::DynamoDB::Table",
        "AWS::EC2::Volume",
        "AWS::EFS::FileSystem",
        "AWS::Elasticsearch::Domain",
        "AWS::FSx::FileSystem",
        "AWS::FSx::Volume",
        "AWS::MemoryDB::Cluster",
        "AWS::Neptune::DBCluster",
        "AWS::NeptuneGraph::Graph",
        "AWS::OpenSearchServerless::Collection",
        "AWS::OpenSearchService::Domain",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::Redshift::Cluster",
        "AWS::RedshiftServerless::Namespace",
        "AWS::S3::Bucket",
        "AWS::S3Express::DirectoryBucket",
        "AWS::S3Tables::TableBucket",
        "AWS::Timestream::InfluxDBInstance",
        "AWS::Timestream::Table",
    }
)
"""Types that hold data of record."""

EPHEMERAL = frozenset(
    {
        "AWS::AmazonMQ::Broker",
        "AWS::DAX::Cluster",
        "AWS::EC2::Instance",
        "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::ElastiCache::ServerlessCache",
        "AWS::Kinesis::Stream",
        "AWS::MSK::Cluster",
        "AWS::MSK::ServerlessCluster",
        "AWS::SQS::Queue",
    }
)
"""Types that hold data in transit, or data that can be made again."""


def state_of(resource_type: str) -> Literal["none", "ephemeral", "durable"]:
    """Return the kind of data that resources of a type hold."""
    if resource_type in DURABLE:
        return "durable"
    return "ephemeral" if resource_type in EPHEMERAL else "none"
