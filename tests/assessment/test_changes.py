"""What another value of a parameter changes, worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import relint
from relint.assessment.records import Change
from relint.assessment.result import Assessment
from relint.report.assessment import render_assessment

DATABASE = """\
Parameters:
  Standby: {Type: String, Default: "true", AllowedValues: ["true", "false"]}
  Days: {Type: Number, Default: 7, MinValue: 0, MaxValue: 35}
  Class: {Type: String, Default: db.m5.large, AllowedValues: [db.m5.large, db.m5.xlarge]}
Resources:
  Store:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      MultiAZ: !Ref Standby
      BackupRetentionPeriod: !Ref Days
      DBInstanceClass: !Ref Class
"""


def assess_text(folder: Path, text: str, **options: dict[str, str]) -> Assessment:
    file = folder / "template.yaml"
    file.write_text(text, encoding="utf-8")
    return relint.assess(file, config=None, **options)  # type: ignore[arg-type]


def changes_of(assessment: Assessment, name: str = "Store") -> dict[tuple[str, str, str], Change]:
    changes = next(entry.changes for entry in assessment.entries if entry.name == name)
    return {(change.parameter, change.value, change.disruption): change for change in changes}


def test_values_of_a_database_change_its_outcomes(tmp_path: Path) -> None:
    # Without a standby the loss of the zone is repaired by hand, and that of the host by RDS itself.
    # Without backups damaged data are lost; the standby does not need them. The class decides nothing here.
    changes = changes_of(assess_text(tmp_path, DATABASE))

    assert {key: (change.before, change.after) for key, change in changes.items()} == {
        ("Days", "0", "Software"): ("outage_manual", "data_loss_unrecoverable"),
        ("Standby", "false", "Hardware"): ("interruption", "outage_self_heals"),
        ("Standby", "false", "AZ"): ("interruption", "outage_manual"),
    }
    assert changes["Standby", "false", "AZ"].says == (
        "AZ becomes manual instead of interruption; RTO unknown(>=tens_of_minutes) instead of minutes; "
        "RPO minutes instead of zero"
    )


def test_given_value_is_compared_with_the_other_allowed_ones(tmp_path: Path) -> None:
    changes = changes_of(assess_text(tmp_path, DATABASE, parameters={"Standby": "false"}))

    assert changes["Standby", "true", "AZ"].after == "interruption"


def test_value_of_a_parameter_without_default_decides(tmp_path: Path) -> None:
    text = DATABASE.replace('Default: "true", AllowedValues', "AllowedValues")
    changes = changes_of(assess_text(tmp_path, text))

    assert [changes["Standby", value, "AZ"].after for value in ("true", "false")] == ["interruption", "outage_manual"]
    assert changes["Standby", "true", "AZ"].before == "unknown"


def test_value_with_which_a_condition_compares_is_tried(tmp_path: Path) -> None:
    text = DATABASE.replace('Default: "true", AllowedValues: ["true", "false"]', "Default: dev")
    text = text.replace("!Ref Standby", "!If [IsProd, true, false]\nConditions: {IsProd: !Equals [!Ref Standby, prod]}")
    head, _, tail = text.partition("\nConditions")
    conditions, _, rest = tail.partition("\n")
    changes = changes_of(assess_text(tmp_path, f"{head}\n{rest}Conditions{conditions}\n"))

    assert changes["Standby", "prod", "AZ"].after == "interruption"


def test_parameter_of_the_parent_decides_about_a_nested_stack(tmp_path: Path) -> None:
    (tmp_path / "child.yaml").write_text(
        "Parameters: {MultiAZ: {Type: String}}\n"
        "Resources: {Store: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !Ref MultiAZ}}}\n",
        encoding="utf-8",
    )
    text = """\
Parameters: {Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Data:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: child.yaml, Parameters: {MultiAZ: !If [IsProd, "true", "false"]}}
"""
    (tmp_path / "parent.yaml").write_text(text, encoding="utf-8")
    changes = changes_of(relint.assess(tmp_path / "parent.yaml", config=None))

    assert changes["Stage", "prod", "AZ"].after == "interruption"


def test_entry_that_another_value_removes_has_a_note(tmp_path: Path) -> None:
    text = """\
Parameters: {Mode: {Type: String, Default: full, AllowedValues: [full, slim]}}
Conditions: {IsFull: !Equals [!Ref Mode, full]}
Resources: {Store: {Type: AWS::DynamoDB::Table, Condition: IsFull}}
"""
    (entry,) = assess_text(tmp_path, text).entries

    assert entry.changes == ()
    assert entry.notes == ("with Mode = slim these files do not have it, or nothing behind it",)


def test_values_beyond_the_limit_are_named(tmp_path: Path) -> None:
    parameters = "\n".join(f"  P{n:02}: {{Type: String, Default: a, AllowedValues: [a, b, c]}}" for n in range(20))
    tables = "\n".join(
        f"  T{n:02}: {{Type: AWS::RDS::DBInstance, Properties: {{Engine: mysql, MultiAZ: !Ref P{n:02}}}}}"
        for n in range(20)
    )
    assessment = assess_text(tmp_path, f"Parameters:\n{parameters}\nResources:\n{tables}\n")

    # 24 values: the first other value of each, and the second one of the first four.
    assert assessment.untried == tuple(f"P{n:02} = c" for n in range(4, 20))
    assert "NOT TRIED" in render_assessment(assessment)


@pytest.mark.parametrize("format", ["text", "json"])
def test_changes_are_reported_in_equal_bytes(tmp_path: Path, format: str) -> None:
    first, second = (render_assessment(assess_text(tmp_path, DATABASE), format) for _ in range(2))

    assert first == second
    if format == "text":
        assert "Standby = false: AZ becomes manual instead of interruption" in first
    else:
        changes = json.loads(first)["entries"][0]["changes_if"]
        assert {change["parameter"] for change in changes} == {"Standby", "Days"}
        assert set(changes[0]) == {"parameter", "value", "disruption", "before", "after", "says"}
