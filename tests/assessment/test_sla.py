"""The agreement that a configuration picks, and the product of an entry, worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import relint
from relint.assessment.records import Sla
from relint.report.assessment import render_assessment
from relint.report.assessment.agreements import describe_sla

WEB = """\
Resources:
  Record:
    Type: AWS::Route53::RecordSet
    Properties: {Name: shop.example, Type: A, AliasTarget: {DNSName: !GetAtt Edge.DomainName, HostedZoneId: Z2}}
  RecordIPv6:
    Type: AWS::Route53::RecordSet
    Properties: {Name: shop.example, Type: AAAA, AliasTarget: {DNSName: !GetAtt Edge.DomainName, HostedZoneId: Z2}}
  Edge:
    Type: AWS::CloudFront::Distribution
    Properties: {DistributionConfig: {Origins: [{Id: web, DomainName: !GetAtt Balancer.DNSName}]}}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Subnets: [subnet-0a, subnet-0b]}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: 2
      MaxSize: 4
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      TargetGroupARNs: [!Ref Targets]
      LaunchTemplate: {LaunchTemplateId: !Ref Launch, Version: "1"}
  Launch:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {UserData: !Sub "db=${Store.Endpoint.Address} files=${Files}"}}
  Store: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: true}}
  Files: {Type: AWS::EFS::FileSystem}
"""


def sla_of(folder: Path, text: str, name: str) -> Sla:
    file = folder / "template.yaml"
    file.write_text(text, encoding="utf-8")
    found = next(entry.sla for entry in relint.assess(file, config=None).entries if entry.name == name)
    assert found is not None
    return found


def database(properties: str) -> str:
    return f"Resources: {{Store: {{Type: {properties}}}}}"


def test_product_of_a_web_application(tmp_path: Path) -> None:
    # Route 53 100 (two records, one service), CloudFront 99.9, load balancer 99.99, instances in two zones 99.99, a
    # database with standby 99.95, a file system 99.99: 0.999 x 0.9999^3 x 0.9995 = 0.998201, 15.76 hours of 8,760.
    sla = sla_of(tmp_path, WEB, "Edge")

    assert sla.low == sla.high == pytest.approx(99.8201, abs=1e-4)
    assert {term.resource for term in sla.terms} == {
        "Record, RecordIPv6",
        "Edge",
        "Balancer",
        "Group",
        "Store",
        "Files",
    }
    assert sla.unrated == ()
    assert describe_sla(sla) == ("= 99.82 % (~15.8 h/yr) over 6 rated; not counted: your code, deploys, DNS registrar")


def test_part_without_an_agreement_makes_the_product_an_upper_bound(tmp_path: Path) -> None:
    text = WEB.replace("files=${Files}", "files=${Files} queue=${Queue}") + "  Queue: {Type: AWS::SQS::Queue}\n"
    sla = sla_of(tmp_path, text, "Edge")

    assert sla.unrated == ("Queue",)
    assert describe_sla(sla) == (
        "<= 99.82 % (~15.8 h/yr) over 6 rated; not counted: your code, deploys, DNS registrar, 1 unrated"
    )


GROUP = """\
Parameters:
  Number: {Type: Number}
  Subnet: {Type: AWS::EC2::Subnet::Id}
