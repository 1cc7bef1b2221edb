"""Targets of load balancers that lie in a zone which is not enabled."""

from __future__ import annotations

from typing import Any

import pytest

from relint.checks.elb.target_zones import check
from tests.helpers.views import view_of

SUBNETS = {
    f"Subnet{zone.upper()}": {"Type": "AWS::EC2::Subnet", "Properties": {"AvailabilityZone": f"us-east-1{zone}"}}
    for zone in "abc"
}
AB = [{"Ref": "SubnetA"}, {"Ref": "SubnetB"}]
TARGET_GROUP = {"Ref": "Targets"}
GROUP = "AWS::AutoScaling::AutoScalingGroup"
INSTANCE = "AWS::EC2::Instance"


def outside(balancer: dict[str, Any], resources: dict[str, Any]) -> list[str]:
    """Return the targets that are reported, each with the sentence of the related place."""
    view = view_of({**SUBNETS, "Balancer": balancer, **resources})
    problems = list(check(view.template.resources["Balancer"], view))
    assert all((problem.message, problem.level) == ("uncovered", "warning") for problem in problems)
    return [f"{problem.values['target']}: {problem.related[0][1]}" for problem in problems]


def new(enabled: dict[str, Any], target: dict[str, Any], members: list[Any] | None = None) -> list[str]:
    """Return what is reported of a load balancer with a listener, a target group and a target."""
    balancer = {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": enabled}
    listener = {"LoadBalancerArn": {"Ref": "Balancer"}, "DefaultActions": [{"TargetGroupArn": TARGET_GROUP}]}
    resources = {
        "Listener": {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": listener},
        "Targets": {
            "Type": "AWS::ElasticLoadBalancingV2::TargetGroup",
            "Properties": {"Targets": members or []},
        },
        "Target": target,
    }
    return outside(balancer, resources)


REPORTED = ['Target: "Target" runs here.']
MAPPINGS = {"SubnetMappings": [{"SubnetId": subnet} for subnet in AB]}


@pytest.mark.parametrize("enabled", [{"Subnets": AB}, MAPPINGS])
@pytest.mark.parametrize("zone", "abc")
def test_targets_of_a_target_group(enabled: dict[str, Any], zone: str) -> None:
    expected = REPORTED if zone == "c" else []
    subnet = {"Ref": f"Subnet{zone.upper()}"}
    served = {"TargetGroupARNs": [TARGET_GROUP]}
    for lies in ({"VPCZoneIdentifier": [subnet]}, {"AvailabilityZones": [f"us-east-1{zone}"]}):
        assert new(enabled, {"Type": GROUP, "Properties": {**served, **lies}}) == expected
    network = {"NetworkConfiguration": {"AwsvpcConfiguration": {"Subnets": [subnet]}}}
    service = {**network, "LoadBalancers": [{"TargetGroupArn": TARGET_GROUP}]}
    assert new(enabled, {"Type": "AWS::ECS::Service", "Properties": service}) == expected
    instance = {"Type": INSTANCE, "Properties": {"SubnetId": subnet}}
    assert new(enabled, instance, [{"Id": {"Ref": "Target"}}]) == expected


@pytest.mark.parametrize("zone", "abc")
def test_targets_of_a_classic_load_balancer(zone: str) -> None:
    expected = REPORTED if zone == "c" else []
    classic = {"Type": "AWS::ElasticLoadBalancing::LoadBalancer"}
    place = f"us-east-1{zone}"
    for enabled in ({"Subnets": AB}, {"AvailabilityZones": ["us-east-1a", "us-east-1b"]}):
        group = {"LoadBalancerNames": [{"Ref": "Balancer"}], "AvailabilityZones": [place]}
        assert outside({**classic, "Properties": enabled}, {"Target": {"Type": GROUP, "Properties": group}}) == expected
        listed = {**enabled, "Instances": [{"Ref": "Target"}]}
        instance = {"Type": INSTANCE, "Properties": {"AvailabilityZone": place}}
        assert outside({**classic, "Properties": listed}, {"Target": instance}) == expected


def test_zones_that_are_not_known_report_nothing() -> None:
    target = {"Type": GROUP, "Properties": {"TargetGroupARNs": [TARGET_GROUP], "AvailabilityZones": ["us-east-1c"]}}
    assert new({"Subnets": {"Fn::Split": [",", {"Fn::ImportValue": "subnets"}]}}, target) == []
    assert new({}, target) == []
    assert new({"Subnets": ["subnet-1"]}, target) == []
