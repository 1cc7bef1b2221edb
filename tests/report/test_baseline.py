"""Baselines and revisions separate new findings from known ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.command_line import CommandResult, run_relint
from tests.helpers.project import run_git

DATABASE = """  %s:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {Engine: mysql, BackupRetentionPeriod: 14, DeletionProtection: true}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write("a.yaml", "Orders")
    write("relint.yaml", text="root: true\n")
    return tmp_path


def write(name: str, *databases: str, text: str | None = None) -> None:
    body = "Resources:\n" + "".join(DATABASE % database for database in databases) if text is None else text
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(body, encoding="utf-8")


def run(*arguments: str) -> CommandResult:
    return run_relint("check", ".", "--format", "concise", *arguments)


def git(*arguments: str) -> None:
    run_git(*arguments, cwd=Path())


def reported(*arguments: str) -> list[str]:
    return [line.split(":")[0] + " " + line.split("'")[1] for line in run(*arguments).stdout.splitlines()]


def test_baseline_hides_its_findings_even_on_other_lines(folder: Path) -> None:
    assert run("--write-baseline", "known.json").exit_code == 0
    Path("a.yaml").write_text("# moved\n\n" + Path("a.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    done = run("--baseline", "known.json")
    assert (done.exit_code, done.stdout) == (0, "")


def test_baseline_hides_no_finding_of_another_resource_or_file(folder: Path) -> None:
    run("--write-baseline", "known.json")
    write("a.yaml", "Orders", "Users")
    write("b.yaml", "Orders")
    assert reported("--baseline", "known.json") == ["a.yaml Users", "b.yaml Orders"]


def test_baseline_only_shrinks(folder: Path) -> None:
    write("a.yaml", "Orders", "Users")
    write("b.yaml", "Other")
    run("--write-baseline", "known.json")
    write("a.yaml", "Users", "New")
    done = run("--baseline", "known.json", "--prune-baseline")
    assert (done.exit_code, len(done.stdout.splitlines())) == (1, 1)
    assert done.stdout.startswith("a.yaml:")
    assert "'New' has no standby" in done.stdout
    remaining = json.loads(Path("known.json").read_text(encoding="utf-8"))["findings"]
    assert [(one["file"], one["logicalId"]) for one in remaining] == [("a.yaml", "Users"), ("b.yaml", "Other")]


def test_pruning_keeps_entries_of_files_that_were_not_checked(folder: Path) -> None:
    write("sub/b.yaml", "Other")
    run("--write-baseline", "known.json")
    run_relint("check", "a.yaml", "--baseline", "known.json", "--prune-baseline")
    assert len(json.loads(Path("known.json").read_text(encoding="utf-8"))["findings"]) == 2


def test_baseline_excludes_mandatory_rules(folder: Path) -> None:
    write("relint.yaml", text="root: true\nmandatory: [RDS-701]\n")
    done = run("--write-baseline", "known.json")
    assert done.exit_code == 1
    assert "RDS-701 'Orders' has no standby" in done.stdout


@pytest.mark.parametrize(
    "text", ["{}", "[1]", '{"version": 2, "findings": []}', '{"version": 1, "findings": [{}]}', "{"]
)
def test_invalid_baseline_is_reported(folder: Path, text: str) -> None:
    write("known.json", text=text)
    done = run("--baseline", "known.json")
    assert done.exit_code == 2
    assert done.stderr.startswith("known.json:")


def test_baseline_state_is_new_or_unchanged(folder: Path) -> None:
    run("--write-baseline", "known.json")
    write("a.yaml", "Orders", "Users")
    for profile, expected in (("full", ["unchanged", "new"]), ("github", ["new"])):
        run("--baseline", "known.json", "--output", "sarif=out.sarif", "--sarif-profile", profile)
        results = json.loads(Path("out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
        assert [one.get("baselineState") for one in results] == expected


def test_diff_reports_only_findings_that_the_change_introduces(folder: Path) -> None:
    git("init", "-q", ".")
    write("b.yaml", "Other")
    git("add", "-A")
    git("commit", "-qm", "before")
    write("a.yaml", "Users", "Orders")
    git("mv", "b.yaml", "moved.yaml")
    write("new.yaml", "Fresh")
    assert reported("--diff", "HEAD") == ["a.yaml Users", "new.yaml Fresh"]
    git("add", "-A")
    git("commit", "-qm", "after")
    assert reported("--diff", "HEAD~1") == ["a.yaml Users", "new.yaml Fresh"]
    assert run("--diff", "HEAD").exit_code == 0


@pytest.mark.parametrize("base", ["nowhere", "--output=x"])
def test_unknown_revision_is_reported(folder: Path, base: str) -> None:
    git("init", "-q", ".")
    git("add", "-A")
    git("commit", "-qm", "before")
    done = run(f"--diff={base}")
    assert done.exit_code == 2
    assert f"git knows no revision '{base}'" in done.stderr


def test_diff_compares_nested_stacks_as_deployed(folder: Path) -> None:
    def parent(zones: str) -> None:
        stack = f"{{TemplateURL: child.yaml, Parameters: {{Standby: '{zones}'}}}}"
        write("b.yaml", text=f"Resources: {{Data: {{Type: AWS::CloudFormation::Stack, Properties: {stack}}}}}\n")

    child = "Parameters: {Standby: {Type: String, Default: 'true'}}\nResources:\n" + DATABASE % "Orders"
    write("relint.yaml", text="root: true\nselect: [RDS-701]\n")
    write("a.yaml", text="Resources: {Topic: {Type: AWS::SNS::Topic}}\n")
    write("child.yaml", text=child.replace("true}\n", "true, MultiAZ: !Ref Standby}\n"))
    parent("false")
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "first")
    write("child.yaml", text="# moved\n" + Path("child.yaml").read_text(encoding="utf-8"))
    assert reported("--diff", "HEAD") == []
    git("commit", "--quiet", "--all", "--message", "moved")
    parent("true")
    git("commit", "--quiet", "--all", "--message", "better")
    parent("false")
    assert reported("--diff", "HEAD") == ["child.yaml Orders"]
