"""Values of two templates: which are the same, which differ, and which are open."""

from __future__ import annotations

import json

import pytest

from tests.helpers.comparisons import QUEUE, compared, document, only_change, only_value, resource


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


@pytest.mark.parametrize(
    ("part", "other"),
    [
        pytest.param("-orders", "-orders-${Stage}", id="once more"),
        pytest.param("${Stage}-orders", "all-orders-${Stage}-${AWS::StackName}", id="another unknown part, and longer"),
    ],
)
def test_longer_text_with_the_same_unknown_parts_differs(part: str, other: str) -> None:
    sections = "Parameters: {Stage: {Type: String}}\n"
    old = resource('QueueName: !Sub "${Stage}-orders"', "AWS::SQS::Queue", sections=sections)
    assert only_value(only_change(old, old.replace(part, other))).open_reason == ""


def test_encoded_texts_differ_where_the_texts_do() -> None:
    old = resource('UserData: {Fn::Base64: !Sub "start ${AWS::StackId} now"}', "AWS::EC2::Instance")
    assert only_value(only_change(old, old.replace("start", "stop"))).open_reason == ""


SERVERS = """\
Resources:
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-1}}}
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}
"""


def test_latest_version_of_a_changed_launch_template_is_another_one() -> None:
    changes = compared(SERVERS, SERVERS.replace("ami-1", "ami-2")).by_id()
    assert changes["Template"].effect == "none"
    value = only_value(changes["Servers"])
    assert (value.property, value.renewed, value.replaced) == ("LaunchTemplate.Version", "Template", "")


def test_tags_of_a_launch_template_make_no_version() -> None:
    new = SERVERS.replace(
        "Properties: {LaunchTemplateData",
        "Properties: {TagSpecifications: [{ResourceType: launch-template}], LaunchTemplateData",
    )
    assert list(compared(SERVERS, new).by_id()) == ["Template"]


@pytest.mark.parametrize(
    ("properties", "open_reason"),
    [
        pytest.param("SubnetIds: [a, b]", False, id="made up by CloudFormation"),
        pytest.param("DBSubnetGroupName: !Ref 'AWS::StackName'", True, id="given by the author"),
    ],
)
def test_identifier_of_a_new_resource_was_nowhere_before(properties: str, open_reason: bool) -> None:
    old = resource("DBSubnetGroupName: private", "AWS::RDS::DBInstance")
    new = old.replace("private", "!Ref Group")
    new += f"\n  Group: {{Type: AWS::RDS::DBSubnetGroup, Properties: {{{properties}}}}}\n"
    assert bool(only_value(compared(old, new).by_id()["Thing"]).open_reason) == open_reason


def test_first_property_of_a_resource_may_replace_it() -> None:
    old = "Resources: {Thing: {Type: AWS::S3::Bucket}}"
    new = "Resources: {Thing: {Type: AWS::S3::Bucket, Properties: {BucketName: orders}}}"
    assert [
        (only_value(change).property, change.effect) for change in (only_change(old, new), only_change(new, old))
    ] == [
        ("BucketName", "replaces"),
        ("BucketName", "replaces"),
    ]


@pytest.mark.parametrize(
    ("default", "literal"),
    [
        pytest.param("subnet-a", "SubnetIds: [subnet-a]", id="one id"),
        pytest.param("subnet-a,subnet-b", "SubnetIds: [subnet-a, subnet-b]", id="list"),
    ],
)
def test_literal_equals_a_parameter_with_it_as_unlikely_default(default: str, literal: str) -> None:
    """AWS has no such ids, so a deployment may pass others, but the author only moved them."""
    sections = f"Parameters: {{Subnets: {{Type: CommaDelimitedList, Default: '{default}'}}}}\n"
    old = resource(literal, "AWS::EKS::Nodegroup")
    new = resource("SubnetIds: !Ref Subnets", "AWS::EKS::Nodegroup", sections=sections)
    assert compared(old, new).changes == ()
    assert only_value(only_change(old.replace("subnet-a", "subnet-c"), new)).open_reason
