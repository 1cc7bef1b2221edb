"""The blocks of fixes, pasted into the failing examples of their rules."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor

import pytest

from relint.api import load_rules
from tests.helpers.fix_trials import try_fix

pytestmark = pytest.mark.slow

NOT_MENDED: Mapping[str, tuple[str, frozenset[str]]] = {
    "SIM-801": (
        "another architecture keeps the target, or the author states another target",
        frozenset({"AWS::ResilienceHub::ResiliencyPolicy", "AWS::ResilienceHubV2::Policy"}),
    ),
    "KMS-801": (
        "the key of a replica or of a copy rule stands in a list that only the author can write",
        frozenset({"AWS::DLM::LifecyclePolicy", "AWS::DynamoDB::GlobalTable", "AWS::SecretsManager::Secret"}),
    ),
    "DB-801": (
        "the second cluster belongs into a stack of another Region",
        frozenset({"AWS::DocDB::GlobalCluster", "AWS::Neptune::GlobalCluster", "AWS::RDS::GlobalCluster"}),
    ),
    "RDS-801": (
        "global clusters and copies in another Region are the author's",
        frozenset({"AWS::DocDB::DBCluster", "AWS::DynamoDB::Table", "AWS::Neptune::DBCluster", "AWS::RDS::DBCluster"}),
    ),
    "NET-206": (
        "the new subnet also needs the route table of its tier, and has to be named by what lies in the tier",
        frozenset({"AWS::EC2::Subnet"}),
    ),
    "NET-209": (
        "the load balancer is there at once, and the machines have to be named as its targets",
        frozenset({"AWS::AutoScaling::AutoScalingGroup", "AWS::EC2::Instance"}),
    ),
    "NET-212": (
        "a second location is ordered, and its virtual interface has the numbers of the author's network",
        frozenset({"AWS::DirectConnect::PrivateVirtualInterface"}),
    ),
    "NET-218": ("peerings have to leave the template", frozenset({"AWS::EC2::VPCPeeringConnection"})),
    "NET-219": ("which table and which gateway a subnet uses, only the author knows", frozenset({"AWS::ECS::Service"})),
    "NET-226": (
        "the tables, addresses and connections of both sides have the names of the author",
        frozenset(
            {
                "AWS::EC2::TransitGatewayAttachment",
                "AWS::EC2::TransitGatewayVpcAttachment",
                "AWS::EC2::VPCPeeringConnection",
                "AWS::EC2::VPNGateway",
            }
        ),
    ),
    "R53-806": (
        "which children of a check must count, and which of a circle has to go, only the author knows",
        frozenset({"AWS::Route53::HealthCheck"}),
    ),
    "TOPO-801": (
        "only the author knows what survives the primary, and what a health check has to ask",
        frozenset({"AWS::GlobalAccelerator::EndpointGroup", "AWS::Route53::RecordSet"}),
    ),
    "EC2-705": (
        "only the author knows which instance a volume belongs to, and what a group shares",
        frozenset({"AWS::EC2::Instance", "AWS::EC2::Volume"}),
    ),
    "API-701": (
        "an integration inside of a definition is a part of its text",
        frozenset({"AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"}),
    ),
    "ASG-506": (
        "nobody but the author can write the start script that sends the signal",
        frozenset({"AWS::EC2::Instance"}),
    ),
    "ASG-507": (
        "the launch configuration goes, and no template without it can be reported",
        frozenset({"AWS::AutoScaling::LaunchConfiguration"}),
    ),
    "CACHE-702": (
        "a list of zones and the subnets of a serverless cache are the author's",
        frozenset({"AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::ServerlessCache"}),
    ),
    "CFN-801": (
        "the blocks show three of many properties; the text that contains the Region differs",
        frozenset(
            {
                "AWS::AutoScaling::AutoScalingGroup",
                "AWS::CloudWatch::Alarm",
                "AWS::EC2::Instance",
                "AWS::EC2::Subnet",
                "AWS::EC2::VPCEndpoint",
                "AWS::ECS::TaskDefinition",
                "AWS::Lambda::EventSourceMapping",
                "AWS::SNS::Subscription",
                "AWS::Scheduler::Schedule",
            }
        ),
    ),
    "CFN-804": (
        "their names are required, and only the author can choose others",
        frozenset(
            {
                "AWS::AmazonMQ::Broker",
                "AWS::DocDBElastic::Cluster",
                "AWS::ElastiCache::ServerlessCache",
                "AWS::MSK::Cluster",
                "AWS::MSK::ServerlessCluster",
                "AWS::MemoryDB::Cluster",
                "AWS::OpenSearchServerless::Collection",
            }
        ),
    ),
    "CW-406": ("metrics and dimensions differ by service", frozenset({"AWS::CloudWatch::Alarm"})),
    "CW-411": (
        "the missing dimension belongs to another service than that of the block",
        frozenset({"AWS::CloudWatch::Alarm"}),
    ),
    "CW-405": (
        "the statements of an inline policy have to be changed, beside which a new policy must not stand",
        frozenset({"AWS::SNS::TopicInlinePolicy"}),
    ),
    "DB-401": (
        "the text names the metrics of services for which there is no block",
        frozenset({"AWS::DocDB::DBCluster", "AWS::MemoryDB::Cluster", "AWS::Neptune::DBCluster"}),
    ),
    "DR-805": (
        "the text names the metrics of file systems and buckets, whose alarms need the other side",
        frozenset({"AWS::EFS::FileSystem", "AWS::S3::Bucket"}),
    ),
    "EC2-701": ("the instance has to leave the template, and its data with it", frozenset({"AWS::EC2::Instance"})),
    "ECS-702": (
        "the subnets of the Auto Scaling group behind the service have to be changed, not the service",
        frozenset({"AWS::ECS::Service"}),
    ),
    "EFS-702": ("which zone lacks a mount target is known from the client alone", frozenset({"AWS::EFS::FileSystem"})),
    "ELB-701": (
        "which zone lacks a subnet is known from the targets alone",
        frozenset({"AWS::ElasticLoadBalancingV2::LoadBalancer"}),
    ),
    "FSX-701": ("the association that exports files needs a bucket and a path", frozenset({"AWS::FSx::FileSystem"})),
    "LAM-709": (
        "where else the function writes, and under which prefix, only its author can decide",
        frozenset({"AWS::Lambda::Function"}),
    ),
    "LOG-101": (
        "the other filters have to be taken away, which pasting does not",
        frozenset({"AWS::Logs::SubscriptionFilter"}),
    ),
    "R53-802": (
        "the other half is in another template or chosen by a parameter",
        frozenset({"AWS::Route53::RecordSet"}),
    ),
    "RDS-503": (
        "the number is a version of PostgreSQL; a global cluster has another engine",
        frozenset({"AWS::RDS::GlobalCluster"}),
    ),
    "RDS-802": (
        "the block is for RDS; each service names the other Region in its own place",
        frozenset(
            {
                "AWS::Backup::BackupPlan",
                "AWS::DLM::LifecyclePolicy",
                "AWS::DynamoDB::GlobalTable",
                "AWS::ECR::ReplicationConfiguration",
                "AWS::EFS::FileSystem",
                "AWS::Redshift::Cluster",
                "AWS::SecretsManager::Secret",
            }
        ),
    ),
    "S3-604": ("the logs have to go to another bucket", frozenset({"AWS::S3::Bucket"})),
    "S3-605": (
        "a directory bucket is another type of resource than a bucket",
        frozenset({"AWS::S3Express::DirectoryBucket"}),
    ),
    "SIM-701": ("which instances to move, and where, depends on the network", frozenset({"AWS::EC2::Instance"})),
    "SIM-702": ("no property of a volume lets it leave its zone", frozenset({"AWS::EC2::Volume"})),
    "SM-701": (
        "the subnets are those of the model, not of the endpoint configuration",
        frozenset({"AWS::SageMaker::EndpointConfig"}),
    ),
    "TOPO-701": (
        "their second unit is another resource or is chosen on creation",
        frozenset(
            {
                "AWS::EC2::Instance",
                "AWS::ElastiCache::CacheCluster",
                "AWS::FSx::FileSystem",
                "AWS::Redshift::Cluster",
                "AWS::Timestream::InfluxDBInstance",
            }
        ),
    ),
    "TOPO-702": (
        "which subnets share a zone, and which to take, depends on the network",
        frozenset(
            {
                "AWS::DocDB::DBCluster",
                "AWS::EC2::TransitGatewayVpcAttachment",
                "AWS::ElasticLoadBalancingV2::LoadBalancer",
                "AWS::Lambda::Function",
                "AWS::Neptune::DBCluster",
                "AWS::RDS::DBCluster",
                "AWS::RDS::DBSubnetGroup",
            }
        ),
    ),
    "WIRE-701": (
        "the blocks show three of many pairs of a service and a target; statements of a role or a second policy differ",
        frozenset(
            {
                "AWS::ApiGateway::Authorizer",
                "AWS::ApiGateway::Method",
                "AWS::ApiGatewayV2::Api",
                "AWS::ApiGatewayV2::Authorizer",
                "AWS::ApiGatewayV2::Integration",
                "AWS::Backup::BackupVault",
                "AWS::Budgets::Budget",
                "AWS::CE::AnomalySubscription",
                "AWS::CloudWatch::Alarm",
                "AWS::CloudWatch::CompositeAlarm",
                "AWS::CodeStarNotifications::NotificationRule",
                "AWS::Cognito::UserPool",
                "AWS::Config::ConfigRule",
                "AWS::ElasticLoadBalancingV2::TargetGroup",
                "AWS::Events::Rule",
                "AWS::IoT::TopicRule",
                "AWS::Logs::SubscriptionFilter",
                "AWS::Pipes::Pipe",
                "AWS::S3::Bucket",
                "AWS::SES::ReceiptRule",
                "AWS::SNS::Subscription",
                "AWS::SNS::Topic",
                "AWS::Scheduler::Schedule",
                "AWS::SecretsManager::RotationSchedule",
            }
        ),
    ),
    "TOPO-703": (
        "a call has to become a message, in the program",
        frozenset({"AWS::ECS::TaskDefinition", "AWS::Lambda::Function"}),
    ),
}
"""Rules whose fix mends no example of some defect of these resource types, and why that cannot be shown by pasting."""
IDLE_BLOCKS: Mapping[str, tuple[str, frozenset[int]]] = {
    "ASG-402": ("the pattern of an EventBridge rule, which may be in any stack", frozenset({1})),
    "CDP-502": ("for functions of SAM, whose deployment group is not in the template", frozenset({1})),
    "CDP-503": ("for functions of SAM, whose deployment group is not in the template", frozenset({3})),
    "CFN-801": ("one block for three properties of three types, an illustration", frozenset({0})),
    "EC2-701": ("the group is there at once, and the instance has to leave the template", frozenset({0})),
    "NET-209": ("the machines have to be named as targets as well", frozenset({0})),
    "NET-218": ("the hub is there at once, and the peerings have to leave the template", frozenset({0})),
    "NET-226": ("the table and the connection have the names of the author", frozenset({0})),
    "LAM-302": ("where the function is invoked differs; the examples do not use an integration", frozenset({0})),
    "LAM-709": ("the prefix has to stand in the policy as well; Allow says that the loop is meant", frozenset({0, 1})),
    "LOG-101": ("the other filters have to be taken away, which pasting does not", frozenset({0})),
    "RDS-705": ("the address in the function has to change, too", frozenset({0})),
    "SIM-801": ("which objective can be kept, only the author knows", frozenset({0})),
    "TOPO-101": ("the addresses in the clients have to change, too", frozenset({0})),
    "TOPO-703": ("a call has to become a message, in the program", frozenset({0})),
}
"""Rules some blocks of which, counted from 0, mend no example when they are pasted, and why."""


def test_pasted_fix_mends_each_defect_and_is_valid() -> None:
    rule_ids = [rule.id for rule in load_rules() if rule.scope != "suppression"]
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        trials = list(pool.map(try_fix, rule_ids))
    not_mended = {trial.rule_id: trial.not_mended for trial in trials if trial.not_mended}
    types = {rule_id: {defect[1] for defect in problems} for rule_id, problems in not_mended.items()}
    assert types == {rule_id: types for rule_id, (_, types) in NOT_MENDED.items()}, not_mended
    idle = {trial.rule_id: set(trial.idle_blocks) for trial in trials if trial.idle_blocks}
    assert idle == {rule_id: blocks for rule_id, (_, blocks) in IDLE_BLOCKS.items()}
