"""`relint diff --base`: templates that are new, gone, renamed or not changed since a git revision."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.project import Project
from tests.helpers.stack_changes import CHILD, TABLE, found, since_head, stack_repository


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return stack_repository(tmp_path)


def test_removed_template_removes_its_resources_if_its_stack_is_deleted(project: Project) -> None:
    (project.folder / "lone.yaml").unlink()
    diff = since_head(project)
    assert found(diff) == [("CHG-502", "review", "HEAD:lone.yaml:2", "Orders")]
    assert diff.report.findings[0].message.endswith(
        ' This happens when the stack of "HEAD:lone.yaml" is deleted, as its template is.'
    )
    assert diff.removed == ("HEAD:lone.yaml",)


def test_removed_template_is_named_in_place_of_its_resources(project: Project) -> None:
    (project.folder / "lone.yaml").unlink()
    done = project.run("diff", "--base", "HEAD")
    assert done.exit_code == 0
    assert done.stdout.startswith(
        "HEAD:lone.yaml: the template is gone; whoever deletes its stack deletes:\n  removed: Orders"
    )
    assert project.run("diff", "--base", "HEAD", "--fail-on-review").exit_code == 1


def test_finding_in_a_revision_is_suppressed_in_the_configuration(project: Project) -> None:
    (project.folder / "lone.yaml").unlink()
    entry = "- {rule: CHG-502, path: lone.yaml, resource: Orders, reason: <reason>}"
    off = f"= off: in relint.yaml\n\n             suppressions:\n               {entry}\n"
    assert off in project.run("diff", "--base", "HEAD").stdout
    project.configure(f"suppressions:\n  {entry.replace('<reason>', 'the orders have moved to another account')}\n")
    assert project.run("diff", "--base", "HEAD", "--fail-on-review").exit_code == 0


def test_removed_template_can_be_named(project: Project) -> None:
    (project.folder / "lone.yaml").unlink()
    assert [rule for rule, *_ in found(since_head(project, "lone.yaml"))] == ["CHG-502"]
    assert found(since_head(project, "stacks")) == []


def test_removed_folder_can_be_named(project: Project) -> None:
    for file in ("root.yaml", "child.yaml"):
        (project.folder / "stacks" / file).unlink()
    (project.folder / "stacks").rmdir()
    assert found(since_head(project, "stacks")) == [("CHG-502", "review", "HEAD:stacks/child.yaml:3", "Database")]


def test_removed_template_is_the_place_for_programs(project: Project) -> None:
    (project.folder / "lone.yaml").unlink()
    done = project.run("diff", "--base", "HEAD", "--format", "concise")
    assert done.stdout.startswith("lone.yaml:2:3: warning CHG-502 The change removes 'Orders'")


def test_removed_template_that_is_excluded_is_left_out(project: Project) -> None:
    (project.folder / "lone.yaml").unlink()
    project.configure("exclude: [lone.yaml]\n")
    assert since_head(project).removed == ()


def test_added_template_changes_nothing_that_runs(project: Project) -> None:
    project.write("new.yaml", f"Resources:\n{TABLE}")
    diff = since_head(project)
    assert (found(diff), diff.added, diff.comparisons) == ([], ("new.yaml",), ())


def test_unchanged_files_are_no_failure(project: Project) -> None:
    done = project.run("diff", "--base", "HEAD")
    assert (done.exit_code, done.stdout[:11]) == (0, "no findings")


def test_renamed_file_is_the_same_stack(project: Project) -> None:
    (project.folder / "stacks").rename(project.folder / "moved")
    project.git("add", "--all")
    project.write("moved/child.yaml", f"# the same\n{CHILD}")
    diff = since_head(project)
    assert (found(diff), diff.added, diff.removed) == ([], (), ())


def test_renamed_file_has_its_old_name_in_reports(project: Project) -> None:
    (project.folder / "stacks/child.yaml").rename(project.folder / "database.yaml")
    project.write("database.yaml", CHILD.replace("!Ref Engine", "postgres")).git("add", "--all")
    done = project.run("diff", "--base", "HEAD", "database.yaml")
    assert "database.yaml\n  replaced: Database" in done.stdout
    assert " ::: HEAD:stacks/child.yaml:3:" in done.stdout


def test_branch_is_compared_with_the_commit_at_which_it_left_another(project: Project) -> None:
    project.git("branch", "--force", "trunk")
    project.git("checkout", "--quiet", "-b", "feature")
    project.write("lone.yaml", f"Resources:\n{TABLE.replace('Orders', 'Invoices')}{TABLE}").commit()
    project.git("checkout", "--quiet", "trunk")
    project.write("merged.yaml", f"Resources:\n{TABLE}").commit()
    project.git("checkout", "--quiet", "feature")
    assert project.run("diff", "--base", "trunk").stdout.startswith("trunk:merged.yaml: the template is gone")
    done = project.run("diff", "--base", "trunk...")
    assert done.stdout.startswith("lone.yaml\n  added: Invoices")
    assert "merged.yaml" not in done.stdout
