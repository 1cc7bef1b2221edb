"""Changes between two templates: what differs, what does not, and what an update does to the resource."""

from __future__ import annotations

import json
from textwrap import dedent, indent

import pytest

from relint.change.compare import compare
from relint.change.records import Comparison, ResourceChange, ValueChange
from relint.source.document import Document
from relint.source.read import read_document

QUEUE = """\
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: orders, VisibilityTimeout: 30, FifoQueue: true, Tags: [{Key: a, Value: "1"}]}
"""


def document(text: str) -> Document:
    return read_document(dedent(text), "template.yaml")


def compared(old: str, new: str, **parameters: str) -> Comparison:
    return compare(document(old), document(new), parameters)


def only_change(old: str, new: str, **parameters: str) -> ResourceChange:
    (change,) = compared(old, new, **parameters).changes
    return change


def only_value(change: ResourceChange) -> ValueChange:
    (value,) = (*change.properties, *change.attributes)
    return value


def resource(properties: str, resource_type: str, *, attributes: str = "", sections: str = "") -> str:
    """Return a template with one resource, named Thing."""
    body = f"Type: {resource_type}\n{dedent(attributes)}Properties:\n{indent(dedent(properties), '  ')}"
    return f"{dedent(sections)}Resources:\n  Thing:\n{indent(body, '    ')}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("VisibilityTimeout: 30", 'VisibilityTimeout: "30"', id="number and text"),
        pytest.param("FifoQueue: true", 'FifoQueue: "true"', id="boolean and text"),
        pytest.param("FifoQueue: true", 'FifoQueue: "True"', id="boolean and text with a capital"),
        pytest.param("QueueName: orders", 'QueueName: !Sub "orders"', id="text and Fn::Sub"),
        pytest.param("QueueName: orders", "QueueName: !Join ['', [or, ders]]", id="text and Fn::Join"),
        pytest.param('Tags: [{Key: a, Value: "1"}]', "Tags: {Key: a, Value: 1}", id="list of one and its item"),
    ],
)
def test_values_that_resolve_to_the_same_are_equal(old: str, new: str) -> None:
    assert old in QUEUE
    assert compared(QUEUE, QUEUE.replace(old, new)).changes == ()
    assert compared(QUEUE.replace(old, new), QUEUE).changes == ()


@pytest.mark.parametrize(
    "section",
    [
        pytest.param("Parameters: {Name: {Type: String, Default: orders}}", id="parameter with this default"),
        pytest.param(
            "Parameters: {Name: {Type: String, AllowedValues: [orders]}}", id="parameter with this value only"
        ),
    ],
)
def test_literal_equals_a_parameter_with_its_value(section: str) -> None:
    new = f"{section}\n{QUEUE.replace('QueueName: orders', 'QueueName: !Ref Name')}"
    assert compared(QUEUE, new).changes == ()
    assert compared(new, QUEUE).changes == ()


def test_json_equals_yaml() -> None:
    as_json = json.dumps(document(QUEUE).data)
    assert compared(QUEUE, as_json).changes == ()


def test_json_text_equals_the_object() -> None:
    old = resource("RedrivePolicy: {maxReceiveCount: 3, deadLetterTargetArn: arn}", "AWS::SQS::Queue")
    new = resource("""RedrivePolicy: '{"deadLetterTargetArn": "arn", "maxReceiveCount": "3"}'""", "AWS::SQS::Queue")
    assert compared(old, new).changes == ()


def test_order_of_a_set_means_nothing() -> None:
    old = resource("Tags: [{Key: a, Value: 1}, {Key: b, Value: 2}]", "AWS::SQS::Queue")
    new = resource("Tags: [{Key: b, Value: 2}, {Key: a, Value: 1}]", "AWS::SQS::Queue")
    assert compared(old, new).changes == ()


def test_order_of_a_command_means_something() -> None:
    old = resource("ImageConfig: {Command: [run, fast]}", "AWS::Lambda::Function")
    new = resource("ImageConfig: {Command: [fast, run]}", "AWS::Lambda::Function")
    assert [value.property for value in only_change(old, new).properties] == ["ImageConfig.Command"] * 2