Resources:
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
  Other: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-0a, subnet-0b]}}
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: NUMBER, MaxSize: 9, VPCZoneIdentifier: SUBNETS, TargetGroupARNs: [!Ref Targets]}
"""


@pytest.mark.parametrize(
    ("number", "subnets", "low", "high"),
    [
        ("2", "[subnet-0a, subnet-0b]", 99.99, 99.99),  # the load balancer proves that its subnets are in two zones
        ("1", "[subnet-0a, subnet-0b]", 99.5, 99.5),  # one instance, wherever it may start
        ("2", "[subnet-0a]", 99.5, 99.5),
        ("2", "[subnet-0a, !Ref Subnet]", 99.5, 99.99),
        ("!Ref Number", "[subnet-0a, subnet-0b]", 99.5, 99.99),
    ],
    ids=["two zones", "one instance", "one zone", "unknown zone", "unknown number"],
)
def test_group_is_rated_by_its_smallest_size(
    tmp_path: Path, number: str, subnets: str, low: float, high: float
) -> None:
    sla = sla_of(tmp_path, GROUP.replace("NUMBER", number).replace("SUBNETS", subnets), "Targets")

    assert (sla.low, sla.high) == (pytest.approx(low), pytest.approx(high))
    assert sla.unrated == ("what sends it requests, in another stack",)


SERVICE = (
    GROUP.partition("  Group:")[0]
    + """\
  Service:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      DesiredCount: NUMBER
      LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: SUBNETS}}
"""
)


@pytest.mark.parametrize(
    ("number", "subnets", "percent", "is_rated"),
    [
        ("2", "[subnet-0a, subnet-0b]", 99.99, True),
        # AWS commits itself for single instances of EC2, and not for single tasks.
        ("1", "[subnet-0a, subnet-0b]", None, False),
        ("2", "[subnet-0a, !Ref Subnet]", 99.99, False),
    ],
    ids=["two zones", "one task", "unknown zone"],
)
def test_tasks_are_covered_in_two_zones_only(
    tmp_path: Path, number: str, subnets: str, percent: float | None, is_rated: bool
) -> None:
    sla = sla_of(tmp_path, SERVICE.replace("NUMBER", number).replace("SUBNETS", subnets), "Targets")

    assert sla.low == sla.high == (percent and pytest.approx(percent))
    assert ("Service" not in sla.unrated) == is_rated


@pytest.mark.parametrize(
    ("resource", "low", "high"),
    [
        ("AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: true}", 99.95, 99.95),
        ("AWS::RDS::DBInstance, Properties: {Engine: mysql}", 99.5, 99.5),
        ("AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !Ref 'AWS::NoValue'}", 99.5, 99.5),
        ("AWS::RDS::DBCluster, Properties: {Engine: mysql, DBClusterInstanceClass: db.m5d.large}", 99.95, 99.95),
        ("AWS::EFS::FileSystem", 99.99, 99.99),
        ("AWS::EFS::FileSystem, Properties: {AvailabilityZoneName: us-east-1a}", 99.9, 99.9),
        ("AWS::S3::Bucket", 99.9, 99.9),
        (
            "AWS::S3::Bucket, Properties: {LifecycleConfiguration: "
            "{Rules: [{Status: Enabled, Transitions: [{StorageClass: ONEZONE_IA, TransitionInDays: 30}]}]}}",
            99.0,
            99.9,
        ),
        ("AWS::DynamoDB::Table", 99.99, 99.99),
        (
            "AWS::DynamoDB::GlobalTable, Properties: {Replicas: [{Region: eu-west-1}, {Region: us-east-1}]}",
            99.999,
            99.999,
        ),
        (
            "AWS::OpenSearchService::Domain, Properties: "
            "{ClusterConfig: {InstanceCount: 3, MultiAZWithStandbyEnabled: true}}",
            99.99,
            99.99,
        ),
        ("AWS::OpenSearchService::Domain, Properties: {ClusterConfig: {InstanceCount: 1}}", None, None),
        ("AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE}", None, None),
        ("AWS::EC2::Volume, Properties: {AvailabilityZone: us-east-1a}", 99.9, 99.9),
    ],
    ids=lambda value: str(value)[:60],
)
def test_configuration_picks_the_row(tmp_path: Path, resource: str, low: float | None, high: float | None) -> None:
    sla = sla_of(tmp_path, database(resource), "Store")

    assert (sla.low, sla.high) == (low and pytest.approx(low), high and pytest.approx(high))
    assert bool(sla.unrated) == (low is None)


@pytest.mark.parametrize(
    ("zones", "low", "high"),
    [((), 99.9, 99.99), (("us-east-1a", "us-east-1b"), 99.99, 99.99), (("us-east-1a", "us-east-1a"), 99.9, 99.9)],
    ids=["reader without a zone", "two zones", "one zone"],
)
def test_cluster_is_rated_by_the_zones_that_are_proven(
    tmp_path: Path, zones: tuple[str, ...], low: float, high: float
) -> None:
    instances = "\n".join(
        f"  {name}: {{Type: AWS::RDS::DBInstance, Properties: {{Engine: aurora-mysql, DBClusterIdentifier: !Ref Cluster"
        f"{f', AvailabilityZone: {zones[index]}' if zones else ''}}}}}"
        for index, name in enumerate(("Writer", "Reader"))
    )
    text = f"Resources:\n  Cluster: {{Type: AWS::RDS::DBCluster, Properties: {{Engine: aurora-mysql}}}}\n{instances}\n"
    sla = sla_of(tmp_path, text, "Cluster")

    assert (sla.low, sla.high) == (pytest.approx(low), pytest.approx(high))


HOSTS = """\
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties: {AvailabilityZones: [us-east-1a, us-east-1b], Instances: [!Ref One, !Ref Two]}
  One: {Type: AWS::EC2::Instance, Properties: {AvailabilityZone: us-east-1a, UserData: !GetAtt Store.Endpoint.Address}}
  Two: {Type: AWS::EC2::Instance, Properties: {AvailabilityZone: us-east-1b, UserData: !GetAtt Store.Endpoint.Address}}
  Store: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}
