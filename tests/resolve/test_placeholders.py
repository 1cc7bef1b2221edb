"""A value that cannot be what its property wants is a placeholder for what a deployment passes."""

from __future__ import annotations

import pytest

from relint.resolve.placeholders import missing_kind

SUBNETS = ("Resources", "Fleet", "Properties", "VPCZoneIdentifier", 0, "Ref")
ZONE = ("Resources", "Subnet", "Properties", "AvailabilityZone", "Ref")


@pytest.mark.parametrize("value", ["", "none", "subnet-", "subnet-123", "subnet-0a1b2c3g", "vpc-0a1b2c3d", []])
def test_text_in_another_form_is_a_placeholder_for_a_subnet(value: object) -> None:
    assert missing_kind(SUBNETS, value) == "the id of a subnet"


@pytest.mark.parametrize(
    "value", ["subnet-0a1b2c3d", "subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d, subnet-1a1b2c3d", ["subnet-0a1b2c3d"]]
)
def test_subnet_ids_are_values(value: object) -> None:
    assert missing_kind(SUBNETS, value) is None


def test_dynamic_reference_is_a_value() -> None:
    assert missing_kind(SUBNETS, "{{resolve:ssm:/subnet:1}}") is None


def test_part_of_an_assembled_zone_name_is_a_value() -> None:
    assert missing_kind(ZONE, "a") == "the name of a zone"
    assert missing_kind((*ZONE[:-1], "Fn::Sub"), "a") is None
    assert missing_kind((*ZONE[:-1], "Fn::Sub"), "") == "the name of a zone"


def test_branches_of_a_condition_belong_to_the_property() -> None:
    path = ("Resources", "Fleet", "Properties", "VPCZoneIdentifier", "Fn::If", 1, 0, "Ref")
    assert missing_kind(path, "") == "the id of a subnet"


def test_key_of_a_lookup_is_a_value() -> None:
    assert missing_kind((*SUBNETS[:-2], "Fn::Split", 1, "Fn::ImportValue", "Fn::Sub"), "shop") is None
    assert missing_kind((*SUBNETS[:-1], "Fn::Select", 0, "Ref"), "1") is None
    assert missing_kind((*SUBNETS[:-1], "Fn::Select", 1, "Ref"), "1") == "the id of a subnet"


def test_type_of_the_parameter_decides_for_other_properties() -> None:
    path = ("Resources", "Child", "Properties", "Parameters", "First", "Ref")
    assert missing_kind(path, "", "AWS::EC2::Subnet::Id") == "the id of a subnet"
    assert missing_kind(path, [], "List<AWS::EC2::Subnet::Id>") == "the id of a subnet"
    assert missing_kind(path, "") is None


def test_other_properties_accept_any_text() -> None:
    assert missing_kind(("Resources", "Fleet", "Properties", "Description", "Ref"), "") is None
    assert missing_kind(("Conditions", "SubnetIds", "Ref"), "") is None