def test_changed_item_of_a_set_is_compared_with_its_old_value() -> None:
    old = resource("Tags: [{Key: a, Value: 1}, {Key: b, Value: 2}]", "AWS::SQS::Queue")
    new = resource("Tags: [{Key: b, Value: 3}, {Key: a, Value: 1}]", "AWS::SQS::Queue")
    value = only_value(only_change(old, new))
    assert (value.property, value.old, value.new) == ("Tags.Value", 2, 3)
    assert value.new_path == ("Resources", "Thing", "Properties", "Tags", 0, "Value")
    assert value.old_path == ("Resources", "Thing", "Properties", "Tags", 1, "Value")


TABLE = """\
AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: day, AttributeType: S}]
KeySchema: [{AttributeName: id, KeyType: HASH}]
"""


@pytest.mark.parametrize(
    ("change", "properties", "effect"),
    [
        pytest.param(
            ("{AttributeName: day", "{AttributeName: week"), ["AttributeDefinitions"] * 2, "none", id="others"
        ),
        pytest.param(("S}]", "N}]"), ["AttributeDefinitions.AttributeType"], "replaces", id="another type"),
        pytest.param(("[{AttributeName: id, K", "[{AttributeName: day, K"), ["KeySchema"] * 2, "replaces", id="key"),
    ],
)
def test_items_with_other_names_are_other_items(change: tuple[str, str], properties: list[str], effect: str) -> None:
    old = resource(TABLE, "AWS::DynamoDB::Table")
    assert change[0] in old
    found = only_change(old, old.replace(*change))
    assert ([value.property for value in found.properties], found.effect) == (properties, effect)


def test_changed_default_alone_changes_nothing() -> None:
    old = f"Parameters: {{Name: {{Type: String, Default: orders}}}}\n{QUEUE.replace('orders', '!Ref Name')}"
    assert compared(old, old.replace("Default: orders", "Default: others")).changes == ()


def test_given_value_counts_on_both_sides() -> None:
    old = f"Parameters: {{Name: {{Type: String, Default: orders}}}}\n{QUEUE.replace('orders', '!Ref Name')}"
    new = QUEUE.replace("orders", "mine")
    assert only_value(only_change(old, new)).old == "orders"
    assert compared(old, new, Name="mine").changes == ()


def test_parameter_without_value_keeps_its_value() -> None:
    old = f"Parameters: {{Name: {{Type: String}}}}\n{QUEUE.replace('orders', '!Ref Name')}"
    new = old.replace("Type: String", "Type: String, Default: orders")
    assert compared(old, new).changes == ()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("[!Ref Stage, prod]", "[!Ref Stage, live]"), id="compared with another literal"),
        pytest.param(("!Equals [!Ref Stage, prod]", "!Equals [a, b]"), id="compared no more"),
        pytest.param(("Type: String", "Type: String, AllowedValues: [qa, prod]"), id="allowed values"),
    ],
)
def test_parameter_without_value_has_the_same_on_both_sides(change: tuple[str, str]) -> None:
    sections = "Parameters: {Stage: {Type: String}}\nConditions: {Prod: !Equals [!Ref Stage, prod]}\n"
    old = resource('QueueName: !Sub "${Stage}-orders"', "AWS::SQS::Queue", sections=sections)
    assert change[0] in old
    assert compared(old, old.replace(*change)).changes == ()
    assert compared(old.replace(*change), old).changes == ()


def test_branch_that_is_not_taken_changes_nothing() -> None:
    sections = "Parameters: {Stage: {Type: String, Default: dev}}\nConditions: {Prod: !Equals [!Ref Stage, prod]}\n"
    old = resource("QueueName: !If [Prod, big, small]", "AWS::SQS::Queue", sections=sections)
    assert compared(old, old.replace("big", "huge")).changes == ()
    assert only_value(only_change(old, old.replace("big", "huge"), Stage="prod")).new == "huge"


def test_value_that_only_the_deployment_decides_is_open() -> None:
    old = resource("QueueName: orders", "AWS::SQS::Queue")
    new = resource("QueueName: !Ref Name", "AWS::SQS::Queue", sections="Parameters: {Name: {Type: String}}\n")
    change = only_change(old, new)
    assert only_value(change).open_reason == 'parameter "Name" has no default'
    assert (change.effect, change.possible_effect) == ("none", "replaces")


def test_texts_with_the_same_unknown_part_differ_in_the_others() -> None:
    sections = "Parameters: {Stage: {Type: String}}\n"
    old = resource('QueueName: !Sub "${Stage}-orders"', "AWS::SQS::Queue", sections=sections)
    change = only_change(old, old.replace("-orders", "-others"))
    assert (only_value(change).open_reason, change.effect) == ("", "replaces")


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
