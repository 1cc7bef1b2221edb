"""Work for large networks, in function calls: it grows with their size, and not with the ways to deploy them."""

from __future__ import annotations

import json
import sys
from types import FrameType

import pytest

import relint

Resources = dict[str, dict[str, object]]

SUBNETS = 20
CALLS_PER_RESOURCE = 10_000


def resource(resource_type: str, condition: int | None = None, **properties: object) -> dict[str, object]:
    conditional = {} if condition is None else {"Condition": f"C{condition % 20}"}
    return {"Type": f"AWS::{resource_type}", **conditional, "Properties": properties}


def subnets(count: int) -> Resources:
    found: Resources = {"Vpc": resource("EC2::VPC", CidrBlock="10.0.0.0/16")}
    for index in range(count):
        zone = {"Fn::Select": [index % 3, {"Fn::GetAZs": ""}]}
        block = f"10.0.{index}.0/24"
        found[f"S{index}"] = resource("EC2::Subnet", VpcId={"Ref": "Vpc"}, CidrBlock=block, AvailabilityZone=zone)
    return found


def conditional_network(users: int) -> Resources:
    """Return services and functions in subnets whose routes and associations depend on twenty conditions."""
    found = subnets(SUBNETS)
    found["Task"] = resource("ECS::TaskDefinition", RequiresCompatibilities=["FARGATE"], ContainerDefinitions=[])
    for index in range(SUBNETS):
        table, nat = {"Ref": f"T{index}"}, {"Ref": f"N{index}"}
        found[f"T{index}"] = resource("EC2::RouteTable", VpcId={"Ref": "Vpc"})
        found[f"N{index}"] = resource("EC2::NatGateway", SubnetId={"Ref": f"S{index}"}, AllocationId="eipalloc-1")
        route = {"RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": nat}
        found[f"R{index}"] = resource("EC2::Route", index, **route)
        association = {"SubnetId": {"Ref": f"S{index}"}, "RouteTableId": table}
        found[f"A{index}"] = resource("EC2::SubnetRouteTableAssociation", index + 7, **association)
    for index in range(users):
        used = [{"Ref": f"S{(index + step) % SUBNETS}"} for step in range(10)]
        network = {"AwsvpcConfiguration": {"Subnets": used}}
        service = {"LaunchType": "FARGATE", "TaskDefinition": {"Ref": "Task"}, "NetworkConfiguration": network}
        found[f"Service{index}"] = resource("ECS::Service", **service)
        found[f"Function{index}"] = resource("Lambda::Function", VpcConfig={"SubnetIds": used})
    return found


def groups(count: int) -> Resources:
    """Return groups that have twenty subnets each."""
    found = subnets(count)
    for index in range(count):
        used = [{"Ref": f"S{(index + 7 * step) % count}"} for step in range(20)]
        found[f"G{index}"] = resource("AutoScaling::AutoScalingGroup", MinSize="2", MaxSize="4", VPCZoneIdentifier=used)
    return found


def calls_of(resources: Resources) -> int:
    parameters = {f"P{index}": {"Type": "String", "Default": "yes"} for index in range(20)}
    conditions = {f"C{index}": {"Fn::Equals": [{"Ref": f"P{index}"}, "yes"]} for index in range(20)}
    text = json.dumps({"Parameters": parameters, "Conditions": conditions, "Resources": resources})
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        relint.check_text(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize(
    "resources",
    [
        pytest.param(conditional_network(5), id="routes with conditions"),
        pytest.param(groups(50), id="groups in many subnets"),
    ],
)
def test_large_network_takes_little_work(resources: Resources) -> None:
    calls = calls_of(resources)
    assert calls < CALLS_PER_RESOURCE * len(resources)
