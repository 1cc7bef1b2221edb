"""`relint check --fix` reports what is left, in every format, and says why a fix was not applied."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.commands.test_fix import RULES, SAFE, TEMPLATE
from tests.helpers.nested_stacks import stack_resource
from tests.helpers.project import Project
from tests.helpers.rules import rule_text

SELECTED = RULES[:2]
PROTECTED = "      DeletionProtection: true\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project").write("orders.yaml", TEMPLATE)


def rules_in_json(text: str) -> list[str]:
    return [finding["rule"] for finding in json.loads(text)["findings"]]


def test_formats_for_programs_contain_the_rest(project: Project) -> None:
    files = ["--output", "sarif=out.sarif", "--output", "junit=out.xml"]
    result = project.run("check", "--fix", "orders.yaml", *SELECTED, "--format", "json", *files)
    assert rules_in_json(result.stdout) == ["RDS-701"]
    [run] = json.loads(project.read("out.sarif"))["runs"]
    assert [one["ruleId"] for one in run["results"]] == ["RDS-701"]
    assert project.read("out.xml").count("<failure") == 1
    assert "fixed 2 findings in 1 file; not fixed: 1" in result.stderr


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--unsafe"], 0),
        (["--fail-on", "error"], 0),
        (["--dry-run"], 1),
        (["--dry-run", "--unsafe"], 0),
        (["--fix-only", "RDS-604", "--unsafe"], 1),
    ],
)
def test_exit_code_is_that_of_the_rest(project: Project, options: list[str], code: int) -> None:
    assert project.run("check", "--fix", "orders.yaml", *RULES, *options).exit_code == code


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_diff_alone_is_standard_output_and_can_be_applied(project: Project, option: str) -> None:
    result = project.run("check", "--fix", option, *RULES, "orders.yaml")
    assert project.read("orders.yaml") == TEMPLATE
    assert "orders.yaml:12:7: warning RDS-701" in result.stderr
    subprocess.run(["git", "apply", "-"], cwd=project.folder, input=result.stdout, text=True, check=True)
    assert project.read("orders.yaml") == SAFE


def test_report_of_a_dry_run_is_that_of_the_fixed_texts(project: Project) -> None:
    project.run("check", "--fix", "--dry-run", "orders.yaml", *SELECTED, "--output", "json=left.json", "--jobs", "2")
    [finding] = json.loads(project.read("left.json"))["findings"]
    assert (finding["rule"], finding["span"]["start"]["line"]) == ("RDS-701", 12)


def test_suppressed_findings_are_not_fixed(project: Project) -> None:
    text = TEMPLATE.replace("  Orders:", "  # relint: ignore[RDS-604] It is rebuilt every night.\n  Orders:")
    result = project.write("orders.yaml", text).run("check", "--fix", "orders.yaml", *RULES)
    assert "DeletionProtection" not in project.read("orders.yaml")
    assert "RDS-604" not in result.stdout + result.stderr


def test_findings_of_the_baseline_are_not_fixed(project: Project) -> None:
    project.run("check", "--write-baseline", "baseline.json", "orders.yaml", "--select", "RDS-604")
    result = project.run("check", "--fix", "--baseline", "baseline.json", "orders.yaml", *RULES)
    assert "DeletionProtection" not in project.read("orders.yaml")
    assert "MaxAllocatedStorage: 200" in project.read("orders.yaml")
    assert [line.split()[2] for line in result.stdout.splitlines()] == ["RDS-701"]


def test_written_baseline_has_the_rest(project: Project) -> None:
    result = project.run("check", "--fix", "--write-baseline", "baseline.json", "orders.yaml", *RULES)
    assert project.read("orders.yaml") == SAFE
    assert result.exit_code == 0
    assert [one["rule"] for one in json.loads(project.read("baseline.json"))["findings"]] == ["RDS-701"]


def test_only_failures_of_the_environment_are_fixed(project: Project) -> None:
    head = "Parameters: {Stage: {Type: String}}\nConditions: {Live: !Equals [!Ref Stage, prod]}\n"
    text = head + TEMPLATE.replace("MultiAZ: false", "MultiAZ: !If [Live, false, true]")
    project.write("relint.yaml", "environments: {dev: {parameters: {Stage: dev}}, prod: {parameters: {Stage: prod}}}\n")
    project.write("orders.yaml", text)
    only = ("--unsafe", "--fix-only", "RDS-701")
    project.run("check", "--fix", *only, "--env", "dev", "orders.yaml", *RULES)
    assert project.read("orders.yaml") == text
    project.run("check", "--fix", *only, "--env", "prod", "orders.yaml", *RULES)
    assert project.read("orders.yaml") == text.replace("[Live, false, true]", "[Live, true, true]")


def test_templates_of_one_nested_set_are_fixed_together(project: Project) -> None:
    child = stack_resource("Child", "orders.yaml")
    project.write("parent.yaml", TEMPLATE + child)
    result = project.run("check", "--fix", ".", *RULES)
    assert project.read("orders.yaml") == SAFE
    assert project.read("parent.yaml") == SAFE + child
    assert "fixed 4 findings in 2 files; not fixed: 2" in result.stderr


def test_fix_that_would_bring_another_finding_is_left_out_with_the_reason(project: Project) -> None:
    edit = "edits: [{{set: {{$.Properties.{}: {}}}, safety: safe}}]\n"
    bodies = {
        "TST-701": "assert: [{path: $.Properties.MultiAZ, equals: true}]\n" + edit.format("MultiAZ", "true"),
        "TST-702": "assert: [{path: $.Properties.MultiAZ, equals: false}]\n",
        "TST-703": "assert: [{path: $.Properties.Port, equals: 1}]\n" + edit.format("Port", 2),
    }
    for rule_id, body in bodies.items():
        project.write(f"rules/{rule_id}.yaml", rule_text(body, id=rule_id, name=rule_id.lower()))
    result = project.run("check", "--fix", "orders.yaml", "--rules", "rules", "--select", "TST")
    assert project.read("orders.yaml") == TEMPLATE
    assert "orders.yaml:11: TST-701 not fixed: it would bring TST-702\n" in result.stderr
    assert "orders.yaml:2: TST-703 not fixed: the finding would still be there\n" in result.stderr
    assert result.exit_code == 1


def test_run_that_options_prevent_prints_nothing_of_fixes(project: Project) -> None:
    result = project.run("check", "--fix", "orders.yaml", "--select", "RDS-70l")
    assert result.exit_code == 2
    assert "fixed" not in result.stdout + result.stderr
