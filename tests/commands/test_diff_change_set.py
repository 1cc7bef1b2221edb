"""`relint diff --change-set`: alone, beside templates, from standard input, and files that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import relint
from tests.helpers.change_sets import change_set, detail, planned
from tests.helpers.project import Project

NEW = """\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: shop-orders
      BillingMode: PAY_PER_REQUEST
"""
REPLACED = change_set(
    planned(
        "Modify",
        "Orders",
        "AWS::DynamoDB::Table",
        detail("TableName", "Always", Path="/Properties/TableName", BeforeValue="orders", AfterValue="shop-orders"),
        Replacement="True",
        PolicyAction="ReplaceAndDelete",
        BeforeContext={"Properties": {"TableName": "orders", "BillingMode": "PAY_PER_REQUEST"}},
        AfterContext={"Properties": {"TableName": "shop-orders", "BillingMode": "PAY_PER_REQUEST"}},
    )
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    old = NEW.replace("shop-orders", "orders")
    return Project(tmp_path).write("plan.json", REPLACED).write("new.yaml", NEW).write("old.yaml", old)


def test_change_set_alone_is_judged_at_its_own_places(project: Project) -> None:
    done = project.run("diff", "--change-set", "plan.json")
    assert done.exit_code == 1
    assert done.stdout.startswith(
        "plan.json\n  replaced: Orders (AWS::DynamoDB::Table)\n    TableName: orders -> shop-orders\n\nerror[CHG-501]"
    )
    assert " --> plan.json:" in done.stdout


def test_change_set_without_values_is_judged(project: Project) -> None:
    project.write(
        "plan.json",
        change_set(
            planned("Modify", "Orders", "AWS::RDS::DBInstance", detail("Engine", "Conditionally"), Replacement="True"),
            planned("Remove", "Files", "AWS::EFS::FileSystem"),
        ),
    )
    done = project.run("diff", "--change-set", "plan.json")
    assert done.exit_code == 1
    assert "error[CHG-501]" in done.stdout
    assert "error[CHG-502]" in done.stdout
    assert "    Engine: the old value -> another value\n" in done.stdout
    assert "describe it with --include-property-values" in done.stdout


@pytest.mark.parametrize("action", ["Retain", "Snapshot"])
def test_removed_resource_that_is_kept_is_clean(project: Project, action: str) -> None:
    removed = planned("Remove", "Volume", "AWS::EC2::Volume", PolicyAction=action, BeforeContext={"Properties": {}})
    project.write("plan.json", change_set(removed))
    assert project.run("diff", "--change-set", "plan.json").exit_code == 0


def test_findings_are_in_the_new_template(project: Project) -> None:
    done = project.run("diff", "new.yaml", "--change-set", "plan.json")
    assert done.stdout.startswith("new.yaml\n  replaced: Orders")
    assert " --> new.yaml:5:7 " in done.stdout
    assert " ::: plan.json:" in done.stdout


def test_both_templates_may_be_given(project: Project) -> None:
    done = project.run("diff", "old.yaml", "new.yaml", "--change-set", "plan.json")
    assert " --> new.yaml:5:7 " in done.stdout
    assert " ::: old.yaml:5:7 " in done.stdout


def test_standard_input_is_the_change_set(project: Project) -> None:
    done = project.run("diff", "new.yaml", "--change-set", "-", stdin=REPLACED)
    assert " ::: stdin.json:" in done.stdout


def test_json_has_the_announcement(project: Project) -> None:
    project.write("new.yaml", "Resources: {Topic: {Type: AWS::SNS::Topic}}")
    report = json.loads(project.run("diff", "new.yaml", "--change-set", "plan.json", "--format", "json").stdout)
    (value,) = report["changes"][0]["properties"]
    assert (value["says"], value["asOf"]) == ("CloudFormation says RequiresRecreation: Always", "2026-11-18")
    assert report["remarks"] == [
        {
            "file": "new.yaml",
            "message": "CloudFormation changes 'Orders' (AWS::DynamoDB::Table), "
            "but the new template has no such resource.",
        }
    ]


def test_change_set_without_changes_is_clean(project: Project) -> None:
    reason = "The submitted information didn't contain changes. Submit different information to create a change set."
    project.write("plan.json", change_set(Status="FAILED", StatusReason=reason))
    done = project.run("diff", "--change-set", "plan.json")
    assert done.exit_code == 0
    assert "The change set has no changes" in done.stdout


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"NextToken": "next"}, "The change set has a NextToken"),
        ({"Status": "CREATE_IN_PROGRESS"}, "still creates the change set"),
        ({"Status": "FAILED", "StatusReason": "Template error"}, "could not create the change set: Template error"),
    ],
    ids=["incomplete", "in progress", "failed"],
)
def test_unfinished_change_set_is_a_failure(project: Project, members: dict[str, str], message: str) -> None:
    project.write("plan.json", change_set(**members))
    done = project.run("diff", "--change-set", "plan.json")
    assert done.exit_code == 2
    assert message in done.stdout


@pytest.mark.parametrize("status", ["OBSOLETE", "EXECUTE_COMPLETE"])
def test_outdated_change_set_is_remarked(project: Project, status: str) -> None:
    project.write("plan.json", change_set(ExecutionStatus=status))
    assert project.run("diff", "--change-set", "plan.json").stdout.startswith("plan.json\n  ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"Changes": [}', "plan.json:1:14"),
        (NEW, "This is no change set"),
        ("[]", "This is no change set"),
        ('{"Changes": [{"ResourceChange": {"Action": "Add"}}]}', "A change has no LogicalResourceId"),
    ],
    ids=["invalid JSON", "template", "empty list", "change without a logical id"],
)
def test_other_file_is_a_failure(project: Project, text: str, message: str) -> None:
    project.write("plan.json", text)
    done = project.run("diff", "--change-set", "plan.json")
    assert done.exit_code == 2
    assert message in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--base", "HEAD"], "leave out --base"),
        (["a", "b", "c"], "an old and a new template at most"),
        (["."], "is a folder"),
        (["absent.yaml"], "absent.yaml"),
    ],
    ids=["revision", "three templates", "folder", "missing file"],
)
def test_wrong_templates_are_rejected(project: Project, arguments: list[str], message: str) -> None:
    done = project.run("diff", "--change-set", "plan.json", *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_standard_input_is_one_file(project: Project) -> None:
    done = project.run("diff", "-", "--change-set", "-", stdin=REPLACED)
    assert "standard input is one file" in done.stderr


def test_library_judges_a_change_set(project: Project) -> None:
    diff = relint.diff(change_set=project.folder / "plan.json")
    assert [finding.rule.id for finding in diff.report.findings] == ["CHG-501"]
    with pytest.raises(relint.OptionError, match="name the new template"):
        relint.diff(project.folder / "old.yaml", change_set=project.folder / "plan.json")
