"""Change sets: the announced change of a resource, with and without values of properties."""

from __future__ import annotations

import json
from typing import Any

import pytest

from relint.change.change_set.compare import compare_change_set
from relint.change.change_set.reader import read_change_set
from relint.change.change_set.records import is_open_value
from relint.change.records import Comparison, ResourceChange
from relint.resolve.value import ABSENT
from relint.source.read import read_document
from tests.helpers.change_sets import change_set, detail, planned
from tests.helpers.comparisons import document

INSTANCE = "AWS::RDS::DBInstance"
ENGINE = detail("Engine", "Conditionally")


def compared(text: str, *, old: str = "", new: str = "") -> Comparison:
    templates = (document(template) if template else None for template in (old, new))
    return compare_change_set(read_change_set(read_document(text, "plan.json")), *templates)


def only_change(*changes: dict[str, Any], old: str = "", new: str = "") -> ResourceChange:
    (change,) = compared(change_set(*changes), old=old, new=new).changes
    return change


@pytest.mark.parametrize(
    ("replacement", "recreation", "effect"),
    [
        pytest.param("True", "Always", "replaces", id="sure"),
        pytest.param("True", "Conditionally", "replaces", id="sure where the property alone decides nothing"),
        pytest.param("Conditional", "Conditionally", "varies", id="conditional"),
        pytest.param("False", "Never", "none", id="in place"),
    ],
)
def test_effect_is_the_announced_one(replacement: str, recreation: str, effect: str) -> None:
    change = only_change(
        planned("Modify", "Thing", "Custom::Thing", detail("Size", recreation), Replacement=replacement)
    )
    assert (change.kind, change.effect) == ("modified", effect)
    assert change.properties[0].fact.says.startswith("CloudFormation says Re")
    assert change.properties[0].fact.as_of == "2026-11-18"


def test_denied_replacement_takes_precedence_over_the_schema() -> None:
    change = only_change(planned("Modify", "Db", INSTANCE, detail("DBSubnetGroupName", "Never"), Replacement="False"))
    assert change.effect == "none"


def test_interruption_is_known_from_the_tables() -> None:
    change = only_change(planned("Modify", "Db", INSTANCE, detail("DBInstanceClass", "Never"), Replacement="False"))
    assert change.effect == "interrupts"


def test_replacement_without_details_is_that_of_all_properties() -> None:
    change = only_change(planned("Modify", "Db", INSTANCE, Replacement="True"))
    assert [(value.property, value.effect) for value in change.properties] == [("Properties", "replaces")]


def test_undecided_action_is_open() -> None:
    change = only_change(planned("Dynamic", "Db", INSTANCE))
    assert (change.effect, change.possible_effect) == ("none", "replaces")


def test_value_of_a_perhaps_replaced_resource_is_open() -> None:
    reference = detail("KeyName", "Always", evaluation="Dynamic", source="ResourceReference", cause="Key")
    change = only_change(planned("Modify", "Web", "AWS::EC2::Instance", reference, Replacement="Conditional"))
    assert (change.effect, change.possible_effect) == ("none", "replaces")
    assert change.properties[0].open_reason == 'it changes only if "Key" does'


def test_value_of_a_parameter_surely_changes() -> None:
    """CloudFormation lists such a value twice, of which the static entry decides."""
    text = detail("KeyName", "Always", evaluation="Dynamic")
    parameter = detail("KeyName", "Always", source="ParameterReference", cause="Key")
    change = only_change(planned("Modify", "Web", "AWS::EC2::Instance", text, parameter, Replacement="True"))
    assert [(value.property, value.open_reason) for value in change.properties] == [("KeyName", "")]


def test_reference_to_a_replaced_resource_names_it() -> None:
    reference = detail("VpcId", "Always", source="ResourceReference", cause="Vpc")
    text = change_set(
        planned("Modify", "Subnet", "AWS::EC2::Subnet", reference, Replacement="True"),
        planned("Modify", "Vpc", "AWS::EC2::VPC", detail("CidrBlock", "Always"), Replacement="True"),
    )
    assert [change.properties[0].replaced for change in compared(text).changes] == ["Vpc", ""]


def test_values_are_those_of_the_contexts() -> None:
    """Values of targets may be cut off, those of contexts are whole."""
    path = "/Properties/Tags/0/Value"
    change = only_change(
        planned(
            "Modify",
            "Web",
            "AWS::EC2::Instance",
            detail("Tags", "Never", Attribute="Tags", Path=path, BeforeValue="te", AfterValue="prod"),
            Replacement="False",
            BeforeContext={"Properties": {"Tags": [{"Key": "stage", "Value": "test"}]}},
            AfterContext={"Properties": {"Tags": [{"Key": "stage", "Value": "prod"}]}},
        )
    )
    (value,) = change.properties
    assert (value.property, value.old, value.new) == ("Tags.Value", "test", "prod")


@pytest.mark.parametrize(
    ("kind", "old", "new"), [("Add", ABSENT, "b"), ("Remove", "a", ABSENT), ("Modify", "a", "b")], ids=str
)
def test_added_and_removed_values_are_absent_on_one_side(kind: str, old: Any, new: Any) -> None:
    target = {"Path": "/Properties/Name", "AttributeChangeType": kind, "BeforeValue": "a", "AfterValue": "b"}
    change = only_change(planned("Modify", "Thing", "Custom::Thing", detail("Name", "Never", **target)))
    assert (change.properties[0].old, change.properties[0].new) == (old, new)


