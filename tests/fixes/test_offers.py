"""Edits of a rule, as they are offered for a finding in a template."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

import relint
from relint.errors import RuleError
from relint.fixes.alarm_actions import alarm_actions
from relint.fixes.edit import EditError
from relint.fixes.plan import Fix, fixes_of
from relint.source.read import read_document
from tests.helpers.rules import load_rule, rule_text

QUEUES = """\
Resources:
  Orders:
    Type: AWS::SQS::Queue
    DependsOn: Topic
    Properties:
      VisibilityTimeout: 30
      Tags: [{Key: app, Value: shop}, {Key: team, Value: a}]
  Topic:
    Type: AWS::SNS::Topic
"""


def offers(tmp_path: Path, edits: str, template: str = QUEUES, **overrides: Any) -> list[Fix | EditError]:
    """The fixes of the only finding, of a rule that wants the queue to be larger than it is."""
    content = {
        "resources": ["AWS::SQS::Queue"],
        "message": "'{resource}' hides messages for {value seconds}.",
        **overrides,
    }
    body = "assert: [{path: $.Properties.VisibilityTimeout, above: 100}]\nedits:\n" + dedent(edits)
    (tmp_path / "rule.yaml").write_text(rule_text(body, **content), encoding="utf-8")
    report = relint.check_text(template, name="t.yaml", rules=[str(tmp_path)], select=["TST-701"], config=None)
    (finding,) = report.findings
    return fixes_of(read_document(template, "t.yaml"), finding)


def only_value(tmp_path: Path, value: str, template: str = QUEUES) -> Any:
    (fix,) = offers(tmp_path, f"- {{set: {{$.Properties.X: {value}}}, safety: safe}}\n", template)
    return fix.edits[0].value if isinstance(fix, Fix) else str(fix)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param('"{value}"', 30, id="a placeholder alone is a number if it shows one"),
        pytest.param('"{resource} {value}"', "Orders 30", id="placeholders within a text"),
        pytest.param('"${value}"', "${value}", id="a reference of Fn::Sub is no placeholder"),
        pytest.param('{derive: {from: "{value}", times: 2, plus: 1}}', 61, id="a number from a placeholder"),
        pytest.param("{derive: {from: $.Properties.VisibilityTimeout, times: 0.5}}", 15, id="a number from a property"),
        pytest.param("{derive: {from: '#.Resources.Topic'}}", {"Type": "AWS::SNS::Topic"}, id="a copy"),
        pytest.param(
            "{derive: {from: '#.Resources.{resource}', without: [Type, DependsOn, Properties.Tags]}}",
            {"Properties": {"VisibilityTimeout": 30}},
            id="a copy without some keys",
        ),
        pytest.param(
            '{derive: {from: $.Type, choose: {"*::Topic": t, "*::Queue": q}}}', "q", id="a choice by patterns"
        ),
        pytest.param(
            '[{Ref: {derive: {only: "AWS::SNS::Topic"}}}]', [{"Ref": "Topic"}], id="the only resource of a type"
        ),
        pytest.param(
            "{derive: {from: $.Properties.Tags, first: {Key: a}}}",
            [{"Key": "a"}, {"Key": "app", "Value": "shop"}, {"Key": "team", "Value": "a"}],
            id="an item before the others",
        ),
        pytest.param(
            "{derive: {from: $.Type, first: a}}", "the value is no list that the template writes", id="no list"
        ),
        pytest.param(
            "{derive: {from: $.Properties.Y}}",
            "the template has no Y, from which the value follows",
            id="nothing to copy",
        ),
        pytest.param(
            "{derive: {from: $.Type, times: 2}}",
            "Type, from which the value follows, is no number in the template",
            id="no number",
        ),
        pytest.param(
            "{derive: {from: $.Type, choose: {a: b}}}",
            "what follows from 'AWS::SQS::Queue', only its author can say",
            id="no choice",
        ),
        pytest.param(
            '{derive: {only: "AWS::KMS::Key"}}', "the template has no AWS::KMS::Key for it", id="none of a type"
        ),
        pytest.param(
            "{derive: {from: $.Type, as: reference}}",
            "only its author can write the value",
            id="a text that is no reference",
        ),
    ],
)
def test_value_is_filled_from_the_finding_and_the_template(tmp_path: Path, value: str, expected: Any) -> None:
    assert only_value(tmp_path, value) == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("!Ref Topic", {"Ref": "Topic"}), ("!GetAtt Topic.TopicName", {"Fn::GetAtt": ["Topic", "TopicName"]})],
)
def test_text_of_a_reference_becomes_the_reference(tmp_path: Path, shown: str, expected: Any) -> None:
    template = QUEUES.replace("AWS::SQS::Queue\n", f"AWS::SQS::Queue\n    Metadata: {{name: '{shown}'}}\n", 1)
    assert only_value(tmp_path, "{derive: {from: $.Metadata.name, as: reference}}", template) == expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param(
            "", "it needs an alarm, and the template has no topic for alarms, such as Alerts", id="a topic for programs"
        ),
        pytest.param(
            "  Alerts: {Type: AWS::SNS::Topic}\n", [{"Ref": "Alerts"}], id="a topic whose name speaks of alerts"
        ),
        pytest.param(
            "  Alerts: {Type: AWS::SNS::Topic}\n  Operations: {Type: AWS::SNS::Topic}\n",
            "it needs an alarm, and its author knows which of Alerts, Operations that should tell",
            id="two topics for people",
        ),
        pytest.param(
            "  Alerts: {Type: AWS::SNS::Topic, Condition: Large}\nConditions: {Large: !Equals [!Ref AWS::Region, a]}\n",
            "it needs an alarm, and the template has no topic for alarms, such as Alerts",
            id="a topic under another condition",
        ),
        pytest.param(
            "  Alerts: {Type: AWS::SNS::Topic}\n"
            "  A: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Topic]}}\n",
            [{"Ref": "Topic"}],
            id="the actions of the other alarms go before a name",
        ),
    ],
)
def test_new_alarm_acts_as_the_template_shows(tmp_path: Path, others: str, expected: Any) -> None:
    assert only_value(tmp_path, "{derive: {alarm_actions: true}}", QUEUES + others) == expected


@pytest.mark.parametrize(
    "name", ["Alarms", "ProdAlerts", "DevOps", "opsTopic", "OnCall", "OperationsTopic", "Topic2Pager"]
)
def test_topic_whose_name_speaks_of_alarms_is_for_people(name: str) -> None:
    assert alarm_actions({name: {"Type": "AWS::SNS::Topic"}}, None) == [{"Ref": name}]


@pytest.mark.parametrize("name", ["Shops", "Drops", "Cooperations", "Orders"])
def test_topic_with_another_name_is_for_programs(name: str) -> None:
    with pytest.raises(EditError):
        alarm_actions({name: {"Type": "AWS::SNS::Topic"}}, None)


def test_only_resource_under_another_condition_is_not_taken(tmp_path: Path) -> None:
    template = QUEUES + "    Condition: IsLarge\nConditions: {IsLarge: !Equals [!Ref AWS::Region, a]}\n"
    reason = only_value(tmp_path, '{derive: {only: "AWS::SNS::Topic"}}', template)
    assert reason == "'Topic' is created under another condition"


def test_second_resource_of_a_type_leaves_the_choice_to_the_author(tmp_path: Path) -> None:
    reason = only_value(tmp_path, '{derive: {only: "AWS::SNS::Topic"}}', QUEUES + "  Other: {Type: AWS::SNS::Topic}\n")
    assert reason == "the template has more than one AWS::SNS::Topic, and only its author knows which one"


@pytest.mark.parametrize(
    ("condition", "is_offered"),
    [
        ("exists: $.Properties.Tags", True),
        ("exists: $.Properties.Other", False),
        ('exists: \'$.Properties.Tags[?(@.Key == "team" && @.Value == "a")]\'', True),
        ('exists: \'$.Properties.Tags[?(@.Key == "team" && @.Value == "shop")]\'', False),
        ("exists: '$.Properties.Tags[*].Value'", True),
        ("exists: \"$.Properties[?(@.QueueName == 'a')]\"", False),
        ("exists: \"$[?(@.DependsOn == 'Topic')].Properties\"", True),
        ("absent: $.Properties.Tags", False),
        ("absent: $.Properties.Other", True),
        ("absent: '#.Resources.{resource}Alarm'", True),
        ("absent: [$.Properties.Other, $.DependsOn]", False),
    ],
)
def test_edit_is_offered_where_its_conditions_hold(tmp_path: Path, condition: str, is_offered: bool) -> None:
    assert bool(offers(tmp_path, f"- {{set: {{$.Properties.X: 1}}, safety: safe, {condition}}}\n")) == is_offered


def test_item_is_found_by_all_its_keys(tmp_path: Path) -> None:
    path = "$.Properties.Tags[?(@.Key == 'team' && @.Value == 'b')].X"
    (fix,) = offers(tmp_path, f'- {{set: {{"{path}": 1}}, safety: safe}}\n')
    assert isinstance(fix, Fix)
    assert fix.edits[0].action == "add"
    assert fix.edits[0].value == {"Key": "team", "Value": "b", "X": 1}


def test_text_becomes_a_list_when_something_is_added(tmp_path: Path) -> None:
    (fix,) = offers(tmp_path, "- {add: {$.DependsOn: Other}, safety: safe}\n")
    assert isinstance(fix, Fix)
    assert fix.edits[0].value == ["Topic", "Other"]


def test_values_are_added_that_a_list_lacks(tmp_path: Path) -> None:
    value = "[{Key: app, Value: shop}, {Key: b, Value: c}, {Key: d, Value: e}]"
    (fix,) = offers(tmp_path, f"- {{add: {{$.Properties.Tags: {value}}}, safety: safe}}\n")
    assert isinstance(fix, Fix)
    assert [edit.value["Key"] for edit in fix.edits] == ["b", "d"]


def test_list_that_does_not_exist_gets_all_values(tmp_path: Path) -> None:
    (fix,) = offers(tmp_path, "- {add: {$.Properties.Names: [a, b]}, safety: safe}\n")
    assert isinstance(fix, Fix)
    assert [(edit.action, edit.value) for edit in fix.edits] == [("set", ["a", "b"])]


ALARM = """
- set: {'#.Resources.{logical_id}Alarm': {Type: AWS::CloudWatch::Alarm, Properties: {Threshold: 1}}}
  safety: unsafe
  because: alarms of {resource} are paid for
