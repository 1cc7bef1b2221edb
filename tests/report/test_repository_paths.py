"""Files in reports for machines: named from the root of the repository, wherever relint is called."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

import relint
from relint.finding import Failure, Report
from relint.report.formats import render
from relint.report.repository_paths import ROOT_VARIABLES, name_files_from_root
from tests.helpers.command_line import run_relint
from tests.helpers.nested_stacks import CHILD
from tests.helpers.report_builder import make_finding, make_report

BUCKET = "Resources:\n  Uploads: {Type: AWS::S3::Bucket}\n"
OPTIONS = ("--no-cache", "--no-config", "--fail-on", "never", "--select", "S3-601")


@pytest.fixture(autouse=True)
def _no_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ROOT_VARIABLES:
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a template in stacks/app, and a folder beside it."""
    root = tmp_path / "repository"
    (root / "stacks/app").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "stacks/app/orders.yaml").write_text(BUCKET)
    (tmp_path / "outside").mkdir()
    return root


def machine_paths(report: Report) -> set[str]:
    """Return the paths in all formats for machines; SARIF's are decoded from URIs without special characters."""
    paths = set()
    for profile in ("full", "github", "gitlab", "azure"):
        (run,) = relint.to_sarif(report, profile=profile)["runs"]
        locations = [result["locations"][0]["physicalLocation"] for result in run["results"]]
        paths.update(location["artifactLocation"]["uri"] for location in locations)
    entries = json.loads("\n".join(render(report, "gitlab")))
    paths.update(entry["location"]["path"] for entry in entries)
    paths.update(re.findall("file=([^,]*)", "\n".join(render(report, "github"))))
    paths.update(re.findall('testsuite name="([^"]*)"', "\n".join(render(report, "junit"))))
    return paths


def fingerprints(report: Report) -> set[str]:
    """Return the fingerprints of a report in the formats that have one."""
    (run,) = relint.to_sarif(report)["runs"]
    prints = {result["partialFingerprints"]["relintLogicalPath/v1"] for result in run["results"]}
    prints.update(entry["fingerprint"] for entry in json.loads("\n".join(render(report, "gitlab"))))
    prints.update(finding["fingerprint"] for finding in json.loads("\n".join(render(report, "json")))["findings"])
    return prints


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        pytest.param(".", "stacks", id="from the root"),
        pytest.param("stacks", "app", id="from a folder below"),
        pytest.param("stacks", "./app/", id="with a dot"),
        pytest.param("stacks/app", "orders.yaml", id="from the folder of the file"),
        pytest.param("stacks/app", "../app/orders.yaml", id="with two dots"),
        pytest.param("../outside", "../repository/stacks", id="from outside of the repository"),
        pytest.param("../outside", "{root}/stacks", id="absolute, a folder"),
        pytest.param("stacks", "{root}/stacks/app/orders.yaml", id="absolute, the file"),
        pytest.param("stacks", "{root}/stacks/../stacks/app", id="absolute, with two dots"),
    ],
)
def test_file_is_named_from_the_root_and_its_fingerprint_is_always_the_same(
    repository: Path, monkeypatch: pytest.MonkeyPatch, folder: str, name: str
) -> None:
    monkeypatch.chdir(repository)
    (finding,) = relint.check("stacks", select=["S3-601"], config=None).findings
    monkeypatch.chdir(folder)
    report = relint.check(name.format(root=repository), select=["S3-601"], config=None)
    assert machine_paths(report) == {"stacks/app/orders.yaml"}
    assert fingerprints(report) == {finding.fingerprint}


@pytest.mark.parametrize(
    ("variables", "path"),
    [
        ({"GITHUB_WORKSPACE": "{root}/.."}, "repository/stacks/app/orders.yaml"),
        ({"CI_PROJECT_DIR": "{root}/stacks"}, "app/orders.yaml"),
        ({"BUILD_SOURCESDIRECTORY": "{root}/stacks/"}, "app/orders.yaml"),
        ({"GITHUB_WORKSPACE": "{root}/elsewhere"}, "stacks/app/orders.yaml"),
        ({"GITHUB_WORKSPACE": "{root}/stack"}, "stacks/app/orders.yaml"),
        ({"GITHUB_WORKSPACE": ""}, "stacks/app/orders.yaml"),
        ({"GITHUB_WORKSPACE": "{root}/elsewhere", "CI_PROJECT_DIR": "{root}/stacks"}, "app/orders.yaml"),
        ({"GITHUB_WORKSPACE": "{root}/link"}, "app/orders.yaml"),
    ],
    ids=["GitHub", "GitLab", "Azure", "elsewhere", "a name that begins alike", "empty", "the one above", "a link"],
)
def test_folder_that_the_pipeline_names_is_the_root_if_it_is_above(
    repository: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], path: str
) -> None:
    (repository / "link").symlink_to("stacks")
    for variable, folder in variables.items():
        monkeypatch.setenv(variable, folder.format(root=repository))
    monkeypatch.chdir(repository / "stacks")
    assert machine_paths(relint.check("app", select=["S3-601"], config=None)) == {path}


def test_root_of_a_worktree_or_submodule_has_a_file(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "stacks/.git").write_text("gitdir: ../.git/modules/stacks\n")
    monkeypatch.chdir(repository)
    assert machine_paths(relint.check("stacks", select=["S3-601"], config=None)) == {"app/orders.yaml"}


