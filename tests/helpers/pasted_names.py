"""The resources that names in fixes stand for: those of the template, or new ones that the fix supposes."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

_TOPIC, _QUEUE, _ALARM, _ROLE = "AWS::SNS::Topic", "AWS::SQS::Queue", "AWS::CloudWatch::Alarm", "AWS::IAM::Role"
_SUBNET, _FUNCTION, _VERSION = "AWS::EC2::Subnet", "AWS::Lambda::Function", "AWS::Lambda::Version"
_LOAD_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
_HEALTH_CHECK, _SECURITY_GROUP = "AWS::Route53::HealthCheck", "AWS::EC2::SecurityGroup"

TYPES_OF_NAMES: Mapping[str, tuple[str, ...]] = {
    "Acl": ("AWS::EC2::NetworkAcl",),
    "Alerts": (_TOPIC,),
    "Application": ("AWS::CodeDeploy::Application",),
    "Attachment": ("AWS::EC2::VPCGatewayAttachment",),
    "Balancer": (_LOAD_BALANCER,),
    "BrokerStorage": ("AWS::ApplicationAutoScaling::ScalableTarget",),
    "Cache": ("AWS::ElastiCache::ReplicationGroup",),
    "Carts": ("AWS::DynamoDB::GlobalTable",),
    "Classic": ("AWS::ElasticLoadBalancing::LoadBalancer",),
    "Cluster": (
        *("AWS::RDS::DBCluster", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster", "AWS::ECS::Cluster"),
        "AWS::MSK::Cluster",
    ),
    "Database": ("AWS::RDS::DBInstance",),
    "Deployment": ("AWS::CodeDeploy::DeploymentGroup",),
    "Errors": (_ALARM,),
    "Files": ("AWS::EFS::FileSystem",),
    "Frankfurt": ("AWS::Route53RecoveryControl::RoutingControl",),
    "Group": ("AWS::AutoScaling::AutoScalingGroup",),
    "HealthCheck": (_HEALTH_CHECK,),
    "Instance": ("AWS::EC2::Instance",),
    "IntegrationTests": ("AWS::CodeBuild::Project",),
    "Ireland": ("AWS::Route53RecoveryControl::RoutingControl",),
    "Line": ("AWS::DirectConnect::Connection",),
    "Live": ("AWS::Lambda::Alias",),
    "LogGroup": ("AWS::Logs::LogGroup",),
    "Logs": ("AWS::Logs::LogGroup", "AWS::S3::Bucket"),
    "Network": ("AWS::EC2::VPC",),
    "Office": ("AWS::EC2::VPNConnection",),
    "OperationsTopic": (_TOPIC,),
    "Orders": ("AWS::Kinesis::Stream", _FUNCTION, "AWS::Serverless::Function", _TOPIC, _QUEUE),
    "Panel": ("AWS::Route53RecoveryControl::ControlPanel",),
    "Repository": ("AWS::ECR::Repository",),
    "Reads": ("AWS::ApplicationAutoScaling::ScalableTarget",),
    "Replica": ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"),
    "ScaleOut": ("AWS::AutoScaling::ScalingPolicy", "AWS::ApplicationAutoScaling::ScalingPolicy"),
    "Scaling": ("AWS::ApplicationAutoScaling::ScalableTarget",),
    "Search": ("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"),
    "Secondary": ("AWS::RDS::DBCluster",),
    "Service": ("AWS::ECS::Service",),
    "Settlement": ("AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine"),
    "Stream": ("AWS::Kinesis::Stream", "AWS::KinesisFirehose::DeliveryStream"),
    "Template": ("AWS::EC2::LaunchTemplate",),
    "Table": ("AWS::DynamoDB::Table",),
    "Target": ("AWS::ApplicationAutoScaling::ScalableTarget",),
    "Targets": ("AWS::ElasticLoadBalancingV2::TargetGroup",),
    "Version": (_VERSION,),
    "Vpc": ("AWS::EC2::VPC",),
    "Warehouse": ("AWS::Redshift::Cluster",),
    "WebA": ("AWS::EC2::Instance",),
    "WebB": ("AWS::EC2::Instance",),
    "Worker": (_FUNCTION, "AWS::Serverless::Function"),
    "Zone": ("AWS::Route53::HostedZone",),
}
"""The types of resources that a name stands for. A name that is missing here stands for a resource of its own."""


def _subnet(zone: int, block: str) -> dict[str, Any]:
    zones = {"Fn::Select": [zone, {"Fn::GetAZs": ""}]}
    properties = {"VpcId": "vpc-0123456789abcdef0", "CidrBlock": block, "AvailabilityZone": zones}
    return {"Type": _SUBNET, "Properties": properties}


def _role(service: str, **properties: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}, "Action": "sts:AssumeRole"}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    return {"Type": _ROLE, "Properties": {"AssumeRolePolicyDocument": policy, **properties}}


def _policies(action: str, resource: str) -> list[dict[str, Any]]:
    statement = {"Effect": "Allow", "Action": action, "Resource": {"Fn::GetAtt": [resource, "Arn"]}}
    return [{"PolicyName": "own", "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}]


_FIRST_SUBNET, _SECOND_SUBNET = _subnet(0, "10.200.1.0/24"), _subnet(1, "10.200.2.0/24")
_KEPT_MESSAGES = {"Type": _QUEUE, "Properties": {"MessageRetentionPeriod": 1209600}}
_HEALTH = {
    "Type": _HEALTH_CHECK,
    "Properties": {"HealthCheckConfig": {"Type": "HTTPS", "FullyQualifiedDomainName": "shop.example.com"}},
}
_INSTANCE = {
    "Type": "AWS::EC2::Instance",
    "Properties": {"ImageId": "ami-0123456789abcdef0", "InstanceType": "m7g.large"},
}
_ERRORS = {
    "Type": _ALARM,
    "Properties": {
        "Namespace": "AWS/ApplicationELB",
        "MetricName": "HTTPCode_Target_5XX_Count",
        "Statistic": "Sum",
        "Period": 60,
        "EvaluationPeriods": 3,
        "Threshold": 5,
        "ComparisonOperator": "GreaterThanThreshold",
        "Dimensions": [{"Name": "LoadBalancer", "Value": "app/shop/0123456789abcdef"}],
    },
}
_BALANCER = {
    "Type": _LOAD_BALANCER,
    "Properties": {"Type": "network", "Subnets": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]},
}

NEW_RESOURCES: Mapping[str, Mapping[str, Any]] = {
    "Alerts": {"Type": _TOPIC},
    "Application": {"Type": "AWS::CodeDeploy::Application", "Properties": {"ComputePlatform": "Lambda"}},
    "AppSubnetA": _FIRST_SUBNET,
    "AppSubnetB": _SECOND_SUBNET,
    "Balancer": _BALANCER,
    "Cluster": {"Type": "AWS::ECS::Cluster"},
    "DataA": _FIRST_SUBNET,
    "DataB": _SECOND_SUBNET,
    "DeadLetters": _KEPT_MESSAGES,
    "Delivery": _role("logs"),
    "Deployment": {
        "Type": "AWS::CodeDeploy::DeploymentGroup",
        "Properties": {
            "ApplicationName": {"Ref": "Application"},
            "ServiceRoleArn": "arn:aws:iam::123456789012:role/deployment",
        },
    },
    "Durable": {
        "Type": "AWS::MSK::Configuration",
        "Properties": {
            "Name": "durable",
            "ServerProperties": (
                "default.replication.factor=3\nmin.insync.replicas=2\nunclean.leader.election.enable=false\n"
            ),
        },
    },
    "ErrorRole": _role("iot", Policies=_policies("sqs:SendMessage", "Undelivered")),
    "Errors": _ERRORS,
    "FailedBatches": _KEPT_MESSAGES,
    "FailedEvents": _KEPT_MESSAGES,
    "FilesSecurityGroup": {
        "Type": _SECURITY_GROUP,
        "Properties": {"GroupDescription": "Mount targets", "VpcId": "vpc-0123456789abcdef0"},
    },
    "FirewallA": _FIRST_SUBNET,
    "FirewallB": _SECOND_SUBNET,
    "Group": {
        "Type": "AWS::AutoScaling::AutoScalingGroup",
        "Properties": {
            "MinSize": "2",
            "MaxSize": "8",
            "AvailabilityZones": {"Fn::GetAZs": ""},
            "InstanceId": "i-0123456789abcdef0",
        },
    },
    "HealthCheck": _HEALTH,
    "IntegrationTests": {
        "Type": "AWS::CodeBuild::Project",
        "Properties": {
            "Source": {"Type": "CODEPIPELINE"},
            "Artifacts": {"Type": "CODEPIPELINE"},
            "ServiceRole": "arn:aws:iam::123456789012:role/tests",
            "Environment": {
                "Type": "LINUX_CONTAINER",
                "ComputeType": "BUILD_GENERAL1_SMALL",
                "Image": "aws/codebuild/standard:7.0",
            },
        },
    },
    "LogGroup": {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 30}},
    "Logs": {"Type": "AWS::S3::Bucket"},
    "MonitoringRole": _role("monitoring.rds"),
    "OperationsTopic": {"Type": _TOPIC},
    "Panel": {"Type": "AWS::Route53RecoveryControl::ControlPanel", "Properties": {"Name": "shop"}},
    "PrimaryCheck": _HEALTH,
    "PublicSubnetA": _FIRST_SUBNET,
    "PublicSubnetB": _SECOND_SUBNET,
    "ReplicationRole": _role("s3"),
    "Repository": {"Type": "AWS::ECR::Repository"},
    "RestoreRole": _role("backup"),
    "Role": _role("scheduler"),
    "Stream": {"Type": "AWS::Kinesis::Stream", "Properties": {"StreamModeDetails": {"StreamMode": "ON_DEMAND"}}},
    "SubnetA": _FIRST_SUBNET,
    "SubnetB": _SECOND_SUBNET,
    "SubnetC": _subnet(2, "10.200.3.0/24"),
    "Targets": {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": {"TargetType": "lambda"}},
    "Template": {
        "Type": "AWS::EC2::LaunchTemplate",
        "Properties": {"LaunchTemplateData": {"ImageId": "ami-0123456789abcdef0", "InstanceType": "m7g.large"}},
    },
    "TrailLog": {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 365}},
    "TrailRole": _role("cloudtrail"),
    "Undelivered": _KEPT_MESSAGES,
    "Version": {"Type": _VERSION, "Properties": {"FunctionName": "orders"}},
    "Watcher": _role("appconfig"),
    "WebA": _INSTANCE,
    "WebB": _INSTANCE,
}
"""What a user has under a name of a fix, added if the template has no resource of the type."""


def rename(block: Any, template: dict[str, Any], reported: str, *, changes_existing: bool = False) -> Any:
    """Return a block whose names are those of the template; adds the new resources that it refers to.

    With `changes_existing`, a resource in the block stands for the one of its type in the template.
    """
    resources = template["Resources"]
    typed = {name: resource for name, resource in resources.items() if "Type" in resource}  # Fn::ForEach has none
    new_names: dict[str, str] = {}
    own = {name: item["Type"] for name, item in block.items() if _is_resource(item)} if isinstance(block, dict) else {}
    for name, resource_type in own.items():
        of_type = [other for other, resource in typed.items() if resource["Type"] == resource_type]
        if changes_existing and of_type:
            new_names[name] = next((other for other in (name, reported) if other in of_type), of_type[0])
        elif name in resources:
            new_names[name] = f"{name}Pasted"
    for name in _names(block):
        if name not in own and name not in new_names:
            new_names[name] = _find(name, resources, reported, tuple(new_names.values()))
    return _renamed(block, new_names)


def _is_resource(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("Type"), str) and "::" in value["Type"]


def _find(name: str, resources: dict[str, Any], reported: str, used: tuple[str, ...]) -> str:
    """Return the resource that a name stands for, which is added if the template has none."""
    types = TYPES_OF_NAMES.get(name, ())
    if types and resources.get(reported, {}).get("Type") in types and reported not in used:
        return reported
    if name in resources and (resources[name].get("Type") in types or name in NEW_RESOURCES):
        return name
    for candidate, resource in resources.items():
        if "Type" in resource and resource["Type"] in types and candidate not in used:
            return candidate
    if name in NEW_RESOURCES:
        resources[name] = copy.deepcopy(dict(NEW_RESOURCES[name]))
        for other in _names(resources[name]):
            _find(other, resources, reported, used)
    return name


def _names(value: Any) -> Iterator[str]:
    """Yield the logical ids that a value refers to, each once."""
    found: dict[str, None] = {}
    _collect(value, found)
    yield from (name for name in found if "::" not in name)


def _collect(value: Any, found: dict[str, None]) -> None:
    if isinstance(value, list):
        for item in value:
            _collect(item, found)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ("Ref", "DependsOn") and isinstance(item, str):
                found[item] = None
            elif key == "Fn::GetAtt":
                found[item[0]] = None
            elif key == "Fn::Sub" and isinstance(item, str):
                found.update(dict.fromkeys(re.findall(r"\$\{(\w+)[.}]", item)))
            else:
                _collect(item, found)


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    result = {}
    for key, item in value.items():
        if key in ("Ref", "DependsOn") and isinstance(item, str):
            result[key] = names.get(item, item)
        elif key == "Fn::GetAtt":
            result[key] = [names.get(item[0], item[0]), *item[1:]]
        elif key == "Fn::Sub" and isinstance(item, str):
            result[key] = re.sub(r"\$\{(\w+)", lambda m: "${" + names.get(m[1], m[1]), item)
        else:
            result[names.get(key, key) if _is_resource(item) else key] = _renamed(item, names)
    return result