def test_value_that_is_known_after_the_update_is_open() -> None:
    target = {"Path": "/Properties/Name", "BeforeValue": "a", "AfterValue": "x-{{changeSet:KNOWN_AFTER_APPLY}}"}
    change = only_change(planned("Modify", "Thing", "Custom::Thing", detail("Name", "Never", **target)))
    assert is_open_value(change.properties[0].new)


def test_policies_are_attributes() -> None:
    policy = detail(
        "", "Never", Attribute="DeletionPolicy", Path="/DeletionPolicy", BeforeValue="Retain", AfterValue="Delete"
    )
    change = only_change(planned("Modify", "Db", INSTANCE, policy))
    assert [(value.path, value.old, value.new) for value in change.attributes] == [
        (("DeletionPolicy",), "Retain", "Delete")
    ]


def test_metadata_and_records_of_cloudformation_change_nothing() -> None:
    text = change_set(
        planned("Modify", "Web", "AWS::EC2::Instance", detail("", "Never", Attribute="Metadata"), Replacement="False"),
        planned("SyncWithActual", "Jobs", "AWS::SQS::Queue"),
    )
    assert compared(text).changes == ()


def test_removed_and_added_resource_with_equal_properties_is_renamed() -> None:
    context = {"Properties": {"QueueName": "jobs", "DelaySeconds": "5"}}
    change = only_change(
        planned("Remove", "Jobs", "AWS::SQS::Queue", BeforeContext=context),
        planned("Add", "Queue", "AWS::SQS::Queue", AfterContext=context),
    )
    assert (change.kind, change.logical_id, change.kept_name) == ("renamed", "Queue", "jobs")


def test_resources_with_unknown_properties_are_not_renamed() -> None:
    text = change_set(
        planned("Remove", "Jobs", "AWS::SQS::Queue", PolicyAction="Delete"), planned("Add", "Queue", "AWS::SQS::Queue")
    )
    assert [change.kind for change in compared(text).changes] == ["removed", "added"]


def test_replaced_resource_keeps_its_name() -> None:
    change = only_change(
        planned(
            "Modify",
            "Orders",
            "AWS::DynamoDB::Table",
            detail("KeySchema", "Always"),
            Replacement="True",
            BeforeContext={"Properties": {"TableName": "orders", "KeySchema": []}},
            AfterContext={"Properties": {"TableName": "orders", "KeySchema": [{}]}},
        )
    )
    assert change.kept_name == "orders"


def test_import_is_remarked() -> None:
    comparison = compared(change_set(planned("Import", "Jobs", "AWS::SQS::Queue", AfterContext={"Properties": {}})))
    assert comparison.changes == ()
    assert comparison.remarks == ("CloudFormation takes 'Jobs' (AWS::SQS::Queue) into the stack as it is.",)


def test_nested_change_set_is_remarked() -> None:
    arn = "arn:aws:cloudformation:eu-west-1:123456789012:changeSet/nested/1"
    nested = planned("Modify", "Network", "AWS::CloudFormation::Stack", ChangeSetId=arn, AfterContext={})
    assert compared(change_set(nested)).remarks == (f"'Network' is a nested stack with a change set of its own: {arn}",)


def test_lists_of_changes_and_pages_are_read() -> None:
    first, second = (change_set(planned("Modify", name, INSTANCE, ENGINE)) for name in ("Db", "Orders"))
    pages = f"[{first}, {second}]"
    console = json.dumps(
        [
            {
                "type": "Resource",
                "resourceChange": {name[0].lower() + name[1:]: value for name, value in change.items()},
            }
            for change in (planned("Remove", "Db", INSTANCE), planned("Remove", "Orders", INSTANCE))
        ]
    )
    for text in (pages, console):
        assert [change.logical_id for change in compared(text).changes] == ["Db", "Orders"]


def test_places_are_those_in_the_change_set() -> None:
    text = change_set(planned("Modify", "Db", INSTANCE, ENGINE, Replacement="True"))
    comparison = compared(text)
    (value,) = comparison.changes[0].properties
    span = comparison.new.template.document.span_of(value.new_path)
    assert text.splitlines()[span.start.line].strip() == '"Target": {'


def test_conditions_and_interruptions_are_those_of_the_reference() -> None:
    """RequiresRecreation tells neither when a condition holds, nor that an instance restarts."""
    engine = only_change(planned("Modify", "Db", INSTANCE, ENGINE, Replacement="Conditional"))
    restart = only_change(planned("Modify", "Db", INSTANCE, detail("DBInstanceClass", "Never"), Replacement="False"))
    assert (engine.effect, restart.effect) == ("replaces", "interrupts")
    assert all(change.properties[0].fact.as_of > "2026-11-18" for change in (engine, restart))


def test_nested_stack_that_may_be_unchanged_is_left_out() -> None:
    target = {"Attribute": "Properties", "RequiresRecreation": "Never"}
    automatic = {"Target": target, "Evaluation": "Dynamic", "ChangeSource": "Automatic"}
    nested = planned("Modify", "Network", "AWS::CloudFormation::Stack", automatic, Replacement="False")
    assert compared(change_set(nested)).changes == ()
