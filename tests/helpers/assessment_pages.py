"""Templates that try the limits of the picture of an assessment, and the pages of them and of the fixtures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import relint
from tests.helpers.paths import ROOT

LONG_NAME = "X" + "VeryLongLogicalNameWithoutAnyEnd" * 7
HOSTILE_NAMES = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "bad\x1b[31m\u202eevil",
    "\u65e5\u672c" * 40,
)


def web_stack(zones: int, name: str = "Servers") -> dict[str, Any]:
    """Return the resources of a load balancer and a group of servers in the first zones of the Region."""
    subnets = [f"Subnet{number}" for number in range(zones)]
    resources: dict[str, Any] = {
        subnet: {
            "Type": "AWS::EC2::Subnet",
            "Properties": {"VpcId": "vpc-1", "AvailabilityZone": {"Fn::Select": [number, {"Fn::GetAZs": ""}]}},
        }
        for number, subnet in enumerate(subnets)
    }
    references = [{"Ref": subnet} for subnet in subnets]
    action = {"Type": "forward", "TargetGroupArn": {"Ref": "Targets"}}
    resources |= {
        "Balancer": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Subnets": references}},
        "Listener": {
            "Type": "AWS::ElasticLoadBalancingV2::Listener",
            "Properties": {"LoadBalancerArn": {"Ref": "Balancer"}, "DefaultActions": [action]},
        },
        "Targets": {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": {}},
        name: {
            "Type": "AWS::AutoScaling::AutoScalingGroup",
            "Properties": {
                "MinSize": str(zones),
                "MaxSize": "12",
                "TargetGroupARNs": [{"Ref": "Targets"}],
                "VPCZoneIdentifier": references,
            },
        },
    }
    return resources


def hostile_stack() -> dict[str, Any]:
    """Return 80 resources in six zones and in unknown ones, with names that are long, foreign or markup."""
    resources = web_stack(6, LONG_NAME)
    types = ("AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::RDS::DBInstance", "AWS::EFS::FileSystem")
    names = [*HOSTILE_NAMES, *(f"Store{number:02}" + "WithAName" * (number % 3) for number in range(66))]
    for number, name in enumerate(names):
        resources[name] = {"Type": types[number % 4], "Properties": {"MultiAZ": True} if number % 8 == 2 else {}}
    return resources


STACKS: dict[str, dict[str, Any]] = {
    "hostile": hostile_stack(),
    "one-zone": web_stack(1),
    "six-zones": web_stack(6),
    "nothing": {"Role": {"Type": "AWS::IAM::Role", "Properties": {}}},
}
FIXTURES = ("available-web", "fragile-web", "serverless-orders", "nested-shop", "data-platform")


def page_of(name: str, folder: Path) -> str:
    """Return the page of a fixture or of one of STACKS, which is written into a folder first."""
    path = ROOT / "fixtures" / name
    if name in STACKS:
        path = folder / f"{name}.json"
        path.write_text(json.dumps({"Resources": STACKS[name]}), encoding="utf-8")
    return relint.render_assessment(relint.assess(path, config=None), "html")
