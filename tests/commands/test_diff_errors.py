"""`relint diff` with input that it cannot compare: one sentence each, and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command_line import run_relint
from tests.helpers.project import Project, run_git

TABLE = "Resources: {Orders: {Type: AWS::DynamoDB::Table}}\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "project").write("a/table.yaml", TABLE).write("b/table.yaml", TABLE)
    project.commit()
    return project


def error(project: Project, *arguments: str) -> str:
    """The only line on standard error of a comparison that fails."""
    done = project.run("diff", *arguments)
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    return line


def test_unknown_revision_is_named(project: Project) -> None:
    assert error(project, "--base", "absent") == "error: git knows no revision 'absent'; fetch it, or name another"


def test_revision_that_a_shallow_clone_lacks_can_be_fetched(project: Project, tmp_path: Path) -> None:
    project.write("a/table.yaml", TABLE.replace("Orders", "Table")).commit()
    run_git("clone", "--quiet", "--depth=1", f"file://{project.folder}", "clone", cwd=tmp_path)
    done = run_relint("diff", "--base", "HEAD^1", cwd=tmp_path / "clone")
    assert (done.exit_code, done.stderr) == (
        2,
        "error: git knows no revision 'HEAD^1'; this clone is shallow, so fetch it, with all commits "
        "(git fetch --unshallow; fetch-depth: 0)\n",
    )


def test_branch_without_a_common_commit_is_named(project: Project) -> None:
    project.git("branch", "first")
    project.git("checkout", "--quiet", "--orphan", "second")
    project.commit("begin anew")
    assert error(project, "--base", "first...") == (
        "error: git finds no commit at which this branch has left 'first'; fetch all commits, or name another"
    )


def test_folder_without_a_repository_is_named(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert error(project, "--base", "main") == (
        f"error: '{tmp_path}' is in no git repository, so there is no revision to compare with"
    )


def test_repository_without_commits_has_nothing_deployed(tmp_path: Path) -> None:
    project = Project(tmp_path).write("table.yaml", TABLE)
    project.git("init", "--quiet")
    done = project.run("diff", "--base", "HEAD")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "table.yaml: a new template")


@pytest.mark.parametrize("arguments", [("a", "b/table.yaml"), ("b/table.yaml", "a")], ids=["old", "new"])
def test_folder_and_file_are_no_pair(project: Project, arguments: tuple[str, str]) -> None:
    expected = "error: 'a' is a folder and 'b/table.yaml' is a file; name two templates, or two folders"
    assert error(project, *arguments) == expected


@pytest.mark.parametrize("arguments", [("absent", "b"), ("b", "absent")], ids=["old", "new"])
def test_absent_side_makes_nothing_new_or_gone(project: Project, arguments: tuple[str, str]) -> None:
    done = project.run("diff", *arguments)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (2, "absent: error: not analysed: 'absent' does not exist.")


def test_url_is_in_no_revision(project: Project) -> None:
    expected = "error: a git revision has no 's3://bucket/a.yaml'; compare files"
    assert error(project, "--base", "HEAD", "s3://bucket/a.yaml") == expected


def test_unreadable_old_template_is_a_failure_and_adds_nothing(project: Project) -> None:
    project.write("a/table.yaml", "Resources: [")
    done = project.run("diff", "a", "b")
    assert done.exit_code == 2
    assert "a/table.yaml:1:13: error: not analysed: " in done.stdout
    assert "a new template" not in done.stdout


def test_unreadable_new_template_is_a_failure_and_removes_nothing(project: Project) -> None:
    project.write("b/table.yaml", "Resources: [")
    done = project.run("diff", "a", "b")
    assert done.exit_code == 2
    assert "b/table.yaml:1:13: error: not analysed: " in done.stdout
    assert "removed" not in done.stdout


def test_unreadable_template_of_a_revision_names_it(project: Project) -> None:
    project.write("a/table.yaml", "Resources: [").commit()
    project.write("a/table.yaml", TABLE)
    assert "HEAD:a/table.yaml:1:13: error: " in project.run("diff", "--base", "HEAD").stdout
    lines = project.run("diff", "--base", "HEAD", "--format", "concise").stdout
    assert lines.startswith("a/table.yaml:1:1: error RELINT In the revision HEAD: ")


def test_folders_without_templates_are_a_failure_unless_they_may_be_empty(project: Project) -> None:
    project.write("c/values.yaml", "a: 1\n").write("d/values.yaml", "a: 2\n")
    done = project.run("diff", "c", "d")
    assert (done.exit_code, "There is no CloudFormation template in 'c, d'." in done.stdout) == (2, True)
    assert project.run("diff", "c", "d", "--allow-empty").exit_code == 0
