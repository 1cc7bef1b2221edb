"""`relint check --fix` changes the named files as their authors would, says what it did, and reports what is left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers.command_line import run_relint

TEMPLATE = """\
Resources:
  Orders:  # all of them
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: 100
      BackupRetentionPeriod: 14
      MultiAZ: false  # enough
"""
STORAGE = "      AllocatedStorage: 100\n"
SAFE = TEMPLATE.replace(STORAGE, f"{STORAGE}      MaxAllocatedStorage: 200\n") + "      DeletionProtection: true\n"
RULES = ("--select", "RDS-101,RDS-604,RDS-701", "--format", "concise")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "orders.yaml"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def test_safe_fixes_are_applied_and_the_rest_is_reported(template: Path) -> None:
    os.chmod(template, 0o640)
    result = run_relint("check", "--fix", "orders.yaml", *RULES, cwd=template.parent)
    assert template.read_text(encoding="utf-8") == SAFE
    assert template.stat().st_mode & 0o777 == 0o640
    assert (result.exit_code, [line.split()[2] for line in result.stdout.splitlines()]) == (1, ["RDS-701"])
    assert result.stderr.splitlines()[:4] == [
        "orders.yaml:2: fixed RDS-101: Set MaxAllocatedStorage: 200",
        "orders.yaml:2: fixed RDS-604: Set DeletionProtection: true",
        "orders.yaml:11: RDS-701 not fixed: the standby costs as much as the instance; --unsafe applies it",
        "fixed 2 findings in 1 file; not fixed: 1",
    ]


def test_unsafe_fixes_are_applied_on_request(template: Path) -> None:
    result = run_relint("check", "--fix", "--unsafe", "orders.yaml", *RULES, cwd=template.parent)
    assert template.read_text(encoding="utf-8") == SAFE.replace("MultiAZ: false  # enough", "MultiAZ: true  # enough")
    assert (result.exit_code, result.stdout) == (0, "")


def test_second_run_changes_nothing(template: Path) -> None:
    for _ in range(2):
        result = run_relint("check", "--fix", "orders.yaml", *RULES, cwd=template.parent)
    assert template.read_text(encoding="utf-8") == SAFE
    assert "fixed 0 findings" in result.stderr


@pytest.mark.parametrize("options", [["--diff"], ["--dry-run"], ["--diff", "--fix-only", "RDS"]])
def test_dry_run_prints_a_diff_and_changes_nothing(template: Path, options: list[str]) -> None:
    result = run_relint("check", "--fix", *options, *RULES, "orders.yaml", cwd=template.parent)
    assert template.read_text(encoding="utf-8") == TEMPLATE
    added = [line for line in result.stdout.splitlines() if line.startswith(("+", "-"))]
    assert added == [
        "--- a/orders.yaml",
        "+++ b/orders.yaml",
        "+      MaxAllocatedStorage: 200",
        "+      DeletionProtection: true",
    ]
    assert "would fix 2 findings in 1 file" in result.stderr


def test_path_behind_diff_is_the_only_one(template: Path) -> None:
    (template.parent / "other.yaml").write_text(TEMPLATE, encoding="utf-8")
    result = run_relint("check", *RULES, "--fix", "--diff", "orders.yaml", cwd=template.parent)
    assert "+++ b/orders.yaml" in result.stdout
    assert "other.yaml" not in result.stdout + result.stderr


@pytest.mark.parametrize("chosen", ["RDS-604", "db-deletion-protection", "RDS-6", "SQS,RDS-604"])
def test_only_the_chosen_rules_are_fixed(template: Path, chosen: str) -> None:
    run_relint("check", "--fix", "--fix-only", chosen, "orders.yaml", *RULES, cwd=template.parent)
    assert template.read_text(encoding="utf-8") == TEMPLATE + "      DeletionProtection: true\n"


def test_templates_of_the_folder_are_fixed_if_no_path_is_named(template: Path) -> None:
    run_relint("check", "--fix", *RULES, cwd=template.parent)
    assert template.read_text(encoding="utf-8") == SAFE


def test_quiet_run_prints_findings_only(template: Path) -> None:
    result = run_relint("check", "--fix", "--quiet", "orders.yaml", *RULES, cwd=template.parent)
    assert template.read_text(encoding="utf-8") == SAFE
    assert (result.stderr, [line.split()[2] for line in result.stdout.splitlines()]) == ("", ["RDS-701"])


def test_value_of_a_parameter_is_left_with_its_name(template: Path) -> None:
    text = TEMPLATE.replace("MultiAZ: false", "MultiAZ: !Ref Standby")
    text = f"Parameters:\n  Standby: {{Type: String, Default: 'false', AllowedValues: ['true', 'false']}}\n{text}"
    template.write_text(text, encoding="utf-8")
    result = run_relint(
        "check", "--fix", "--unsafe", "--fix-only", "RDS-701", "orders.yaml", *RULES, cwd=template.parent
    )
    assert template.read_text(encoding="utf-8") == text
    reason = "the value comes from parameter 'Standby'; change its default or the value that is passed"
    assert f"RDS-701 not fixed: {reason}\n" in result.stderr


def test_branch_that_fails_is_edited(template: Path) -> None:
    head = "Parameters: {Stage: {Type: String, Default: dev}}\nConditions: {Prod: !Equals [!Ref Stage, prod]}\n"
    template.write_text(head + TEMPLATE.replace("MultiAZ: false", "MultiAZ: !If [Prod, true, false]"), encoding="utf-8")
    run_relint("check", "--fix", "--unsafe", "--fix-only", "RDS-701", "orders.yaml", *RULES, cwd=template.parent)
    assert "MultiAZ: !If [Prod, true, true]  # enough\n" in template.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--unsafe"], "--unsafe needs --fix"),
        (["--dry-run"], "--dry-run needs --fix"),
        (["--fix-only", "RDS"], "--fix-only needs --fix"),
        (["--diff"], "--diff takes a git revision, such as --diff main; with --fix it takes none"),
        (["--fix", "--diff=main"], "with --fix, --diff takes no value and prints what would be changed"),
        (["--fix", "--fix-only", "RDX-701"], "RDX-701"),
        (
            ["--fix", "--dry-run", "--format", "json"],
            "a dry run prints the diff; write the report to a file: --output json=FILE",
        ),
        (["--fix", "--diff", "--write-baseline", "b.json"], "a dry run changes nothing, so it writes no baseline"),
        (["--fix", "--env", "all"], "--fix changes files in one environment: --env NAME"),
    ],
)
def test_wrong_options_are_one_sentence(template: Path, options: list[str], message: str) -> None:
    assert message in run_relint("check", "orders.yaml", *options, cwd=template.parent).error
