"""`relint init` and `relint completion`, which help to begin."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from relint.commands.init import CONTENT
from tests.helpers.command_line import run_relint
from tests.helpers.paths import ROOT

TEMPLATE = "Resources: {Uploads: {Type: AWS::S3::Bucket}}\n"


def test_init_writes_a_valid_configuration_and_lists_the_tools(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "samconfig.toml").write_text("version = 0.1\n", encoding="utf-8")
    done = run_relint("init", cwd=tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "relint.yaml: written",
        "found 1 template: relint check .",
        "found samconfig.toml, values of parameters for SAM: parameters: samconfig.toml reads them",
    ]
    shown = run_relint("config", cwd=tmp_path).stdout
    assert re.search(r'ruleset = "recommended" +# relint.yaml:5', shown)


def test_every_example_of_init_is_valid(tmp_path: Path) -> None:
    (tmp_path / "relint.yaml").write_text(re.sub(r"(?m)^#(?! )|^#(?=  )", "", CONTENT), encoding="utf-8")
    (tmp_path / "samconfig.toml").write_text(
        "[default.deploy.parameters]\nparameter_overrides = 'A=1'\n", encoding="utf-8"
    )
    done = run_relint("config", "--env", "prod", cwd=tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert 'parameters.A = "1"' in done.stdout
    assert 'exclude = ["archive/"]' in done.stdout


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("relint.yaml", "ruleset: core\n", "'relint.yaml' exists, and is left as it is"),
        ("pyproject.toml", "[tool.relint]\n", "'pyproject.toml' has [tool.relint], which a relint.yaml beside it"),
    ],
)
def test_init_never_replaces_a_configuration(tmp_path: Path, file: str, text: str, message: str) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    done = run_relint("init", cwd=tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {file: text}


def test_documented_configuration_is_the_one_that_init_writes() -> None:
    assert CONTENT in (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("relint exp", ["explain"]),
        ("relint check --write-b", ["--write-baseline"]),
        ("relint check --format sa", ["sarif"]),
        ("relint check --fail-on ne", ["never"]),
        ("relint cache cl", ["clear"]),
        ("relint config --schema ru", ["rule"]),
    ],
)
def test_bash_completes(line: str, words: list[str]) -> None:
    script = run_relint("completion", "bash").stdout
    typed = line.split(" ")
    code = f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(typed) - 1}; _relint; echo ${{COMPREPLY[@]}}"
    output = subprocess.run(["bash", "-c", code], check=True, capture_output=True, text=True)
    assert (output.stdout.split(), output.stderr) == (words, "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_has_every_command(shell: str) -> None:
    script = run_relint("completion", shell).stdout
    commands = re.findall(r"(?m)^    (\w+) +\w", run_relint("--help").stdout)
    assert {"check", "init", "cache"} <= set(commands)
    assert [command for command in commands if command not in script] == []
