"""`relint diff` and `relint.diff`: pairs of templates, text and JSON, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import relint
from tests.helpers.project import Project

OLD = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      BackupRetentionPeriod: 7
"""
REPLACED = OLD.replace("mysql", "postgres")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path).write("old.yaml", OLD).write("new.yaml", REPLACED)


def test_text_lists_changes_and_findings(project: Project) -> None:
    done = project.run("diff", "old.yaml", "new.yaml")
    assert done.exit_code == 1
    assert done.stdout.startswith(
        "new.yaml\n  replaced: Orders (AWS::RDS::DBInstance)\n    Engine: mysql -> postgres\n\nerror[CHG-501]"
    )
    assert " --> new.yaml:5:7 " in done.stdout
    assert " ::: old.yaml:5:7 " in done.stdout


def test_equal_templates_are_clean(project: Project) -> None:
    done = project.run("diff", "old.yaml", "old.yaml")
    assert done.exit_code == 0
    assert "old.yaml\n" not in done.stdout


def test_level_to_fail_on_decides_the_exit_code(project: Project) -> None:
    assert project.run("diff", "old.yaml", "new.yaml", "--fail-on", "never").exit_code == 0


def test_json_has_changes_beside_findings(project: Project) -> None:
    done = project.run("diff", "old.yaml", "new.yaml", "--format", "json")
    report = json.loads(done.stdout)
    (change,) = report["changes"]
    assert (change["file"], change["oldFile"]) == ("new.yaml", "old.yaml")
    assert (change["change"], change["effect"], change["logicalId"]) == ("modified", "replaces", "Orders")
    (value,) = change["properties"]
    assert (value["property"], value["old"], value["new"], value["line"]) == ("Engine", "mysql", "postgres", 5)
    assert value["source"].startswith("https://docs.aws.amazon.com/")
    assert [finding["rule"] for finding in report["findings"]] == ["CHG-501"]


def test_folders_are_matched_by_path(project: Project) -> None:
    project.write("a/db.yaml", OLD).write("a/gone.yaml", OLD)
    project.write("b/db.yaml", REPLACED).write("b/added.yaml", OLD)
    done = project.run("diff", "a", "b")
    assert "b/db.yaml\n  replaced: Orders" in done.stdout
    assert "b/added.yaml: a new template\n" in done.stdout
    gone = "a/gone.yaml: the template is gone; whoever deletes its stack deletes:\n  removed: Orders"
    assert gone in done.stdout


def test_standard_input_is_one_side(project: Project) -> None:
    done = project.run("diff", "old.yaml", "-", stdin=REPLACED)
    assert done.stdout.startswith("stdin.yaml\n  replaced: Orders")


def test_working_tree_is_compared_with_a_revision(project: Project) -> None:
    project.commit()
    project.write("old.yaml", REPLACED)
    done = project.run("diff", "--base", "HEAD")
    assert done.stdout.startswith("old.yaml\n  replaced: Orders")
    assert " ::: HEAD:old.yaml:5:7 " in done.stdout
    assert "new.yaml" not in done.stdout


def test_renamed_file_is_compared_with_its_old_version(project: Project) -> None:
    project.commit()
    (project.folder / "old.yaml").rename(project.folder / "moved.yaml")
    project.write("moved.yaml", OLD.replace("7", "0"))
    project.git("add", "--all")
    done = project.run("diff", "--base", "HEAD", "moved.yaml")
    assert done.stdout.startswith("moved.yaml\n  interrupted: Orders")


def test_removed_resource_is_reported_in_the_old_file(project: Project) -> None:
    project.write("old.yaml", OLD.replace("Properties", "DeletionPolicy: Delete\n    Properties"))
    project.write("new.yaml", "Resources: {Topic: {Type: AWS::SNS::Topic}}")
    (finding,) = relint.diff(project.folder / "old.yaml", project.folder / "new.yaml").report.findings
    assert (finding.rule.id, finding.span.start.line) == ("CHG-502", 4)
    assert finding.file.endswith("old.yaml")


def test_comment_in_the_new_template_suppresses(project: Project) -> None:
    project.write("new.yaml", REPLACED.replace("postgres", "postgres # relint: ignore[CHG-501] migrated by hand"))
    assert project.run("diff", "old.yaml", "new.yaml").exit_code == 0


def test_check_leaves_out_rules_about_changes(project: Project) -> None:
    report = project.check("new.yaml", select=["CHG-501"])
    assert (report.findings, report.rules) == ((), ())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["old.yaml"], "name the old and the new template"),
        (["-", "-"], "standard input is one template"),
        (["--base", "HEAD", "-"], "standard input is none"),
    ],
    ids=["one template", "twice standard input", "standard input with a revision"],
)
def test_wrong_templates_are_rejected(project: Project, arguments: list[str], message: str) -> None:
    done = project.run("diff", *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_missing_file_is_a_failure(project: Project) -> None:
    done = project.run("diff", "old.yaml", "absent.yaml")
    assert done.exit_code == 2
    assert "absent.yaml" in done.stdout


def test_library_returns_records(project: Project) -> None:
    diff = relint.diff(project.folder / "old.yaml", project.folder / "new.yaml")
    (change,) = diff.comparisons[0].comparison.changes
    assert (change.kind, change.logical_id, change.effect) == ("modified", "Orders", "replaces")
    assert relint.render_diff(diff).startswith(f"{project.folder / 'new.yaml'}\n  replaced: Orders")


def test_recovery_compares_two_sites(project: Project) -> None:
    project.write("primary.yaml", OLD).write("recovery.yaml", REPLACED)
    done = project.run("diff", "--recovery", "primary.yaml", "recovery.yaml")
    assert done.exit_code == 1
    assert done.stdout.startswith("error[DR-801]")
    summary = project.run("diff", "--recovery", "primary.yaml", "recovery.yaml", "--format", "markdown").stdout
    assert "'Engine' of 'Orders' is 'postgres' in the recovery template" in summary


def test_one_template_is_compared_under_two_sets_of_values(project: Project) -> None:
    template = "Parameters: {Engine: {Type: String}}\n" + OLD.replace("mysql", "!Ref Engine")
    project.write("site.yaml", template).write("recovery.json", '{"Engine": "postgres"}')
    values = (
        "--parameters",
        "Engine=mysql",
        "--recovery-parameters",
        "recovery.json",
        "--recovery-region",
        "eu-west-3",
    )
    done = project.run("diff", "--recovery", "site.yaml", *values, "--format", "concise")
    assert "'Engine' of 'Orders' is 'postgres' in the recovery template and 'mysql' in the primary" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--recovery", "old.yaml"), "name the recovery template"),
        (("--recovery",), "name the primary and the recovery template"),
        (("--recovery", "-", "-"), "standard input is one template"),
        (("--recovery", "--base", "HEAD"), "leave out --base"),
        (("--recovery-region", "eu-west-1", "old.yaml", "new.yaml"), "need --recovery"),
    ],
)
def test_options_of_recovery_that_do_not_fit_are_rejected(
    project: Project, arguments: tuple[str, ...], message: str
) -> None:
    done = project.run("diff", *arguments)
    assert (done.exit_code, message in done.stderr) == (2, True)