def test_links_are_resolved_within_the_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "orders.yaml").symlink_to("stacks/app/orders.yaml")
    (repository / "folder").symlink_to("stacks/app")
    outside = repository.parent / "outside/shared.yaml"
    outside.write_text(BUCKET)
    (repository / "stacks/shared.yaml").symlink_to(outside)
    (repository.parent / "link").symlink_to("repository")
    monkeypatch.chdir(repository)
    for name, path in {
        "orders.yaml": "stacks/app/orders.yaml",
        "folder/orders.yaml": "stacks/app/orders.yaml",
        "../link/stacks/app/orders.yaml": "stacks/app/orders.yaml",
        "stacks/shared.yaml": "stacks/shared.yaml",
    }.items():
        assert machine_paths(relint.check(name, select=["S3-601"], config=None)) == {path}


def test_special_characters_are_encoded_in_uris_only(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = r"50% \ of é #1.yaml"
    (repository / "stacks" / name).write_text(BUCKET)
    monkeypatch.chdir(repository / "stacks")
    report = relint.check(name, select=["S3-601"], config=None)
    (run,) = relint.to_sarif(report)["runs"]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "stacks/50%25%20%5C%20of%20%C3%A9%20%231.yaml"
    (entry,) = json.loads("\n".join(render(report, "gitlab")))
    assert entry["location"]["path"] == f"stacks/{name}"


def test_standard_input_has_the_place_of_its_name(repository: Path) -> None:
    for folder, name in ((repository, "stacks/new.yaml"), (repository / "stacks", "new.yaml")):
        arguments = ("check", "-", "--stdin-filename", name, *OPTIONS, "--format")
        log = json.loads(run_relint(*arguments, "sarif", cwd=folder, stdin=BUCKET).stdout)
        (result,) = log["runs"][0]["results"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "stacks/new.yaml"
        assert run_relint(*arguments, "concise", cwd=folder, stdin=BUCKET).stdout.startswith(f"{name}:")


def test_lines_for_people_and_json_name_files_as_in_the_call(repository: Path) -> None:
    for format_name, text in (("concise", "\napp/orders.yaml:"), ("text", "> app/orders.yaml:"), ("json", '"app/orde')):
        output = run_relint("check", "app", *OPTIONS, "--format", format_name, cwd=repository / "stacks").stdout
        assert text in "\n" + output
        assert "stacks/app" not in output


def test_nested_stack_and_its_parent_are_named_alike(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stack = "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Standby: false}}}"
    (repository / "stacks/parent.yaml").write_text(f"Resources:\n  Data: {stack}\n")
    (repository / "stacks/child.yaml").write_text(CHILD)
    monkeypatch.chdir(repository.parent)
    report = relint.check(str(repository / "stacks/parent.yaml"), select=["RDS-701"], config=None)
    assert machine_paths(report) >= {"stacks/child.yaml"}
    (run,) = relint.to_sarif(report)["runs"]
    (result,) = run["results"]
    assert '"Data" of "stacks/parent.yaml"' in result["message"]["text"]
    assert str(repository) not in json.dumps(run)


def test_failure_is_about_the_file_in_the_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "stacks/broken.yaml").write_text("Resources: [\n")
    monkeypatch.chdir(repository.parent)
    report = relint.check(str(repository / "stacks/broken.yaml"), str(repository / "gone.yaml"), config=None)
    (run,) = relint.to_sarif(report)["runs"]
    notifications = run["invocations"][0]["toolExecutionNotifications"]
    assert [entry["message"]["arguments"][0] for entry in notifications] == ["gone.yaml", "stacks/broken.yaml"]
    assert str(repository) not in json.dumps(run)


def test_names_that_are_no_files_stay(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "stacks")
    failures = [Failure("--parameters", "options", "No."), Failure("relint", "options", "No.")]
    names = ["s3://bucket/a.yaml", "C:/stacks/a.yaml", "nul\0.yaml"]
    report = make_report([make_finding(file=name) for name in names], failures=failures, sources={})
    assert name_files_from_root(report) == report


def test_logs_of_parts_checked_in_different_folders_merge(repository: Path) -> None:
    other = repository / "other"
    other.mkdir()
    (other / "files.yaml").write_text(BUCKET)
    for folder, name in ((repository / "stacks", "a"), (other, "b"), (repository, "c")):
        run_relint("check", ".", *OPTIONS, "--output", f"sarif={repository}/{name}.sarif", cwd=folder)
    parts = json.loads(run_relint("merge", "a.sarif", "b.sarif", cwd=repository).stdout)
    assert parts["runs"][0]["results"] == json.loads((repository / "c.sarif").read_text())["runs"][0]["results"]


def test_absolute_paths_outside_of_a_repository_lose_their_common_folder(tmp_path: Path) -> None:
    if any((parent / ".git").exists() for parent in (tmp_path, *tmp_path.parents)):
        pytest.skip("the temporary folder is in a repository")
    for name in ("stacks/a.yaml", "stacks/app/b.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BUCKET)
    report = relint.check(os.fspath(tmp_path), select=["S3-601"], config=None)
    (run,) = relint.to_sarif(report)["runs"]
    uris = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]]
    assert uris == ["a.yaml", "app/b.yaml"]