"""


@pytest.mark.parametrize(
    ("zone", "hosts"),
    [
        # 1 - 0.005^2 = 0.999975, of which no more is promised than 99.99, that of instances in several zones.
        ("us-east-1b", 99.99),
        ("us-east-1a", 99.5),
    ],
    ids=["two zones", "one zone"],
)
def test_hosts_of_which_one_suffices_promise_no_more_than_their_zones(tmp_path: Path, zone: str, hosts: float) -> None:
    text = HOSTS.replace(
        "Two: {Type: AWS::EC2::Instance, Properties: {AvailabilityZone: us-east-1b",
        "Two: {Type: AWS::EC2::Instance, Properties: {AvailabilityZone: " + zone,
    )
    sla = sla_of(tmp_path, text, "Balancer")

    # The database behind both counts once.
    assert sla.high == pytest.approx(99.99 * hosts * 99.5 / 10_000)
    assert len(sla.terms) == 4


def test_regional_service_counts_once_though_it_is_there_twice(tmp_path: Path) -> None:
    text = """\
Resources:
  Edge:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        DefaultCacheBehavior: {TargetOriginId: both}
        OriginGroups:
          Quantity: 1
          Items: [{Id: both, Members: {Quantity: 2, Items: [{OriginId: one}, {OriginId: two}]}}]
        Origins:
          - {Id: one, DomainName: !GetAtt One.DomainName}
          - {Id: two, DomainName: !GetAtt Two.DomainName}
  One: {Type: AWS::S3::Bucket}
  Two: {Type: AWS::S3::Bucket}
"""
    sla = sla_of(tmp_path, text, "Edge")

    assert sla.high == pytest.approx(99.9 * 99.9 / 100)


def test_json_names_the_row_of_each_term(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(WEB, encoding="utf-8")
    assessment = relint.assess(tmp_path, config=None)
    document = json.loads(render_assessment(assessment, "json"))
    sla = document["entries"][0]["sla"]

    assert (sla["lo"], sla["hi"], sla["unrated"]) == (99.82, 99.82, [])
    for term in sla["terms"]:
        for fact in term["facts"]:
            assert document["facts"][fact]["source"].startswith("https://")
    assert render_assessment(assessment).count("no prediction") == 1
