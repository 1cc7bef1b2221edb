"""Literal Regions, zones and accounts: where they are mistakes, and where they are meant."""

from __future__ import annotations

from typing import Any

import pytest

from relint.checks.cloudformation.hardcoded_locations import check
from tests.helpers.views import view_of

QUEUE = "arn:aws:sqs:eu-west-1:123456789012:orders"


def found(resource_type: str, properties: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the kinds and literals of the problems of a resource."""
    view = view_of({"It": {"Type": resource_type, "Properties": properties}})
    problems = check(view.template.resources["It"], view)
    return [(problem.message or "zone", problem.values["literal"]) for problem in problems]


@pytest.mark.parametrize(
    "region",
    [
        *("us-east-1", "us-west-2", "eu-north-1", "eu-south-2", "eu-central-1", "ap-northeast-1", "ap-southeast-2"),
        *("us-gov-west-1", "us-iso-east-1", "us-isob-east-1", "il-central-1", "ca-west-1", "cn-northwest-1"),
    ],
)
def test_names_of_regions_are_found(region: str) -> None:
    assert found("AWS::EC2::Subnet", {"AvailabilityZone": f"{region}a"}) == [("zone", f"{region}a")]
    assert found("AWS::Lambda::Function", {"DeadLetterConfig": {"TargetArn": f"arn:aws-us-gov:sqs:{region}:1:q"}}) == [
        ("region", region)
    ]
    assert found("AWS::Batch::JobDefinition", {"Parameters": {"AWS_REGION": region}}) == [("region", region)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("eu-west-1a,eu-west-1b", [("zone", "eu-west-1a,eu-west-1b")], id="a list of zones"),
        pytest.param("euw1-az2", [("zone", "euw1-az2")], id="the id of a zone"),
        pytest.param("usgw1-az2", [("zone", "usgw1-az2")], id="the id of a zone, of four letters"),
        pytest.param("my-azure", [], id="no zone"),
        pytest.param({"Fn::GetAZs": "eu-west-1"}, [("zone", "eu-west-1")], id="the zones of a Region"),
        pytest.param("com.amazonaws.eu-west-1.s3", [("region", "eu-west-1")], id="a service"),
        pytest.param("com.amazonaws.vpce.eu-west-1.vpce-svc-1", [("region", "eu-west-1")], id="an endpoint service"),
        pytest.param("https://sqs.eu-west-1.amazonaws.com/x", [("region", "eu-west-1")], id="a host"),
        pytest.param("b.s3-eu-west-1.amazonaws.com", [("region", "eu-west-1")], id="an old host of S3"),
        pytest.param("x.eu-west-1.elb.amazonaws.com", [("region", "eu-west-1")], id="a host of a load balancer"),
        pytest.param(QUEUE, [("region", "eu-west-1")], id="an ARN with an account, which is one mistake"),
        pytest.param("arn:aws:iam::123456789012:role/x", [("account", "123456789012")], id="an account"),
        pytest.param("arn:aws:lambda:${R}:123456789012:layer:x:1", [], id="a layer that somebody publishes"),
        pytest.param("eu-west-1", [], id="a Region of which nobody knows what it is for"),
        pytest.param("in eu-west-1 only", [], id="a Region in a sentence"),
        pytest.param({"Fn::Join": [":", ["arn:aws:sqs", "eu-west-1", {"Ref": "Q"}, "x"]]}, [("region", "eu-west-1")],
            id="an ARN that is joined"),
        pytest.param({"Fn::Join": ["/", ["a", "eu-west-1"]]}, [], id="another text that is joined"),
    ],
)  # fmt: skip
def test_texts_with_locations(value: Any, expected: list[tuple[str, str]]) -> None:
    assert found("AWS::EC2::Instance", {"Value": value}) == expected


@pytest.mark.parametrize(
    "setting", ["Region", "region_name", "AWSRegion", "AWS_DEFAULT_REGION", "awslogs-region", "DefaultRegion"]
)
def test_settings_that_are_the_region_of_software(setting: str) -> None:
    assert found("AWS::ECS::TaskDefinition", {setting: "eu-west-1"}) == [("region", "eu-west-1")]
    assert found("AWS::ECS::TaskDefinition", {"E": [{"Name": setting, "Value": "eu-west-1"}]}) == [
        ("region", "eu-west-1")
    ]


@pytest.mark.parametrize(
    "resource_type",
    [
        "AWS::CloudFormation::Stack",
        "AWS::CodePipeline::Pipeline",
        "Custom::Copy",
        "AWS::CloudFormation::CustomResource",
    ],
)
def test_region_of_another_stack_or_action_is_meant(resource_type: str) -> None:
    assert found(resource_type, {"Region": "eu-west-1"}) == []
    assert found(resource_type, {"Queue": QUEUE}) == [("region", "eu-west-1")]


@pytest.mark.parametrize(
    "resource_type",
    [
        *("AWS::ARCRegionSwitch::Plan", "AWS::CloudFormation::StackSet", "AWS::CloudFront::Distribution"),
        *("AWS::CloudWatch::Dashboard", "AWS::Config::ConfigurationAggregator", "AWS::CUR::ReportDefinition"),
        *("AWS::EC2::IPAM", "AWS::EC2::IPAMPool", "AWS::ECR::ReplicationConfiguration", "AWS::Events::Endpoint"),
        *("AWS::GlobalAccelerator::EndpointGroup", "AWS::KMS::ReplicaKey", "AWS::NetworkManager::Device"),
        *("AWS::Organizations::Policy", "AWS::Route53::RecordSet", "AWS::Route53RecoveryReadiness::Cell"),
        *("AWS::S3::MultiRegionAccessPoint", "AWS::SecurityHub::FindingAggregator"),
        "AWS::SSMIncidents::ReplicationSet",
    ],
)
def test_types_that_name_regions_on_purpose(resource_type: str) -> None:
    assert found(resource_type, {"Zone": "eu-west-1a", "Queue": QUEUE}) == []


@pytest.mark.parametrize(
    "key",
    [
        *("Comment", "Condition", "Description", "Ref", "Fn::FindInMap", "Fn::GetAtt", "Fn::GetStackOutput", "Tags"),
        *("CopyActions", "CrossRegionCopy", "CrossRegionCopyRules", "CrossRegionCopyTargets", "EmailConfiguration"),
        *("Replicas", "ReplicaRegions", "ReplicationConfiguration", "ReplicationSourceIdentifier", "Route53"),
        *("SourceDBClusterIdentifier", "SourceDBInstanceAutomatedBackupsArn", "SourceDBInstanceIdentifier"),
    ],
)
def test_keys_of_values_that_are_elsewhere_on_purpose(key: str) -> None:
    assert found("AWS::RDS::DBInstance", {key: {"Arn": QUEUE}}) == []
    assert found("AWS::RDS::DBInstance", {key + "s": {"Arn": QUEUE}}) == [("region", "eu-west-1")]


@pytest.mark.parametrize(
    "text",
    [
        *("arn:aws:bedrock:us-west-2::model/x", "arn:aws:events:us-west-2:1:event-bus/x"),
        *("arn:aws:serverlessrepo:us-west-2:1:x", "arn:aws:wafv2:us-east-1:1:global/webacl/x"),
        "arn:aws:sns:us-east-1:806199016981:AmazonIpSpaceChanged",
    ],
)
def test_arns_of_services_with_few_regions(text: str) -> None:
    assert ("region", text.split(":")[3]) not in found("AWS::Lambda::Function", {"Arn": text})


def test_certificates_of_cloudfront_are_in_one_region() -> None:
    text = "arn:aws:acm:us-east-1:123456789012:certificate/x"
    for resource_type in ("AWS::ApiGateway::DomainName", "AWS::AppSync::DomainName", "AWS::Cognito::UserPoolDomain"):
        assert ("region", "us-east-1") not in found(resource_type, {"CertificateArn": text})
        assert found(resource_type, {"CertificateArn": text.replace("us-east-1", "eu-west-1")})[0][0] == "region"
    assert found("AWS::ElasticLoadBalancingV2::Listener", {"Certificates": [text]}) == [("region", "us-east-1")]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        *[(f"aws s3 ls {way}eu-west-1\n", "eu-west-1") for way in ("--region ", "--region=", "AWS_REGION=")],
        *[(f"x\n{way}eu-west-1'\n", "eu-west-1") for way in ("region='", "region_name='", "region: '", '"region": \'')],
        ("export AWS_DEFAULT_REGION='eu-west-1'\n", "eu-west-1"),
        ("curl https://sqs.eu-west-1.amazonaws.com\n", "eu-west-1"),
        ("echo eu-west-1\n", None),
        ("aws sqs list-queues --region us-east-1\n", "us-east-1"),
        *[
            (f"aws {service} list --region us-east-1\n", None)
            for service in ("acm", "billing", "budgets", "CloudFront", "pricing", "route53", "waf")
        ],
        ("aws acm list --region eu-west-1\n", "eu-west-1"),
        (f"echo {QUEUE.replace('eu-west-1', '')}\n", None),
    ],
)
def test_regions_in_scripts(script: str, expected: str | None) -> None:
    assert found("AWS::EC2::Instance", {"Text": script}) == ([("script", expected)] if expected else [])


@pytest.mark.parametrize("key", ["Fn::Base64", "UserData", "ZipFile"])
def test_one_line_is_a_script_by_its_key(key: str) -> None:
    assert found("AWS::EC2::Instance", {key: "aws s3 ls --region eu-west-1"}) == [("script", "eu-west-1")]
    assert found("AWS::EC2::Instance", {"Other": "aws s3 ls --region eu-west-1"}) == []


@pytest.mark.parametrize("namespace", ["AWS/Billing", "AWS/CloudFront", "AWS/Route53"])
def test_metrics_of_one_region(namespace: str) -> None:
    single = {"Namespace": namespace, "AlarmActions": ["arn:aws:sns:us-east-1:1:a"]}
    assert found("AWS::CloudWatch::Alarm", single) == []
    assert found("AWS::CloudWatch::Alarm", {**single, "Namespace": "AWS/SQS"}) == [("region", "us-east-1")]
    assert found("AWS::CloudWatch::Alarm", {**single, "AlarmActions": ["arn:aws:sns:eu-west-1:1:a"]}) == [
        ("region", "eu-west-1")
    ]
    metric = {"MetricStat": {"Metric": {"Namespace": namespace}}}
    assert found("AWS::CloudWatch::Alarm", {**single, "Namespace": "x", "Metrics": [metric]}) == []
    elsewhere = {"Namespace": namespace, "Dimensions": [{"Name": "Queue", "Value": QUEUE}]}
    assert found("AWS::CloudWatch::Alarm", elsewhere) == []


def test_subscription_names_the_region_of_its_topic() -> None:
    topic = "arn:aws:sns:eu-west-1:123456789012:a"
    assert found("AWS::SNS::Subscription", {"TopicArn": topic, "Region": "eu-west-1"}) == []
    assert found("AWS::SNS::Subscription", {"TopicArn": topic}) == [("region", "eu-west-1")]
    assert found("AWS::SNS::Subscription", {"Region": "eu-west-1", "Endpoint": QUEUE}) == [("region", "eu-west-1")]


def test_endpoint_to_a_service_of_another_region() -> None:
    service = {"ServiceName": "com.amazonaws.eu-west-1.s3"}
    here = {"Ref": "AWS::Region"}
    assert found("AWS::EC2::VPCEndpoint", {**service, "ServiceRegion": "eu-west-1"}) == []
    assert found("AWS::EC2::VPCEndpoint", {**service, "ServiceRegion": here}) == [("region", "eu-west-1")]
    assert found("AWS::EC2::VPCEndpoint", service) == [("region", "eu-west-1")]
    policy = {"PolicyDocument": {"Resource": QUEUE}, "ServiceRegion": "eu-west-1"}
    assert found("AWS::EC2::VPCEndpoint", policy) == [("region", "eu-west-1")]


def test_log_destinations_of_a_web_acl_of_cloudfront() -> None:
    logs = ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-x"]
    cloudfront = {"ResourceArn": "arn:aws:wafv2:${R}:1:global/webacl/x/1", "LogDestinationConfigs": logs}
    assert found("AWS::WAFv2::LoggingConfiguration", cloudfront) == []
    regional = {**cloudfront, "ResourceArn": "arn:aws:wafv2:${R}:1:regional/webacl/x/1"}
    assert found("AWS::WAFv2::LoggingConfiguration", regional) == [("region", "us-east-1")]
    elsewhere = {**cloudfront, "LogDestinationConfigs": [logs[0].replace("us-east-1", "eu-west-1")]}
    assert found("AWS::WAFv2::LoggingConfiguration", elsewhere) == [("region", "eu-west-1")]


@pytest.mark.parametrize(
    "statement",
    [
        {"Principal": {"AWS": "arn:aws:iam::123456789012:root"}},
        {"NotPrincipal": {"AWS": "arn:aws:iam::123456789012:root"}},
        {"Action": "sts:AssumeRole", "Resource": "arn:aws:iam::123456789012:role/x"},
        {"Action": ["sts:AssumeRole"], "Resource": "arn:aws:iam::123456789012:role/x"},
    ],
)
def test_accounts_that_are_trusted_are_meant(statement: dict[str, Any]) -> None:
    assert found("AWS::IAM::Policy", {"PolicyDocument": {"Statement": [statement]}}) == []


def test_each_kind_is_reported_once() -> None:
    properties = {
        "A": "eu-west-1a",
        "B": "eu-west-1b",
        "C": QUEUE,
        "D": "com.amazonaws.us-west-2.s3",
        "E": "arn:aws:iam::123456789012:role/x",
        "F": "aws s3 ls --region us-west-2\n",
    }
    expected = [("zone", "eu-west-1a"), ("region", "eu-west-1"), ("account", "123456789012"), ("script", "us-west-2")]
    assert found("AWS::EC2::Instance", properties) == expected
