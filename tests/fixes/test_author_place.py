"""Fixes edit a value where its author writes it, and say where that is if they cannot."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.helpers.fixed_text import fix_text
from tests.helpers.project import Project

DATABASE = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      AllocatedStorage: 100
      MultiAZ: {}
"""
HEAD = """\
Parameters:
  Standby: {Type: String, Default: 'false'}
  Stage: {Type: String, Default: prod}
Mappings: {Sizes: {prod: {Standby: 'false'}}}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  Large: !Equals [!Ref Stage, large]
"""
MADE = "SAM makes this resource"
LINES = "!If\n        - Prod\n        - false  # later\n        - true"


@pytest.mark.parametrize(
    ("value", "fixed"),
    [
        ("!If [Prod, false, true]", "!If [Prod, true, true]"),
        ("!If [Prod, !Ref AWS::NoValue, true]", "!If [Prod, true, true]"),
        ("!If [Large, true, !If [Prod, false, true]]", "!If [Large, true, !If [Prod, true, true]]"),
        ("{Fn::If: [Prod, 'false', 'true']}", "{Fn::If: [Prod, 'true', 'true']}"),
        (LINES, LINES.replace("false", "true")),
        ("!Ref AWS::NoValue", "true"),
    ],
)
def test_branch_that_fails_is_edited(value: str, fixed: str) -> None:
    text = HEAD + DATABASE
    assert fix_text(text.replace("{}", value), "RDS-701").text == text.replace("{}", fixed)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("!Ref Standby", "the value comes from parameter 'Standby'; change its default or the value that is passed"),
        (
            "!If [Prod, !Ref Standby, true]",
            "the value comes from parameter 'Standby'; change its default or the value that is passed",
        ),
        ("!FindInMap [Sizes, !Ref Stage, Standby]", "the value comes from mapping 'Sizes'; change it there"),
        ("!If [Prod, false, !Ref Standby]", "the finding would still be there"),
        ("!Sub '${Standby}'", "the value is computed by Fn::Sub; change it by hand"),
    ],
)
def test_value_from_elsewhere_is_left_with_its_origin(value: str, reason: str) -> None:
    text = (HEAD + DATABASE).replace("{}", value)
    fixed = fix_text(text, "RDS-701")
    assert (fixed.text, fixed.reasons) == (text, (reason,))


def test_number_that_a_parameter_gives_is_named() -> None:
    text = HEAD + DATABASE.replace("100", "!Ref Stage").replace("{}", "true")
    (reason,) = fix_text(text.replace("Default: prod", "Default: '100'"), "RDS-101").reasons
    assert reason == "AllocatedStorage, from which the value follows, comes from parameter 'Stage'"


def test_number_that_conditions_decide_is_left() -> None:
    branch = "{Engine: mysql, AllocatedStorage: 100}"
    properties = f"Properties: !If [Prod, {branch}, {branch}]"
    text = f"{HEAD}Resources:\n  Orders:\n    Type: AWS::RDS::DBInstance\n    {properties}\n"
    (reason,) = fix_text(text, "RDS-101").reasons
    assert reason == "conditions decide AllocatedStorage, from which the value follows; change it by hand"


def test_unsafe_fix_that_an_anchor_forbids_is_not_promised() -> None:
    copies = "Resources:\n  A: &q\n    Type: AWS::SQS::Queue\n    Properties: {MessageRetentionPeriod: 60}\n  B: *q\n"
    (reason, _) = fix_text(copies, "SQS-601", unsafe=False).reasons
    assert reason == "an anchor shares this value with other places, which would change, too"


BUCKET = """\
Conditions: {Prod: !Equals [!Ref AWS::Region, eu-west-1]}
Resources:
  Files:
    Type: AWS::S3::Bucket
    Metadata: {relint: {role: data}}
    Properties:
      VersioningConfiguration: %s
"""


@pytest.mark.parametrize(
    ("value", "fixed"),
    [
        (
            "!If [Prod, {Status: Enabled}, {Status: Suspended}]",
            "!If [Prod, {Status: Enabled}, {Status: Enabled}]",
        ),
        (
            "!If [Prod, {Status: Enabled}, !Ref AWS::NoValue]",
            "!If [Prod, {Status: Enabled}, {Status: Enabled}]",
        ),
    ],
)
def test_member_of_the_branch_that_fails_is_edited(value: str, fixed: str) -> None:
    assert fix_text(BUCKET % value, "S3-601").text == BUCKET % fixed


