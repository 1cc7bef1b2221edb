"""The pre-commit hooks, run by pre-commit in a repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.paths import ROOT
from tests.helpers.project import Project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("pre-commit") and shutil.which("git")), reason="needs pre-commit and git"),
]
BAD = ROOT / "fixtures" / "fragile-web" / "template.yaml"
GOOD = ROOT / "fixtures" / "available-web" / "template.yaml"
UNPROTECTED = """\
Resources:
  Orders:  # all of them
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      MultiAZ: false
"""


@pytest.fixture(scope="module")
def consumer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a template that passes, one of another name, and YAML that is no template."""
    folder = tmp_path_factory.mktemp("consumer")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    shutil.copy(GOOD, folder / "good.yaml")
    (folder / "values.yaml").write_text("replicas: [1]\n", encoding="utf-8")
    (folder / "chart.yaml").write_text("{{ broken }}: [\n", encoding="utf-8")
    return folder


def run_hook(folder: Path, cache: Path, hook: str = "relint") -> subprocess.CompletedProcess[str]:
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    return subprocess.run(
        ["pre-commit", "try-repo", str(ROOT), hook, "--all-files", "--verbose"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PRE_COMMIT_HOME": str(cache), "PRE_COMMIT_COLOR": "never"},
        check=False,
    )


def test_hook_stops_bad_templates_only(consumer: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = tmp_path_factory.mktemp("cache")
    done = run_hook(consumer, cache)
    assert done.returncode == 0, done.stdout + done.stderr
    (consumer / "stacks").mkdir()
    shutil.copy(BAD, consumer / "stacks" / "bad.template")
    done = run_hook(consumer, cache)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "stacks/bad.template:" in done.stdout
    assert "values.yaml" not in done.stdout
    assert "chart.yaml" not in done.stdout
    assert "good.yaml" not in done.stdout


def test_fixing_hook_changes_templates_and_fails_until_nothing_is_left(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=home, check=True)
    (home / "relint.yaml").write_text("root: true\nselect: [RDS-604, RDS-701]\n", encoding="utf-8")
    (home / "chart.yaml").write_text("{{ broken }}: [\n", encoding="utf-8")
    template = home / "orders.yaml"
    template.write_text(UNPROTECTED, encoding="utf-8")

    fixed = run_hook(home, tmp_path / "cache", "relint-fix")
    assert fixed.returncode == 1, fixed.stdout + fixed.stderr
    assert "files were modified by this hook" in fixed.stdout
    assert "orders.yaml:2: fixed RDS-604: Set DeletionProtection: true" in fixed.stdout
    protected = template.read_text(encoding="utf-8")
    assert protected.replace("      DeletionProtection: true\n", "") == UNPROTECTED

    unchanged = run_hook(home, tmp_path / "cache", "relint-fix")
    assert unchanged.returncode == 1, unchanged.stdout + unchanged.stderr
    assert "files were modified" not in unchanged.stdout
    assert "RDS-701" in unchanged.stdout

    template.write_text(protected.replace("MultiAZ: false", "MultiAZ: true"), encoding="utf-8")
    passed = run_hook(home, tmp_path / "cache", "relint-fix")
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_hook_about_changes_stops_a_commit_that_removes_data(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    project = Project(home).write("table.yaml", "Resources: {Orders: {Type: AWS::DynamoDB::Table}}\n")
    project.git("init", "--quiet")
    first = run_hook(home, tmp_path / "cache", "relint-diff")
    assert first.returncode == 0, first.stdout + first.stderr
    project.commit()
    project.write("notes.txt", "nothing of CloudFormation")
    unrelated = run_hook(home, tmp_path / "cache", "relint-diff")
    assert unrelated.returncode == 0, unrelated.stdout + unrelated.stderr
    project.write("table.yaml", "Resources: {Topic: {Type: AWS::SNS::Topic}}\n")
    removed = run_hook(home, tmp_path / "cache", "relint-diff")
    assert removed.returncode == 1, removed.stdout + removed.stderr
    assert "table.yaml:1:1: error CHG-502 The change removes 'Orders'" in removed.stdout
    (home / "table.yaml").unlink()
    gone = run_hook(home, tmp_path / "cache", "relint-diff")
    assert "table.yaml:1:13: warning CHG-502" in gone.stdout


def test_commit_is_rejected_until_staged_templates_pass(tmp_path: Path) -> None:
    """A repository whose configuration names this one, by a revision, as users have it."""
    source = tmp_path / "hooks"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(source)], check=True)
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=source, check=True, capture_output=True, text=True)
    home = tmp_path / "home"
    home.mkdir()
    (home / "relint.yaml").write_text("root: true\nexclude: [generated/]\n", encoding="utf-8")
    config = f"repos:\n- repo: {source}\n  rev: {revision.stdout.strip()}\n  hooks:\n  - id: relint\n"
    (home / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache"), "PRE_COMMIT_COLOR": "never"}

    def run(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=home, capture_output=True, text=True, env={**environment, **more}, check=False
        )

    def commit(**more: str) -> subprocess.CompletedProcess[str]:
        author = ["-c", "user.name=relint", "-c", "user.email=relint@example.com", "-c", "commit.gpgsign=false"]
        return run("git", *author, "commit", "-qm", "change", **more)

    run("git", "init", "-q", ".")
    assert run("pre-commit", "install").returncode == 0
    shutil.copy(BAD, home / "web.yaml")
    run("git", "add", "-A")
    refused = commit()
    assert refused.returncode == 1
    assert "web.yaml:" in refused.stderr + refused.stdout
    shutil.copy(GOOD, home / "web.yaml")  # but what is staged is still the other
    refused_again = commit()
    assert refused_again.returncode == 1
    assert "web.yaml:" in refused_again.stderr + refused_again.stdout
    run("git", "add", "-A")
    accepted = commit()
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    shutil.copy(BAD, home / "web.yaml")
    run("git", "add", "-A")
    assert commit(SKIP="relint").returncode == 0
    (home / "generated").mkdir()
    for number in range(400):
        shutil.copy(BAD, home / "generated" / f"{number}.yaml")
    run("git", "add", "-A")
    excluded = commit()
    assert excluded.returncode == 0, excluded.stdout + excluded.stderr
    broken = home / "broken.yaml"
    broken.write_text("Resources:\n  A: {Type: AWS::SNS::Topic\n", encoding="utf-8")
    run("git", "add", "-A")
    unread = commit()
    assert unread.returncode == 1
    assert "exit code: 2" in unread.stderr + unread.stdout
    assert "broken.yaml:" in unread.stderr + unread.stdout
