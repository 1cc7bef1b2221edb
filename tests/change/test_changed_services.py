"""Pull requests to services that run: which change is announced, once, and which is ordinary."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import relint
from relint.discover.candidate import Candidate
from tests.helpers.paths import ROOT

SERVICES = ROOT / "tests" / "data" / "changed_services"
GONE = {
    "Resources:": "Conditions: {Never: !Equals [a, b]}\nResources:",
    "  RouteA: {": "  RouteA: {Condition: Never, ",
    "  RouteB: {": "  RouteB: {Condition: Never, ",
    "  NatA: {": "  NatA: {Condition: Never, ",
    "  NatB: {": "  NatB: {Condition: Never, ",
}


def findings(service: str, edits: Mapping[str, str]) -> list[str]:
    """Return what relint says of an edited service: "CHG-505 error Alb", in the order of the report."""
    old = (SERVICES / f"{service}.yaml").read_text(encoding="utf-8")
    new = old
    for before, after in edits.items():
        assert before in new, before
        new = new.replace(before, after)
    pair = (Candidate("old.yaml", old, is_explicit=True), Candidate("new.yaml", new, is_explicit=True))
    report = relint.diff(*pair, select=["CHG-501", "CHG-503", "CHG-505", "CHG-506", "CHG-509"], config=None).report
    assert report.failures == ()
    return [f"{one.rule.id} {one.level} {one.logical_id}" for one in report.findings if one.verdict == "fail"]


ANNOUNCED = {
    "load balancer becomes internal": ("web", {"Scheme: internet-facing": "Scheme: internal"}, "CHG-505 error Alb"),
    "load balancer gets another name": ("web", {"Name: web": "Name: front"}, "CHG-505 error Alb"),
    "load balancer gets another logical id": (
        "web",
        {"  Alb: {": "  Front: {", "LoadBalancerArn: !Ref Alb": "LoadBalancerArn: !Ref Front"},
        "CHG-505 error Front",
    ),
    "target group gets another port": (
        "web",
        {"Port: 80, Protocol: HTTP": "Port: 81, Protocol: HTTP"},
        "CHG-505 error Tg",
    ),
    "security group of the load balancer gets another description": (
        "web",
        {"GroupDescription: alb": "GroupDescription: public"},
        "CHG-505 error AlbSg",
    ),
    "security group of the database gets another description": (
        "web",
        {"GroupDescription: db": "GroupDescription: orders"},
        "CHG-505 error DbSg",
    ),
    "one subnet gets another block": ("web", {"10.0.10.0/24": "10.0.20.0/24"}, "CHG-505 error PrivateA"),
    "both subnets of a tier get other blocks": (
        "web",
        {"10.0.10.0/24": "10.0.20.0/24", "10.0.11.0/24": "10.0.21.0/24"},
        "CHG-506 error PrivateA",
    ),
    "VPC gets another block": ("web", {"10.0.0.0/16": "10.0.0.0/15"}, "CHG-505 error Vpc"),
    "one NAT gateway gets another address": ("web", {"GetAtt EipA.": "GetAtt SpareA."}, "CHG-505 error NatA"),
    "both NAT gateways get other addresses": (
        "web",
        {"GetAtt EipA.": "GetAtt SpareA.", "GetAtt EipB.": "GetAtt SpareB."},
        "CHG-506 error NatA",
    ),
    "both NAT gateways are removed with the routes to them": ("web", GONE, "CHG-506 warning NatA"),
    "addresses of both NAT gateways move to another zone group": (
        "web",
        {"EIP, Properties: {Domain: vpc}": "EIP, Properties: {Domain: vpc, NetworkBorderGroup: eu-west-1-ber-1}"},
        "CHG-506 error EipA",
    ),
    "private subnet leaves by the NAT gateway of the other zone": (
        "web",
        {"NatGatewayId: !Ref NatA": "NatGatewayId: !Ref NatB"},
        "CHG-505 warning RouteA",
    ),
    "database gets another class": ("web", {"db.t4g.small": "db.t4g.large"}, "CHG-505 warning Db"),
    "API becomes one of WebSockets": (
        "serverless",
        {"ProtocolType: HTTP": "ProtocolType: WEBSOCKET"},
        "CHG-505 error Api",
    ),
    "stage gets another name": ("serverless", {"StageName: v1": "StageName: v2"}, "CHG-505 error Stage"),
    "function with a URL gets another name": (
        "serverless",
        {"FunctionName: orders": "FunctionName: shop"},
        "CHG-505 error Fn",
    ),
    "table gets another key": ("serverless", {"AttributeName: id": "AttributeName: pk"}, "CHG-501 warning Table"),
    "all instances of a cluster get another class": (
        "cluster",
        {"db.r6g.large": "db.r6g.xlarge"},
        "CHG-506 warning One",
    ),
    "one instance of a cluster gets another class": (
        "cluster",
        {"db.r6g.large}}\n  Two": "db.r6g.xlarge}}\n  Two"},
        "CHG-505 warning One",
    ),
    "cluster gets another engine version": ("cluster", {"3.05.2": "3.08.0"}, "CHG-505 warning Cluster"),
    "all instances behind a load balancer get another type": (
        "instances",
        {"m6i.large": "m7i.large"},
        "CHG-506 warning WebA",
    ),
    "all instances behind a load balancer get another image": ("instances", {"ami-1": "ami-2"}, "CHG-506 warning WebA"),
    "all mount targets move": (
        "instances",
        {
            "SubnetId: subnet-1a, Sec": "SubnetId: subnet-2a, Sec",
            "SubnetId: subnet-1b, Sec": "SubnetId: subnet-2b, Sec",
        },
        "CHG-506 error MountA",
    ),
    "group without a rolling update gets another name": (
        "fleet",
        {"GroupName: web": "GroupName: shop"},
        "CHG-506 warning Asg",
    ),
    "load balancer becomes one of HTTP": ("fleet", {"Type: network": "Type: application"}, "CHG-505 error Nlb"),
}

ORDINARY = {
    "task gets another image": ("web", {'Image: "app:1"': 'Image: "app:2"'}),
    "service gets more tasks": ("web", {"DesiredCount: 2": "DesiredCount: 4"}),
    "listener gets another certificate": ("web", {"certificate/a": "certificate/b"}),
    "listener gets another port": ("web", {"Port: 443, Protocol: HTTPS": "Port: 8443, Protocol: HTTPS"}),
    "target group gets another health check": ("web", {"HealthCheckPath: /": "HealthCheckPath: /health"}),
    "rule of a security group gets another port": ("web", {"FromPort: 3306": "FromPort: 3300"}),
    "role gets another name": ("web", {"RoleName: task": "RoleName: web-task"}),
    "database keeps backups longer": ("web", {"BackupRetentionPeriod: 7": "BackupRetentionPeriod: 14"}),
    "subnets change their order": ("web", {"[!Ref PublicA, !Ref PublicB]": "[!Ref PublicB, !Ref PublicA]"}),
    "function gets a new version": ("serverless", {"Description: one": "Description: two"}),
    "API gets another name": ("serverless", {"Name: orders, Prot": "Name: shop, Prot"}),
    "mount targets get another security group": ("instances", {"sg-1": "sg-2"}),
    "group with a rolling update gets another name": (
        "fleet",
        {
            "GroupName: web": "GroupName: shop",
            "ScheduledAction: {IgnoreUnmodifiedGroupSizeProperties: true}": "RollingUpdate: {MinInstancesInService: 2}",
        },
    ),
    "launch template gets another image": ("fleet", {"ami-1": "ami-2"}),
}


@pytest.mark.parametrize(("service", "edits", "expected"), ANNOUNCED.values(), ids=ANNOUNCED)
def test_felt_change_has_one_finding(service: str, edits: Mapping[str, str], expected: str) -> None:
    assert findings(service, edits) == [expected]


@pytest.mark.parametrize(("service", "edits"), ORDINARY.values(), ids=ORDINARY)
def test_ordinary_deployment_is_silent(service: str, edits: Mapping[str, str]) -> None:
    assert findings(service, edits) == []


def test_removed_gateways_with_other_routes_have_no_finding() -> None:
    edits = {
        "Resources:": "Conditions: {Never: !Equals [a, b]}\nResources:",
        "  NatA: {": "  NatA: {Condition: Never, ",
        "  NatB: {": "  NatB: {Condition: Never, ",
        "NatGatewayId: !Ref NatA": "TransitGatewayId: tgw-1",
        "NatGatewayId: !Ref NatB": "TransitGatewayId: tgw-1",
    }
    assert findings("web", edits) == ["CHG-505 warning RouteA", "CHG-505 warning RouteB"]


def test_instances_that_change_in_turns_have_findings_of_their_own() -> None:
    edits = {
        "Two: {Type: AWS::RDS::DBInstance,": "Two: {Type: AWS::RDS::DBInstance, DependsOn: One,",
        "db.r6g.large": "db.r6g.xlarge",
    }
    assert findings("cluster", edits) == ["CHG-505 warning One", "CHG-505 warning Two"]