def test_branch_to_remove_becomes_no_value() -> None:
    text = dedent("""\
        Conditions: {Prod: !Equals [!Ref AWS::Region, eu-west-1]}
        Resources:
          Work:
            Type: AWS::Lambda::Function
            Properties:
              ReservedConcurrentExecutions: !If [Prod, 0, 5]
    """)
    assert fix_text(text, "LAM-103").text == text.replace("0, 5", "!Ref AWS::NoValue, 5")


SERVERLESS = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Timeout: 30
    ReservedConcurrentExecutions: 0  # for now
Resources:
  Notes:
    Type: AWS::Serverless::SimpleTable
    DeletionPolicy: Retain
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Events:
        Nightly:
          Type: Schedule
          Properties:
            Schedule: rate(1 day)
            State: DISABLED
            DeadLetterConfig: {Type: SQS}
"""


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("LAM-103", "    ReservedConcurrentExecutions: 0  # for now\n", "    # for now\n"),
        ("EVT-401", "State: DISABLED", "State: ENABLED"),
        ("CFN-602", "DeletionPolicy: Retain\n", "DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain\n"),
    ],
)
def test_resource_that_sam_makes_is_fixed_in_its_source(rule: str, before: str, after: str) -> None:
    assert fix_text(SERVERLESS, rule).text == SERVERLESS.replace(before, after)


@pytest.mark.parametrize(
    ("rule", "before", "after", "reason"),
    [
        (
            "RDS-604",
            "",
            "",
            "SAM makes this resource, and AWS::Serverless::SimpleTable takes no DeletionProtectionEnabled",
        ),
        ("EVT-401", "State: DISABLED", "Enabled: false", f"{MADE} of an event with 'Enabled'"),
    ],
)
def test_property_that_sam_does_not_take_is_left(rule: str, before: str, after: str, reason: str) -> None:
    text = SERVERLESS.replace(before, after)
    fixed = fix_text(text, rule)
    assert fixed.text == text
    assert [one.partition(";")[0] for one in fixed.reasons] == [reason]


def test_included_resource_is_left_with_the_reason(tmp_path: Path) -> None:
    project = Project(tmp_path)
    include = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: part.yaml}}"
    project.write("main.yaml", f"Resources:\n  {include}\n  Other: {{Type: AWS::SNS::Topic}}\n")
    part = DATABASE.partition("\n")[2].replace("{}", "false")
    project.write("part.yaml", dedent(part))
    result = project.run("check", "--fix", "--unsafe", "--select", "RDS-701", ".")
    assert project.read("part.yaml") == dedent(part)
    assert "RDS-701 not fixed: it is a part of a template in another file; change it by hand" in result.stderr


LOOP = """\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Tables:
    - Name
    - [Points, Scores]
    - Table${Name}:
        Type: AWS::DynamoDB::Table  # one each
        Properties:
          TableName: !Ref Name
"""


def test_body_of_a_loop_is_edited_once() -> None:
    fixed = fix_text(LOOP, "CFN-601")
    policies = "        DeletionPolicy: RetainExceptOnCreate\n        UpdateReplacePolicy: Retain\n"
    assert fixed.text == LOOP.replace("# one each\n", f"# one each\n{policies}")
    assert set(fixed.titles) == {"Set DeletionPolicy: RetainExceptOnCreate, set UpdateReplacePolicy: Retain"}


SHARED = """\
Resources:
  One: &queue
    Type: AWS::SQS::Queue
    Properties: &properties
      MessageRetentionPeriod: 60
  Two:
    Type: AWS::SQS::Queue
    Properties:
      <<: *properties
      DelaySeconds: 1
  Three: *queue
"""


def test_value_that_an_anchor_shares_stays() -> None:
    fixed = fix_text(SHARED, "SQS-601")
    assert fixed.text == SHARED
    assert set(fixed.reasons) == {"an anchor shares this value with other places, which would change, too"}


def test_own_value_beside_a_merge_key_is_edited() -> None:
    text = SHARED.replace("DelaySeconds: 1", "MessageRetentionPeriod: 70")
    assert fix_text(text, "SQS-601").text == text.replace("Period: 70", "Period: 345600")


@pytest.mark.parametrize("argument", ["[a, b]", "{a: b}", "5", "null"])
def test_reference_to_no_name_is_left_with_the_reason(argument: str) -> None:
    database = DATABASE.format("false").replace("100", f"{{Ref: {argument}}}")
    text = f"Parameters: {{Size: {{Type: String}}}}\n{database}"
    fixed = fix_text(text, "RDS-101")
    assert fixed.text == text
    assert [reason for reason in fixed.reasons if "names nothing" in reason]
