"""Resources of two templates: what an update does to them, and which are added, removed or renamed."""

from __future__ import annotations

import pytest

from tests.helpers.comparisons import QUEUE, compared, only_change, only_value, resource


def test_create_only_property_replaces() -> None:
    change = only_change(QUEUE, QUEUE.replace("QueueName: orders", "QueueName: others"))
    assert (change.kind, change.effect, change.kept_name) == ("modified", "replaces", "")


def test_other_property_interrupts_nothing() -> None:
    assert only_change(QUEUE, QUEUE.replace("30", "60")).effect == "none"


def test_replaced_resource_that_keeps_its_name_is_marked() -> None:
    assert only_change(QUEUE, QUEUE.replace("FifoQueue: true", "FifoQueue: false")).kept_name == "orders"


def test_create_only_member_of_an_added_object_replaces() -> None:
    old = resource("EngineVersion: OpenSearch_2.11", "AWS::OpenSearchService::Domain")
    change = only_change(old, f"{old}\n      EncryptionAtRestOptions: {{Enabled: true}}\n")
    assert change.effect == "varies"


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        pytest.param("7", "0", "interrupts", id="to zero"),
        pytest.param("0", "7", "interrupts", id="from zero"),
        pytest.param("7", "14", "none", id="between others"),
    ],
)
def test_effect_depends_on_the_values(old: str, new: str, effect: str) -> None:
    old_text = resource(f"BackupRetentionPeriod: {old}", "AWS::RDS::DBInstance")
    new_text = resource(f"BackupRetentionPeriod: {new}", "AWS::RDS::DBInstance")
    assert only_change(old_text, new_text).effect == effect


@pytest.mark.parametrize(("upgrade", "effect"), [("true", "none"), ("false", "replaces")])
def test_effect_depends_on_the_update_policy(upgrade: str, effect: str) -> None:
    policy = f"UpdatePolicy: {{EnableVersionUpgrade: {upgrade}}}\n"
    old = resource("EngineVersion: OpenSearch_2.11", "AWS::OpenSearchService::Domain", attributes=policy)
    assert only_change(old, old.replace("2.11", "2.13")).effect == effect


@pytest.mark.parametrize(("will_replace", "effect", "stays"), [("true", "replaces", False), ("false", "varies", True)])
def test_only_an_update_policy_replaces_an_auto_scaling_group(will_replace: str, effect: str, stays: bool) -> None:
    policy = f"UpdatePolicy: {{AutoScalingReplacingUpdate: {{WillReplace: {will_replace}}}}}\n"
    old = resource("VPCZoneIdentifier: [subnet-1]", "AWS::AutoScaling::AutoScalingGroup", attributes=policy)
    change = only_change(old, old.replace("subnet-1", "subnet-2"))
    assert (change.effect, only_value(change).fact.stays) == (effect, stays)


def test_effect_on_a_custom_resource_is_unknown() -> None:
    old = resource("Size: 1", "Custom::Thing")
    assert only_change(old, old.replace("1", "2")).effect == "unknown"


def test_attribute_changes_nothing_that_is_deployed() -> None:
    change = only_change(QUEUE, QUEUE.replace("Properties", "DeletionPolicy: Retain\n    Properties"))
    assert (change.properties, change.effect) == ((), "none")
    assert (only_value(change).path, only_value(change).new) == (("DeletionPolicy",), "Retain")


VPC = """\
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: [!Ref Subnet], DBSubnetGroupDescription: all}}
"""


def test_replacement_spreads_through_create_only_properties() -> None:
    changes = compared(VPC, VPC.replace("10.0.0.0", "10.1.0.0")).by_id()
    assert {name: change.effect for name, change in changes.items()} == {
        "Vpc": "replaces",
        "Subnet": "replaces",
        "Group": "none",
    }
    assert only_value(changes["Subnet"]).replaced == "Vpc"
    assert only_value(changes["Group"]).replaced == "Subnet"


def test_removed_and_added_resources_are_listed() -> None:
    new = "Resources: {Topic: {Type: AWS::SNS::Topic}}"
    assert [(change.kind, change.logical_id) for change in compared(QUEUE, new).changes] == [
        ("removed", "Queue"),
        ("added", "Topic"),
    ]


def test_resource_whose_condition_becomes_false_is_removed() -> None:
    sections = "Conditions: {Wanted: !Equals [a, a]}\n"
    old = resource("QueueName: orders", "AWS::SQS::Queue", attributes="Condition: Wanted\n", sections=sections)
    change = only_change(old, old.replace("[a, a]", "[a, b]"))
    assert change.kind == "removed"
    assert change.old is not None and change.new is not None


def test_another_logical_id_with_equal_properties_is_a_rename() -> None:
    change = only_change(QUEUE, QUEUE.replace("  Queue:", "  Orders:").replace("30", "30.0"))
    assert change.kind == "renamed"
    assert change.old is not None and change.new is not None
    assert (change.old.logical_id, change.new.logical_id) == ("Queue", "Orders")


def test_four_of_five_equal_properties_make_a_rename_and_three_of_four_do_not() -> None:
    old = resource("{QueueName: a, DelaySeconds: 1, VisibilityTimeout: 2, FifoQueue: false}", "AWS::SQS::Queue")
    new = old.replace("Thing", "Other").replace("QueueName: a", "QueueName: b")
    assert sorted(change.kind for change in compared(old, new).changes) == ["added", "removed"]
    more = ("{QueueName", "{MaximumMessageSize: 9, QueueName")
    assert [change.kind for change in compared(old.replace(*more), new.replace(*more)).changes] == ["renamed"]


def test_references_to_a_renamed_resource_do_not_hide_other_renames() -> None:
    old = """\
    Resources:
      Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: a}}
      Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Bucket}}
    """
    new = old.replace("Bucket:", "Store:").replace("{Store:", "{Bucket:").replace("Ref Bucket", "Ref Store")
    new = new.replace("Policy:", "Rules:")
    assert [change.kind for change in compared(old, new).changes] == ["renamed", "renamed"]


def test_another_type_under_the_same_logical_id_is_listed() -> None:
    change = only_change(QUEUE, QUEUE.replace("AWS::SQS::Queue", "AWS::SNS::Topic"))
    assert change.kind == "retyped"


def test_reference_to_another_resource_surely_differs() -> None:
    old = VPC.replace("Resources:", "Resources:\n  Other: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.2.0.0/16}}")
    change = compared(old, old.replace("VpcId: !Ref Vpc", "VpcId: !Ref Other")).by_id()["Subnet"]
    assert (only_value(change).open_reason, change.effect) == ("", "replaces")


@pytest.mark.parametrize(
    ("new", "effect"),
    [
        pytest.param("MultiAZ: true", "none", id="a standby leaves the zone to RDS"),
        pytest.param("MultiAZ: false", "replaces", id="without a standby"),
        pytest.param("{AvailabilityZone: eu-west-1b, MultiAZ: true}", "replaces", id="another zone"),
    ],
)
def test_effect_depends_on_another_property(new: str, effect: str) -> None:
    old_text = resource("AvailabilityZone: eu-west-1a", "AWS::RDS::DBInstance")
    assert only_change(old_text, resource(new, "AWS::RDS::DBInstance")).effect == effect
