"""A change set beside templates: places, values and policies of the templates, and disagreements."""

from __future__ import annotations

import pytest

from relint.change.change_set.compare import compare_change_set
from relint.change.change_set.reader import read_change_set
from relint.change.records import Comparison
from relint.source.read import read_document
from tests.helpers.change_sets import change_set, detail, planned
from tests.helpers.comparisons import document

OLD = """\
Parameters: {Size: {Type: String, Default: small}}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    UpdateReplacePolicy: Retain
    Properties:
      Engine: mysql
      DBInstanceClass: !Ref Size
"""
NEW = OLD.replace("mysql", "postgres")
INSTANCE = "AWS::RDS::DBInstance"
ENGINE = planned("Modify", "Orders", INSTANCE, detail("Engine", "Conditionally"), Replacement="True")


def compared(text: str, *, old: str = "", new: str = "") -> Comparison:
    templates = (document(template) if template else None for template in (old, new))
    return compare_change_set(read_change_set(read_document(text, "plan.json")), *templates)


def test_place_and_value_are_those_of_the_new_template() -> None:
    comparison = compared(change_set(ENGINE), new=NEW)
    (value,) = comparison.changes[0].properties
    assert (value.new, value.new_path) == ("postgres", ("Resources", "Orders", "Properties", "Engine"))
    assert comparison.new.template.document.file == "template.yaml"
    assert comparison.old.template.document.file == "plan.json"


def test_unchanged_parts_before_the_update_are_those_of_the_new_template() -> None:
    (change,) = compared(change_set(ENGINE), new=NEW).changes
    assert change.old is not None
    assert change.old.body["UpdateReplacePolicy"] == "Retain"
    assert change.old.body["Properties"]["DBInstanceClass"] == {"Ref": "Size"}
    assert change.old.body["Properties"]["Engine"] != "postgres"


def test_values_of_both_templates_complete_a_change_set_without_values() -> None:
    (value,) = compared(change_set(ENGINE), old=OLD, new=NEW).changes[0].properties
    assert (value.old, value.new, value.effect) == ("mysql", "postgres", "replaces")


def test_change_of_a_parameter_value_is_added_to_that_of_the_templates() -> None:
    parameter = detail("DBInstanceClass", "Never", source="ParameterReference", cause="Size")
    text = change_set(planned("Modify", "Orders", INSTANCE, parameter, Replacement="False"))
    (change,) = compared(text, old=OLD, new=OLD).changes
    assert [(value.property, value.effect) for value in change.properties] == [("DBInstanceClass", "interrupts")]


def test_policy_that_cloudformation_follows_takes_precedence() -> None:
    (change,) = compared(change_set({**ENGINE, "PolicyAction": "ReplaceAndDelete"}), old=OLD, new=NEW).changes
    assert change.old is not None
    assert change.new is not None
    assert [resource.body["UpdateReplacePolicy"] for resource in (change.old, change.new)] == ["Delete", "Delete"]


def test_value_that_only_the_template_knows_is_taken_from_it() -> None:
    context = {"Properties": {"Engine": "{{changeSet:KNOWN_AFTER_APPLY}}", "AllocatedStorage": "20"}}
    (change,) = compared(change_set({**ENGINE, "AfterContext": '{"Properties": {}}'}), new=NEW).changes
    assert change.new is not None
    (known,) = compared(
        change_set(planned("Modify", "Orders", INSTANCE, detail("Engine", "Always"), AfterContext=context)), new=NEW
    ).changes
    assert known.new is not None
    assert known.new.body["Properties"] == {"Engine": "postgres", "AllocatedStorage": "20"}


def test_region_and_parameters_are_those_of_the_change_set() -> None:
    text = change_set(ENGINE, Parameters=[{"ParameterKey": "Size", "ParameterValue": "large"}])
    comparison = compared(text, new=NEW)
    scenario = comparison.new.scenario
    assert scenario.resolve({"Ref": "Size"}, ()).value == "large"
    assert scenario.resolve({"Ref": "AWS::Region"}, ()).value == "eu-west-1"


def test_hidden_parameter_has_no_value() -> None:
    text = change_set(ENGINE, Parameters=[{"ParameterKey": "Size", "ParameterValue": "****"}])
    assert compared(text, new=NEW).new.scenario.resolve({"Ref": "Size"}, ()).value == "small"


@pytest.mark.parametrize(
    ("text", "old", "new", "remark"),
    [
        pytest.param(
            change_set(planned("Remove", "Files", "AWS::EFS::FileSystem", BeforeContext={})),
            OLD,
            NEW.replace("mysql", "postgres"),
            "CloudFormation removes 'Files' (AWS::EFS::FileSystem), but the old template has no such resource.",
            id="resource that the old template lacks",
        ),
        pytest.param(
            change_set(planned("Modify", "Orders", "AWS::SQS::Queue", BeforeContext={}, AfterContext={})),
            "",
            NEW,
            "CloudFormation changes 'Orders' (AWS::SQS::Queue), but the new template has it as AWS::RDS::DBInstance.",
            id="resource of another type",
        ),
        pytest.param(
            change_set({**ENGINE, "Replacement": "False"}),
            OLD,
            NEW,
            "By the templates, 'Orders' would be replaced; CloudFormation says that it stays.",
            id="replacement by the templates only",
        ),
        pytest.param(
            change_set(planned("Modify", "Orders", INSTANCE, detail("DBInstanceClass", "Always"), Replacement="True")),
            OLD,
            OLD.replace("!Ref Size", "large"),
            "CloudFormation replaces 'Orders'; by the templates alone it would stay.",
            id="replacement by CloudFormation only",
        ),
        pytest.param(
            change_set(),
            OLD,
            NEW,
            "The templates change 'Orders' (AWS::RDS::DBInstance); the change set does not.",
            id="change of the templates only",
        ),
    ],
)
def test_disagreement_is_remarked(text: str, old: str, new: str, remark: str) -> None:
    assert remark in compared(text, old=old, new=new).remarks


def test_resources_of_a_transform_agree() -> None:
    new = f"Transform: AWS::Serverless-2016-10-31\n{NEW}"
    text = change_set(planned("Add", "ApiDeployment1a2b", "AWS::ApiGateway::Deployment", AfterContext={}))
    assert compared(text, new=new).remarks == ()


def test_unlisted_change_is_left_out() -> None:
    assert compared(change_set(), old=OLD, new=NEW).changes == ()


def test_incomplete_change_set_leaves_the_changes_of_the_templates() -> None:
    comparison = compared(change_set(NextToken="next"), old=OLD, new=NEW)
    assert [change.logical_id for change in comparison.changes] == ["Orders"]
    assert comparison.remarks == ()


def test_change_of_a_policy_alone_is_that_of_the_templates() -> None:
    (change,) = compared(change_set(), old=OLD, new=OLD.replace("Retain", "Delete")).changes
    assert [value.path for value in change.attributes] == [("UpdateReplacePolicy",)]
