"""Proofs about Availability Zones: one case for each fact, and for each way to write a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from relint.catalog.rule import Rule
from relint.finding import Finding
from tests.helpers.check_rule import check_one
from tests.helpers.rules import load_rule

ASSERTION = "assert: [{zones: $.Properties.VpcConfig.SubnetIds, default: 6, min: 2}]\n"

HEAD = """
Parameters:
  P1: {Type: AWS::EC2::Subnet::Id}
  P2: {Type: AWS::EC2::Subnet::Id}
  Zone: {Type: AWS::EC2::AvailabilityZone::Name}
  List: {Type: "List<AWS::EC2::Subnet::Id>"}
  Fixed: {Type: "List<AWS::EC2::Subnet::Id>", Default: "subnet-1,subnet-2"}
Mappings:
  Zones:
    us-east-1: {A: us-east-1a, B: us-east-1b, C: us-east-1a}
    eu-west-1: {A: eu-west-1a, B: eu-west-1b, C: eu-west-1c}
Resources:
  First: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: !Select [0, !GetAZs ""]}}
  AlsoFirst: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: !Select ["0", !GetAZs {Ref: AWS::Region}]}}
  Second: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: !Select [1, !GetAZs ""]}}
  East: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: us-east-1a}}
  OtherEast: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: us-east-1b}}
  ById: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZoneId: use1-az1}}
  Somewhere: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: 10.0.0.0/24}}
  InZone: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: !Ref Zone}}
  AlsoInZone: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: !Sub "${Zone}"}}
  MapA: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: !FindInMap [Zones, !Ref AWS::Region, A]}}
  MapB: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: !FindInMap [Zones, !Ref AWS::Region, B]}}
  MapC: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: !FindInMap [Zones, !Ref AWS::Region, C]}}
