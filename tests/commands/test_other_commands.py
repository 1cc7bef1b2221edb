"""Whole output of `relint cache`, `rules`, `explain` and `merge`."""

from __future__ import annotations

import json
import os

import pytest

from tests.helpers.command_line import run_relint
from tests.helpers.project import Project
from tests.helpers.rules import rule_text

DATABASE = "Resources: {Database: {Type: AWS::RDS::DBInstance}}\n"


# relint cache


def test_cache_is_shown_and_cleared(project: Project) -> None:
    project.write("a.yaml", DATABASE)
    folder = project.folder / "cache" / "relint" / "findings"
    cache = {"XDG_CACHE_HOME": str(project.folder / "cache")}
    assert project.run("cache", "show", **cache) == (0, f"{folder}: 0 entries, 0 bytes\n", "")
    folder.mkdir(parents=True)
    (folder / "one").write_bytes(b"x" * 1234)
    assert project.run("cache", "show", **cache) == (0, f"{folder}: 1 entry, 1,234 bytes\n", "")
    (folder / "two").write_bytes(b"x")
    assert project.run("cache", "show", **cache) == (0, f"{folder}: 2 entries, 1,235 bytes\n", "")
    assert project.run("cache", "clear", **cache) == (0, "removed 2 entries, 1,235 bytes\n", "")
    assert project.run("cache", "clear", **cache) == (0, "removed 0 entries, 0 bytes\n", "")
    assert list(folder.iterdir()) == []


def test_cache_needs_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    done = run_relint("cache", "show", XDG_CACHE_HOME=None, LOCALAPPDATA=None)
    assert done == (0, "there is no home folder to keep anything in\n", "")


# relint rules, explain and test


def test_pages_of_rules_are_written_and_those_of_others_removed(project: Project) -> None:
    project.write(
        "pages/OLD-1.md", "<!-- Made from the rule files by `relint rules --format markdown`; change those. -->"
    )
    project.write("pages/own.md", "my own page\n").write("pages/OLD-2.txt", project.read("pages/OLD-1.md"))
    done = project.run("rules", "--format", "markdown", "--output", "pages")
    written = sorted(path.name for path in (project.folder / "pages").iterdir())
    count = len(written) - 2
    assert done == (0, f"{count} pages written to pages\n", "")
    assert "OLD-1.md" not in written
    assert {"own.md", "OLD-2.txt", "README.md", "RDS-701.md"} <= set(written)
    assert project.read("pages/RDS-701.md").startswith("<!-- Made from the rule files")


def test_pages_need_a_folder(project: Project) -> None:
    done = project.write("pages", "").run("rules", "--format", "markdown", "--output", "pages")
    assert done == (2, "", "error: 'pages' cannot be written (File exists)\n")


@pytest.mark.parametrize("command", [["rules"], ["rules", "--format", "json"], ["explain", "ACME-701"]])
def test_rules_of_the_user_are_listed(project: Project, command: list[str]) -> None:
    project.write("acme/rule.yaml", rule_text("assert: [{path: $.Properties.A, exists: true}]\n", id="ACME-701"))
    assert "ACME-701" in project.run(*command, "--rules", "acme").stdout
    assert project.run(*command, "--rules", "nowhere").exit_code == 2


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("RDS-799", "there is no rule 'RDS-799'; did you mean 'RDS-701'?"),
        ("rds-multi-as", "there is no rule 'rds-multi-as'; did you mean 'rds-multi-az'?"),
        ("nothing-like-it-at-all", "there is no rule 'nothing-like-it-at-all'; 'relint rules' lists them all"),
    ],
)
def test_unknown_rule_is_explained_by_the_nearest(name: str, message: str) -> None:
    done = run_relint("explain", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {message[:24]}")


# relint merge


def log(project: Project, name: str, template: str, *arguments: str) -> None:
    project.write(f"{name}.yaml", template)
    project.run("check", f"{name}.yaml", "--no-config", "--output", f"sarif={name}.sarif", *arguments)


def test_merged_log_is_written_to_a_file(project: Project) -> None:
    log(project, "a", DATABASE)
    printed = project.run("merge", "a.sarif")
    assert printed.stdout.endswith("}\n")
    assert project.run("merge", "a.sarif", "--output", "b.sarif") == (0, "", "")
    assert project.read("b.sarif") == printed.stdout
    done = project.run("merge", "a.sarif", "--output", "no/such.sarif")
    assert done == (2, "", "error: 'no/such.sarif' cannot be written (No such file or directory)\n")
    done = project.run("merge", "missing.sarif")
    assert done == (2, "", "missing.sarif: error: the log cannot be read (No such file or directory)\n")


def test_every_result_of_a_merged_log_has_suppressions_if_one_has(project: Project) -> None:
    """SARIF 2.1.0, 3.27.23: either all results of a run have `suppressions`, or none has."""
    log(project, "a", DATABASE)
    log(project, "b", DATABASE.replace("Database:", "Database: # relint: ignore[RDS-701] x\n   "), "--select", "RDS")
    log(project, "c", DATABASE.replace("Database", "Other"))
    results = json.loads(project.run("merge", "c.sarif", "b.sarif", "a.sarif").stdout)["runs"][0]["results"]
    assert all("suppressions" in result for result in results)
    assert [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results] == sorted(
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results
    )
    assert sum(bool(result["suppressions"]) for result in results) == 1
    unsuppressed = json.loads(project.run("merge", "c.sarif", "a.sarif").stdout)["runs"][0]["results"]
    assert not any("suppressions" in result for result in unsuppressed)


def test_failures_of_merged_logs_are_sorted_and_stand_once(project: Project) -> None:
    log(project, "b", "Resources:\n  A: [\n")
    log(project, "a", "Resources: [\n")
    log(project, "c", DATABASE)
    (run,) = json.loads(project.run("merge", "c.sarif", "b.sarif", "a.sarif", "b.sarif").stdout)["runs"]
    (invocation,) = run["invocations"]
    notifications = invocation["toolExecutionNotifications"]
    assert [entry["message"]["arguments"][0] for entry in notifications] == ["a.yaml", "b.yaml"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)


def test_merged_run_is_successful_if_all_are(project: Project) -> None:
    log(project, "a", DATABASE)
    log(project, "b", "Resources:\n  Later: {Type: AWS::CloudFormation::WaitConditionHandle}\n")
    log(project, "c", "Resources: [\n")
    for names, expected in (
        ("aa", (True, 1)),
        ("ab", (True, 1)),
        ("bb", (True, 0)),
        ("ac", (False, 2)),
        ("cb", (False, 2)),
    ):
        (run,) = json.loads(project.run("merge", *(f"{name}.sarif" for name in names)).stdout)["runs"]
        (invocation,) = run["invocations"]
        assert (invocation["executionSuccessful"], invocation["exitCode"]) == expected
