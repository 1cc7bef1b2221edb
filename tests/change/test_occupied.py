"""Names, addresses, ports and zones that a replaced resource has until CloudFormation deletes it."""

from __future__ import annotations

import pytest

from relint.change.service.occupied import occupied_by_old
from tests.helpers.comparisons import compared

SUBNETS = """\
Resources:
  Thing: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}}
  Other: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b}}
"""
GATEWAY = """\
Resources:
  Address: {Type: AWS::EC2::EIP}
  Thing: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: subnet-1, AllocationId: !GetAtt Address.AllocationId}}
"""
MOUNT = """\
Resources:
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a}}
  C: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.2.0/24, AvailabilityZone: eu-west-1b}}
  Thing: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: fs-1, SubnetId: !Ref A}}
"""
LISTENER = """\
Resources:
  Thing: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: arn, Port: 443, Protocol: HTTPS}}
"""
CASES = {
    "block in part": (SUBNETS, "10.0.0.0/24", "10.0.0.0/25", "10.0.0.0/24"),
    "block of a sibling": (SUBNETS, "10.0.0.0/24", "10.0.1.128/25", "10.0.1.0/24"),
    "free block": (SUBNETS, "10.0.0.0/24", "10.0.2.0/24", ""),
    "other zone": (SUBNETS, "eu-west-1a", "eu-west-1c", "10.0.0.0/24"),
    "other VPC": (SUBNETS, "vpc-1, CidrBlock: 10.0.0.0", "vpc-2, CidrBlock: 10.0.0.0", ""),
    "address of a gateway": (GATEWAY, "subnet-1", "subnet-2", "Address"),
    "private gateway": (
        GATEWAY.replace("AllocationId: !GetAtt Address.AllocationId", "ConnectivityType: private"),
        "subnet-1",
        "subnet-2",
        "",
    ),
    "address that is replaced too": (
        GATEWAY.replace("EIP}", "EIP, Properties: {NetworkBorderGroup: one}}"),
        "Group: one",
        "Group: two",
        "",
    ),
    "zone of a mount target": (MOUNT, "SubnetId: !Ref A", "SubnetId: !Ref B", "eu-west-1a"),
    "other zone of a mount target": (MOUNT, "SubnetId: !Ref A", "SubnetId: !Ref C", ""),
    "port of a renamed listener": (LISTENER, "Thing", "Https", "443"),
}


@pytest.mark.parametrize(("old", "before", "after", "expected"), CASES.values(), ids=CASES)
def test_old_resource_occupies_until_it_is_deleted(old: str, before: str, after: str, expected: str) -> None:
    comparison = compared(old, old.replace(before, after))
    (change,) = (one for one in comparison.changes if one.logical_id in ("Thing", "Https"))
    assert occupied_by_old(comparison, change) == expected