"""


@pytest.fixture(scope="module")
def rule(tmp_path_factory: pytest.TempPathFactory) -> Rule:
    return load_rule(tmp_path_factory.mktemp("rules"), ASSERTION, resources=["AWS::Lambda::Function"])


def findings(rule: Rule, subnets: str, more: str = "") -> tuple[Finding, ...]:
    properties = f"{{VpcConfig: {{SubnetIds: {subnets}}}}}"
    text = f"{HEAD}{more}\n  Worker: {{Type: AWS::Lambda::Function, Properties: {properties}}}\n"
    report = check_one(text, rule, {})
    assert not report.failures
    return report.results


def verdict(rule: Rule, subnets: str, more: str = "") -> str:
    return next((finding.verdict for finding in findings(rule, subnets, more)), "pass")


@pytest.mark.parametrize(
    ("subnets", "expected"),
    [
        ("[!Ref First]", "fail"),
        ("[!Ref P1]", "fail"),
        ("[!Ref First, !Ref AlsoFirst]", "fail"),
        ("[!Ref First, !Ref Second]", "pass"),
        ("[!Ref East, !Ref OtherEast]", "pass"),
        ("[!Ref East, !Ref ById]", "open"),
        ("[!Ref First, !Ref East]", "open"),
        ("[!Ref First, !Ref Somewhere]", "open"),
        ("[!Ref Somewhere, !Ref Somewhere]", "fail"),
        ("[!Ref P1, !Ref P2]", "open"),
        ("[!Ref P1, !Ref P1]", "fail"),
        ("[!Ref InZone, !Ref AlsoInZone]", "fail"),
        ("!Ref List", "open"),
        ("!Ref Fixed", "open"),
        ("[!Select [0, !Ref List], !Select [1, !Ref List]]", "open"),
        ("[!Select [0, !Ref List], !Select [0, !Ref List]]", "fail"),
        ("!Split [',', !ImportValue Subnets]", "open"),
        ("!Split [',', !Sub '${First},${Second}']", "pass"),
        ("[!Sub '${First},subnet-9']", "open"),
        ("[!Join [',', [!Ref First, subnet-9, !Ref Second]]]", "pass"),
        ("[!Ref MapA, !Ref MapB]", "pass"),
        ("[!Ref MapA, !Ref MapC]", "review"),
        ("[!Ref First, !Ref AlsoFirst, !Ref Second]", "pass"),
        ("!Ref AWS::NoValue", "pass"),
        ("[use1-az1, use1-az2]", "pass"),
        ("[use1-az1, us-east-1a]", "open"),
        ("[us-east-1a, us-east-1a]", "fail"),
        ("[us-east-1-bos-1a, us-east-1a]", "pass"),
        ("[us-east-1-wl1-bos-wlz-1, us-east-1a]", "pass"),
        ("[subnet-1, subnet-2]", "open"),
        ("[subnet-1, subnet-1]", "fail"),
        ("!Ref P1", "fail"),
        ("[!Select [0, !GetAZs ''], !Select [1, !GetAZs '']]", "pass"),
        ("[!Select [0, !GetAZs us-east-1], !Select [1, !GetAZs us-west-2]]", "open"),
        ("[!Select [0, !GetAZs ''], !Select [0, !GetAZs '']]", "fail"),
        ("!GetAZs ''", "pass"),
        ("!Sub '${First},,${AlsoFirst}'", "fail"),
        ("subnet-1, subnet-1", "fail"),
        ("!Split [',', !Join [',', !Ref List]]", "open"),
        ("[!Sub '${AWS::Region}a', !Join ['', [!Ref AWS::Region, b]]]", "pass"),
        ("[!Sub '${AWS::Region}a', !Join ['', [!Ref AWS::Region, a]]]", "fail"),
        ("[!Sub '${AWS::Region}a', !Sub '${AWS::Region}${Zone}']", "open"),
        ("[!Sub '${AWS::Region}a', eu-west-1b]", "open"),
    ],
    ids=str,
)
def test_number_of_zones_follows_from_the_subnets(rule: Rule, subnets: str, expected: str) -> None:
    assert verdict(rule, subnets) == expected


BALANCER = "  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: %s, Subnets: %s}}"


@pytest.mark.parametrize(
    ("subnets", "more", "expected"),
    [
        ("[!Ref P1, !Ref P2]", BALANCER % ("application", "[!Ref P1, !Ref P2]"), "pass"),
        ("!Ref List", BALANCER % ("application", "!Ref List"), "pass"),
        ("[!Ref P1, !Ref P2]", BALANCER % ("network", "[!Ref P1, !Ref P2]"), "pass"),
        ("!Ref List", BALANCER % ("network", "!Ref List"), "open"),
        (
            "[!Ref P1, !Ref P2]",
            "  T1: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: fs-1, SubnetId: !Ref P1}}\n"
            "  T2: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: fs-1, SubnetId: !Ref P2}}",
            "pass",
        ),
        (
            "[!Ref P1, !Ref P2]",
            "  T1: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: fs-1, SubnetId: !Ref P1}}\n"
            "  T2: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: fs-2, SubnetId: !Ref P2}}",
            "open",
        ),
        ("!Ref List", "  G: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: !Ref List}}", "pass"),
        (
            "[!Ref P1, !Ref P2]",
            "  G: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: [!Ref P1, !Ref P2]}}",
            "pass",
        ),
        (
            "[!Ref P1, !Ref P2]",
            "  G: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: [!Ref P1, !Ref P2, subnet-3]}}",
            "open",
        ),
        (
            "[!Ref P1, !Ref P2]",
            "  K: {Type: AWS::MSK::Cluster, Properties: {BrokerNodeGroupInfo: {ClientSubnets: [!Ref P1, !Ref P2]}}}",
            "pass",
        ),
    ],
    ids=[
        "an Application Load Balancer takes one subnet of each zone",
        "an Application Load Balancer has two zones, also when its list is a parameter",
        "a Network Load Balancer takes at most one subnet of each zone",
        "a Network Load Balancer may have one zone",
        "the mount targets of a file system lie in different zones",
        "mount targets of different file systems prove nothing",
        "a DB subnet group covers two zones",
        "two members of a DB subnet group differ",
        "of three members any two may be equal",
        "brokers have one zone a subnet",
    ],
)
def test_number_of_zones_follows_from_other_resources(rule: Rule, subnets: str, more: str, expected: str) -> None:
    assert verdict(rule, subnets, more) == expected


@pytest.mark.parametrize(
    ("subnets", "reason"),
    [
        ("!Ref List", 'the zones of "List" are not known'),
        ("[!Ref P1, !Ref List]", 'the zones of "List" are not known'),
        ("[!Ref P1, !Ref P2]", '"P1" and "P2" may lie in the same zone'),
        ("[!Ref First, !Ref AlsoFirst, !Ref Somewhere]", '"First" and "Somewhere" may lie in the same zone'),
        ("[!Select [0, !Ref List], !Ref P1]", '"item 0 of List" and "P1" may lie in the same zone'),
    ],
)
def test_open_number_has_the_reason(rule: Rule, subnets: str, reason: str) -> None:
    [finding] = findings(rule, subnets)
    assert (finding.verdict, finding.reason) == ("open", reason)


def test_number_of_zones_of_a_region_is_open(tmp_path: Path) -> None:
    three = load_rule(tmp_path, ASSERTION.replace("min: 2", "min: 3"), resources=["AWS::Lambda::Function"])
    [finding] = findings(three, "!GetAZs ''")
    assert (finding.verdict, finding.reason) == ("open", "the number of zones of the Region is not known")


ONE_SUBNET_A_ZONE = {
    "AWS::AmazonMQ::Broker": "{SubnetIds: %s}",
    "AWS::EC2::TransitGatewayAttachment": "{SubnetIds: %s}",
    "AWS::EC2::TransitGatewayVpcAttachment": "{SubnetIds: %s}",
    "AWS::EC2::VPCEndpoint": "{SubnetIds: %s}",
    "AWS::ElasticLoadBalancing::LoadBalancer": "{Subnets: %s}",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "{Type: network, Subnets: %s}",
    "AWS::MSK::Cluster": "{BrokerNodeGroupInfo: {ClientSubnets: %s}}",
}
TWO_ZONES_AT_LEAST = {
    "AWS::DMS::ReplicationSubnetGroup": "{SubnetIds: %s}",
    "AWS::DocDB::DBSubnetGroup": "{SubnetIds: %s}",
    "AWS::EKS::Cluster": "{ResourcesVpcConfig: {SubnetIds: %s}}",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "{Subnets: %s}",
    "AWS::MSK::Cluster": "{BrokerNodeGroupInfo: {ClientSubnets: %s}}",
    "AWS::Neptune::DBSubnetGroup": "{SubnetIds: %s}",
    "AWS::RDS::DBSubnetGroup": "{SubnetIds: %s}",
}
PROVES_NOTHING = {
    "AWS::ElasticLoadBalancing::LoadBalancer": "{Subnets: %s}",
    "AWS::ElastiCache::SubnetGroup": "{SubnetIds: %s}",
    "AWS::RDS::DBProxy": "{VpcSubnetIds: %s}",
}


@pytest.mark.parametrize(("resource_type", "properties"), ONE_SUBNET_A_ZONE.items())
def test_members_of_a_list_without_doubles_lie_in_different_zones(
    rule: Rule, resource_type: str, properties: str
) -> None:
    more = f"  Other: {{Type: {resource_type}, Properties: {properties % '[!Ref P1, subnet-3, !Ref P2]'}}}"
    assert verdict(rule, "[!Ref P1, !Ref P2]", more) == "pass"


@pytest.mark.parametrize(
    ("resource_type", "properties", "expected"),
    [
        *((name, properties, "pass") for name, properties in TWO_ZONES_AT_LEAST.items()),
        *((name, properties, "open") for name, properties in PROVES_NOTHING.items()),
    ],
)
def test_list_of_two_zones_at_least(rule: Rule, resource_type: str, properties: str, expected: str) -> None:
    more = f"  Other: {{Type: {resource_type}, Properties: {properties % '!Ref List'}}}"
    assert verdict(rule, "!Ref List", more) == expected


@pytest.mark.parametrize(("second", "expected"), [("!Select [1, !Ref List]", "pass"), ("!Ref P1", "open")])
def test_list_of_which_two_members_differ_spans_two_zones(rule: Rule, second: str, expected: str) -> None:
    mounted = "".join(
        f"  M{number}: {{Type: AWS::EFS::MountTarget, Properties: {{FileSystemId: fs-1, SubnetId: {subnet}}}}}\n"
        for number, subnet in enumerate(("!Select [0, !Ref List]", second))
    )

    assert verdict(rule, "!Ref List", mounted) == expected