"""


def test_resource_is_added_under_the_condition_of_the_other_one(tmp_path: Path) -> None:
    template = QUEUES.replace("    DependsOn: Topic\n", "    Condition: IsLarge\n")
    template += "Conditions: {IsLarge: !Equals [!Ref AWS::Region, a]}\n"
    (fix,) = offers(tmp_path, ALARM, template)
    assert isinstance(fix, Fix)
    assert fix.title == "Add OrdersAlarm, an AWS::CloudWatch::Alarm"
    assert fix.because == "alarms of Orders are paid for"
    assert fix.edits[0].value["Condition"] == "IsLarge"


def test_resource_that_the_template_has_is_not_overwritten(tmp_path: Path) -> None:
    (reason,) = offers(tmp_path, ALARM, QUEUES + "  OrdersAlarm: {Type: AWS::SNS::Topic}\n")
    assert str(reason) == "the template has another resource 'OrdersAlarm'"


def test_resource_that_the_template_has_alike_is_not_added_again(tmp_path: Path) -> None:
    template = QUEUES + "  OrdersAlarm: {Type: AWS::CloudWatch::Alarm, Properties: {Threshold: 1}}\n"
    assert offers(tmp_path, ALARM, template) == []


def test_resource_of_a_loop_gets_no_other_beside_it(tmp_path: Path) -> None:
    template = """\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Queues:
    - Name
    - [Orders]
    - ${Name}: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 30}}
