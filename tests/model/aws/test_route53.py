"""Names of records, and the health of the targets of aliases.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
"""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.aws.route53 import all_records, canonical_domain, record_targets
from relint.model.aws.route53_health import MissingSignal, is_target_known, missing_signal
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

TYPES = {
    "Site": "AWS::CloudFront::Distribution",
    "Graph": "AWS::AppSync::DomainName",
    "Login": "AWS::Cognito::UserPoolDomain",
    "Api": "AWS::ApiGateway::DomainName",
    "ApiTwo": "AWS::ApiGateway::DomainNameV2",
    "HttpApi": "AWS::ApiGatewayV2::DomainName",
    "Endpoint": "AWS::EC2::VPCEndpoint",
    "Files": "AWS::S3::Bucket",
    "Balancer": "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "Nested": "AWS::CloudFormation::Stack",
}


def records(**bodies: dict[str, Any]) -> Any:
    resources: dict[str, Any] = {name: {"Type": resource_type} for name, resource_type in TYPES.items()}
    for name, body in bodies.items():
        properties = {"HostedZoneName": "example.org.", "Type": "A", "Name": f"{name.lower()}.example.org.", **body}
        resources[name] = {"Type": "AWS::Route53::RecordSet", "Properties": properties}
    view = view_of(resources, Parameters={"Free": {"Type": "String"}})
    return view, all_records(view)


def alias(name: Any, zone: Any = "Z1", health: Any = True) -> dict[str, Any]:
    return {"AliasTarget": {"DNSName": name, "HostedZoneId": zone, "EvaluateTargetHealth": health}}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Example.ORG.", "example.org"),
        ("dualstack.lb.example.org", "lb.example.org"),
        (Unknown(("Ref", "Name"), "why"), ("Ref", "Name")),
        (Unknown(("Concat", "API.", ("Ref", "Name"), "."), "why"), ("Concat", "api.", ("Ref", "Name"))),
        (Unknown(("Concat", "dualstack.", ("Ref", "Name")), "why"), ("Ref", "Name")),
        (Unknown(("Concat", ("Ref", "Name"), ".Org."), "why"), ("Concat", ("Ref", "Name"), ".org")),
    ],
    ids=str,
)
def test_names_of_one_domain_are_equal(value: Any, expected: Any) -> None:
    assert canonical_domain(value) == expected


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"HealthCheckId": "1"}, None),
        ({"HealthCheckId": {"Ref": "Free"}}, None),
        ({"ResourceRecords": ["192.0.2.1"]}, "default"),
        (alias({"Fn::GetAtt": ["Balancer", "DNSName"]}), None),
        (alias({"Fn::GetAtt": ["Balancer", "DNSName"]}, health=False), "alias"),
        ({"AliasTarget": {"DNSName": "lb.example.org", "HostedZoneId": "Z1"}}, "alias"),
        (alias("d1.cloudfront.net."), "cloudfront"),
        (alias("any.example.org", zone="Z2FDTNDATAQYW2"), "cloudfront"),
        (alias({"Fn::GetAtt": ["Site", "DomainName"]}, health=False), "cloudfront"),
        (alias({"Fn::GetAtt": ["Graph", "AppSyncDomainName"]}), "cloudfront"),
        (alias({"Fn::GetAtt": ["Login", "CloudFrontDistribution"]}), "cloudfront"),
        (alias({"Fn::GetAtt": ["Api", "DistributionDomainName"]}), "cloudfront"),
        (alias({"Ref": "Free"}, zone={"Fn::GetAtt": ["Api", "DistributionHostedZoneId"]}), "cloudfront"),
        (alias({"Fn::GetAtt": ["Api", "RegionalDomainName"]}), "idle"),
        (alias({"Fn::GetAtt": ["ApiTwo", "RegionalDomainName"]}), "idle"),
        (alias({"Fn::GetAtt": ["HttpApi", "RegionalDomainName"]}), "idle"),
        (alias({"Fn::GetAtt": ["Endpoint", "DnsEntries"]}), "idle"),
        (alias({"Fn::GetAtt": ["Files", "DomainName"]}), "idle"),
        (alias("a1.execute-api.eu-west-1.amazonaws.com"), "idle"),
        (alias("s3-website-eu-west-1.amazonaws.com"), "idle"),
        (alias("vpce-1.ec2.eu-west-1.vpce.amazonaws.com"), "idle"),
        (alias({"Fn::GetAtt": ["Nested", "Outputs.Name"]}), None),
        (alias("lb-1.eu-west-1.elb.amazonaws.com"), None),
        (alias("lb.example.org", health={"Ref": "Free"}), "?"),
    ],
    ids=str,
)
def test_record_has_a_signal_unless(body: dict[str, Any], reason: str | None) -> None:
    view, [record] = records(One=body)
    signal = missing_signal(view, record, [record])
    assert (signal.reason if isinstance(signal, MissingSignal) else "?" if signal else None) == reason


@pytest.mark.parametrize(
    ("targets", "reason"),
    [
        pytest.param([{"ResourceRecords": ["192.0.2.1"]}], "blind", id="a record without a health check"),
        pytest.param([{"HealthCheckId": "1"}], None, id="a record with a health check"),
        pytest.param([{"SetIdentifier": "a"}, {"SetIdentifier": "b", "HealthCheckId": "1"}], None, id="one of two"),
        pytest.param([{"SetIdentifier": "a"}, {"SetIdentifier": "b"}], "blind", id="none of two"),
        pytest.param([{"Type": "AAAA"}], None, id="a record of another type"),
        pytest.param([{"HostedZoneName": "example.com."}], None, id="a record of another zone"),
    ],
)
def test_alias_has_the_signal_of_its_records(targets: list[dict[str, Any]], reason: str | None) -> None:
    named = {f"Target{index}": {**target, "Name": "target.example.org"} for index, target in enumerate(targets)}
    view, found = records(One=alias("Target.example.org."), **named)
    signal = missing_signal(view, found[0], found)
    assert (signal.reason if signal else None) == reason


@pytest.mark.parametrize(
    ("body", "is_known"),
    [
        (alias("lb.example.org"), True),
        (alias({"Ref": "Free"}, zone={"Ref": "Free"}), False),
        (alias({"Fn::GetAtt": ["Balancer", "DNSName"]}, zone={"Ref": "Free"}), True),
        (alias({"Fn::Sub": "${Free}.elb.amazonaws.com"}, zone={"Ref": "Free"}), True),
        (alias({"Fn::GetAtt": ["Nested", "Outputs.Name"]}, zone={"Ref": "Free"}), False),
    ],
    ids=str,
)
def test_kind_of_a_target_is_known(body: dict[str, Any], is_known: bool) -> None:
    view, [record] = records(One=body)
    assert is_target_known(view, record) is is_known


def test_targets_are_those_at_the_end_of_aliases() -> None:
    view, found = records(
        One=alias("two.example.org"),
        Two=alias({"Ref": "Three"}),
        Three={"ResourceRecords": ["192.0.2.1", "192.0.2.2"]},
        Four=alias("elsewhere.example.org."),
        Loop=alias("loop.example.org"),
    )
    targets = [record_targets(view, record, found) for record in found]
    addresses = {"192.0.2.1", "192.0.2.2"}
    assert targets == [addresses, addresses, addresses, {"elsewhere.example.org"}, None]
