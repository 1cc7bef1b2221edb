"""Edges that more than a row of the table decides."""

from __future__ import annotations

import pytest

from relint.model.system.edges import edges_of
from tests.helpers.views import template_of

DISTRIBUTION = """\
Resources:
  Cdn:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - {Id: first, DomainName: !GetAtt First.DomainName}
          - {Id: second, DomainName: !GetAtt Second.DomainName}
          - {Id: third, DomainName: !GetAtt Third.DomainName}
  First: {Type: AWS::S3::Bucket}
  Second: {Type: AWS::S3::Bucket}
  Third: {Type: AWS::S3::Bucket}
"""
GROUP = """\
        OriginGroups:
          Quantity: 1
          Items: [{Id: both, Members: {Quantity: 2, Items: [{OriginId: first}, {OriginId: second}]}}]
        Origins:
"""


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param(DISTRIBUTION, [], id="no group"),
        pytest.param(DISTRIBUTION.replace("        Origins:\n", GROUP), ["First", "Second"], id="a group of two"),
    ],
)
def test_origins_of_a_group_are_alternatives(template: str, expected: list[str]) -> None:
    edges = edges_of(template_of(template)).outgoing["Cdn"]
    assert [edge.target for edge in edges] == ["First", "Second", "Third"]
    assert [edge.target for edge in edges if edge.relation.are_alternatives] == expected


RECORDS = """\
Resources:
  Names:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      RecordSets:
        - {Name: a.example.com, SetIdentifier: x, POLICY: 1, AliasTarget: {DNSName: !GetAtt One.DNSName, WATCHED}}
        - {Name: a.example.com, SetIdentifier: y, POLICY: 2, AliasTarget: {DNSName: !GetAtt Two.DNSName, WATCHED}}
  One: {Type: AWS::ElasticLoadBalancing::LoadBalancer}
  Two: {Type: AWS::ElasticLoadBalancing::LoadBalancer}
"""


@pytest.mark.parametrize(
    ("policy", "watched", "expected"),
    [
        pytest.param("Failover", "HostedZoneId: Z1", ["One", "Two"], id="failover"),
        pytest.param("Weight", "EvaluateTargetHealth: true", ["One", "Two"], id="weights with health"),
        pytest.param("Weight", "EvaluateTargetHealth: false", [], id="weights without health"),
        pytest.param("GeoLocation", "EvaluateTargetHealth: true", [], id="places of the clients"),
    ],
)
def test_records_that_answer_for_one_another_are_alternatives(policy: str, watched: str, expected: list[str]) -> None:
    template = RECORDS.replace("POLICY", policy).replace("WATCHED", watched)
    edges = edges_of(template_of(template)).outgoing["Names"]
    assert [edge.target for edge in edges] == ["One", "Two"]
    assert [edge.target for edge in edges if edge.relation.are_alternatives] == expected


API = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Handler:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Get: {Type: Api, Properties: {Path: /, Method: get}}
        Put: {Type: S3, Properties: {Bucket: !Ref Uploads, Events: "s3:ObjectCreated:*"}}
  Uploads: {Type: AWS::S3::Bucket}
"""


def test_events_of_sam_lead_from_the_api_and_the_bucket_to_the_function() -> None:
    outgoing = edges_of(template_of(API)).outgoing
    assert [edge.target for edge in outgoing["ServerlessRestApi"]] == ["HandlerGetPermission"]
    assert [edge.target for edge in outgoing["HandlerGetPermission"]] == ["Handler"]
    assert [(edge.target, edge.relation.kind) for edge in outgoing["Uploads"]] == [("HandlerPutPermission", "event")]


OWN_ADDRESS = """\
Resources:
  Web: {Type: AWS::ElasticLoadBalancing::LoadBalancer}
  Fleet:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {LoadBalancerNames: [!Ref Web], LaunchTemplate: {LaunchTemplateId: !Ref Launch, Version: "1"}}
  Launch:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {UserData: !Sub "${Web.DNSName} ${Other.DNSName}"}}
  Other: {Type: AWS::ElasticLoadBalancing::LoadBalancer}
"""


def test_service_does_not_depend_on_its_own_load_balancer() -> None:
    outgoing = edges_of(template_of(OWN_ADDRESS)).outgoing
    assert [edge.target for edge in outgoing["Launch"]] == ["Other"]
