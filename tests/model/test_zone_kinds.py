"""Kinds of zones, by every way in which a template names the place of a subnet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.check_rule import check_one
from tests.helpers.rules import load_rule

PARAMETERS = "Parameters: {Zone: {Type: String}, Only: {Type: AWS::EC2::Subnet::Id}}"


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ("{AvailabilityZone: us-west-2a}", "availability-zone"),
        ("{AvailabilityZoneId: use1-az1}", "availability-zone"),
        ('{AvailabilityZone: !Select [1, !GetAZs ""]}', "availability-zone"),
        ('{AvailabilityZone: !Sub "${AWS::Region}b"}', "availability-zone"),
        ("{CidrBlock: 10.0.0.0/24}", "availability-zone"),
        ("{AvailabilityZone: us-west-2-lax-1a}", "local-zone"),
        ("{AvailabilityZoneId: usw2-lax1-az1}", "local-zone"),
        ('{AvailabilityZone: !Sub "${AWS::Region}-lax-1a"}', "local-zone"),
        ("{AvailabilityZone: us-east-1-wl1-bos-wlz-1}", "local-zone"),
        ("{AvailabilityZoneId: use1-wl1-bos-wlz1}", "local-zone"),
        ("{AvailabilityZone: us-west-2a, OutpostArn: !Ref Zone}", "outpost"),
        ("{AvailabilityZone: !Ref Zone}", "unknown"),
        ("{AvailabilityZone: !ImportValue zone}", "unknown"),
    ],
)
def test_kind_of_the_zone_of_a_subnet(tmp_path: Path, properties: str, kind: str) -> None:
    subnet = f"  A: {{Type: AWS::EC2::Subnet, Properties: {properties}}}"

    assert kinds_of(tmp_path, f"{PARAMETERS}\nResources:\n{subnet}", "!Ref A") == kind


@pytest.mark.parametrize("subnet", ["!Ref Only", "subnet-0123456789abcdef0", "!ImportValue subnet"])
def test_kind_of_a_subnet_from_elsewhere_is_unknown(tmp_path: Path, subnet: str) -> None:
    assert kinds_of(tmp_path, f"{PARAMETERS}\nResources:", subnet) == "unknown"


def kinds_of(tmp_path: Path, head: str, subnet: str) -> str:
    """Return the kinds for which a rule on the kind of a load balancer with this subnet passes."""
    passing = []
    for kind in ("availability-zone", "local-zone", "outpost", "unknown"):
        rule = load_rule(
            tmp_path,
            f"assert: [{{fact: topology/zone_kind, equals: {kind}}}]\n",
            resources=["AWS::ElasticLoadBalancingV2::LoadBalancer"],
        )
        text = (
            f"{head}\n  Web: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {{Subnets: [{subnet}]}}}}\n"
        )
        report = check_one(text, rule, {})
        assert not report.failures
        if not report.findings:
            passing.append(kind)
    return " ".join(passing)
