"""Files for pipelines are valid by their schemas, and run where that is possible."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.helpers.paths import ROOT
from tests.helpers.project import Project

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SCHEMAS = {
    "action.yml": "vendor.github-actions",
    "examples/ci/relint.gitlab-ci.yml": "vendor.gitlab-ci",
    "examples/ci/azure-pipelines.yml": "vendor.azure-pipelines",
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_file_fits_the_schema_of_its_reader(name: str) -> None:
    pytest.importorskip("check_jsonschema")
    # The schema of Azure escapes characters that need no escape, which only the older dialect of JavaScript allows.
    options = ["--builtin-schema", SCHEMAS[name], "--regex-variant", "nonunicode"]
    command = [sys.executable, "-m", "check_jsonschema", *options, str(ROOT / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hooks_fit_the_manifest_of_pre_commit() -> None:
    pre_commit = pytest.importorskip("pre_commit.clientlib")
    hooks = pre_commit.load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    assert [hook["id"] for hook in hooks] == ["relint", "relint-fix", "relint-all", "relint-diff"]


def test_codebuild_publishes_the_written_report() -> None:
    """https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#reports-buildspec-file"""
    spec = yaml.safe_load((ROOT / "examples" / "ci" / "buildspec.yml").read_text(encoding="utf-8"))
    report = spec["reports"]["relint"]
    assert spec["version"] == 0.2
    assert report["file-format"] == "JUNITXML"
    written = f"junit={report['base-directory']}/{report['files'][0]}"
    assert written in " ".join(spec["phases"]["build"]["commands"])


def test_scripts_of_the_action_contain_no_expression() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert "uses" not in step


def commands() -> list[str]:
    """Every line with `relint check` or `relint diff` in the files and in the pages about them."""
    pages = [
        *(ROOT / "examples" / "ci").iterdir(),
        *(ROOT / "docs").rglob("integrations/*.md"),
        ROOT / "docs" / "editors.md",
    ]
    texts = [page.read_text(encoding="utf-8") for page in pages]
    return [match[0] for text in texts for match in re.finditer(r"relint (?:check|diff) [^`\n|&]*", text)]


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_documented_command_has_valid_options(command: str) -> None:
    from relint.cli import build_parser
    from relint.commands.check_options import parse_output

    words = shlex.split(command.replace("$(", "").replace(")", ""))[1:]
    options = build_parser(words).parse_args(words)
    for output in options.output:
        parse_output(output)


def run_step(folder: Path, step_id: str, **inputs: str) -> tuple[subprocess.CompletedProcess[str], dict[str, Path]]:
    """Run a step of the action with inputs in a folder; return how it ended, and the files for GitHub by name."""
    binaries = folder / "relint" / "bin"
    binaries.mkdir(parents=True)
    program = binaries / "relint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m relint "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    step = next(step for step in ACTION["runs"]["steps"] if step.get("id") == step_id)
    assert inputs.keys() <= step["env"].keys()
    files = {name: folder / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    variables = {**dict.fromkeys(step["env"], ""), **inputs, **{name: str(file) for name, file in files.items()}}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**os.environ, **variables, "RUNNER_TEMP": str(folder), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done, files


runs_bash = pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="the action runs bash")


@runs_bash
@pytest.mark.parametrize(("template", "code"), [("fragile-web", 1), ("available-web", 0)])
def test_action_reports_findings_and_exit_code(tmp_path: Path, template: str, code: int) -> None:
    (tmp_path / "stacks with space").mkdir()
    shutil.copy(ROOT / "fixtures" / template / "template.yaml", tmp_path / "stacks with space" / "a.yaml")
    done, files = run_step(tmp_path, "relint", RELINT_PATHS="stacks with space\n", RELINT_SARIF="out.sarif")
    assert done.returncode == code, done.stdout + done.stderr
    assert files["GITHUB_OUTPUT"].read_text(encoding="utf-8") == f"exit-code={code}\nsarif-file=out.sarif\n"
    assert files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8").startswith("## relint")
    assert (tmp_path / "out.sarif").exists()
    assert ("::warning file=stacks with space/a.yaml," in done.stdout) == (code == 1)


@runs_bash
def test_action_writes_the_consequences_of_a_change(tmp_path: Path) -> None:
    table = "Resources:\n  Orders: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}\n"
    project = Project(tmp_path).write("stacks with space/a.yaml", table)
    project.commit()
    project.write("stacks with space/a.yaml", "Resources: {Topic: {Type: AWS::SNS::Topic}}\n").commit()
    done, files = run_step(
        tmp_path,
        "change",
        RELINT_PATHS="stacks with space\n",
        RELINT_SARIF="out.sarif",
        RELINT_COMPARE_WITH="HEAD^1",
        RELINT_ENV="dev,prod",
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert files["GITHUB_OUTPUT"].read_text(encoding="utf-8") == "exit-code=1\nsarif-file=out.sarif\n"
    assert files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8").startswith("## relint diff: 1 removed, 1 added\n")
    assert '"id":"relint/change/"' in (tmp_path / "out.sarif").read_text(encoding="utf-8")
    assert "::error file=stacks with space/a.yaml,line=1," in done.stdout
