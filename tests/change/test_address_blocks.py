"""Address blocks that are computed from that of a VPC, compared with literal ones."""

from __future__ import annotations

import pytest

from tests.helpers.comparisons import compared, only_value

VPC = """\
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
"""
COMPUTED = "!Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 4, 8]]"


def test_computed_block_equals_the_literal_one() -> None:
    assert compared(VPC, VPC.replace("10.0.1.0/24", COMPUTED)).changes == ()


@pytest.mark.parametrize(("bits", "block"), [("9", "10.0.2.0/23"), ("7", "10.0.0.128/25")])
def test_another_number_of_bits_makes_another_block(bits: str, block: str) -> None:
    old = VPC.replace("10.0.1.0/24", COMPUTED)
    value = only_value(compared(old, old.replace("4, 8", f"4, {bits}")).by_id()["Subnet"])
    assert (value.old, value.new, value.open_reason) == ("10.0.1.0/24", block, "")


def test_block_of_another_vpc_block_follows_the_replacement() -> None:
    old = VPC.replace("10.0.1.0/24", COMPUTED)
    change = compared(old, old.replace("10.0.0.0/16", "10.1.0.0/16")).by_id()["Subnet"]
    assert {value.replaced for value in change.properties} == {"Vpc"}