"""
    (reason,) = offers(tmp_path, ALARM, template)
    assert str(reason) == "a loop makes the resource, and a new one would need a loop, too"


def test_mapping_is_not_replaced_by_a_single_value(tmp_path: Path) -> None:
    (reason,) = offers(tmp_path, "- {set: {$.Properties: 1}, safety: safe}\n")
    assert str(reason) == "Properties is no single value"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        pytest.param("team", "Set team: b", id="an item that is there"),
        pytest.param("owner", "Set owner: b", id="an item that is added"),
    ],
)
def test_title_names_the_setting_that_an_item_of_a_list_is(tmp_path: Path, key: str, title: str) -> None:
    (fix,) = offers(tmp_path, f"- {{set: {{'$.Properties.Tags[?(@.Key == \"{key}\")].Value': b}}, safety: safe}}\n")
    assert isinstance(fix, Fix)
    assert fix.title == title


def test_title_names_all_edits(tmp_path: Path) -> None:
    (fix,) = offers(tmp_path, "- {set: {$.Properties.A: {B: x}}, remove: $.Properties.Tags, safety: safe}\n")
    assert isinstance(fix, Fix)
    assert fix.title == "Set A: {B: x}, remove Tags"


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            '{set: {$.Properties.X: "{needed}"}, safety: safe}',
            "no message of this edit has {needed}; known are logical_id,",
        ),
        ("{set: {$.Properties.X: {derive: {only: Topic}}}, safety: safe}", "a derived value is {derive: {from: PATH}}"),
        ("{set: {$.P: [{A: {derive: {from: X}}}]}, safety: safe}", "a derived value is {derive: {from: PATH}}"),
        ("{set: {$.P: {derive: {from: $.X, plus: 1, as: reference}}}, safety: safe}", "a derived value is {derive:"),
        ("{set: {$.P: {derive: {from: $.X, plus: one}}}, safety: safe}", "a derived value is {derive: {from: PATH}}"),
        ("{set: {$.P: 1}, absent: X, safety: safe}", "'X' is no path of an edit"),
    ],
)
def test_wrong_edit_is_an_error_with_the_remedy(tmp_path: Path, edit: str, message: str) -> None:
    with pytest.raises(RuleError, match="^" + message.replace("{", r"\{").replace("$", r"\$")):
        load_rule(tmp_path, f"assert: [{{path: $.X, exists: true}}]\nedits: [{edit}]\n")
