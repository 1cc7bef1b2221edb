"""An exception that relint does not expect ends a command with 2 and one line, never with 1, the code for findings."""

from __future__ import annotations

from contextlib import redirect_stdout
from pathlib import Path

import pytest

from relint.cli import main
from relint.report.formats import FORMATS
from tests.helpers.command_line import CommandResult, run_python, run_relint, run_unexpectedly
from tests.helpers.nested_stacks import stack_resource

DATABASE = "Resources: {Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}}\n"
ADDRESS = "this is a defect of relint, please report it at https://github.com/cfn-relint/cfn-relint/issues"
END = f"{ADDRESS}; RELINT_TRACEBACK=1 prints the traceback\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_text(DATABASE, encoding="utf-8")
    (tmp_path / "relint.yaml").write_text("root: true\n", encoding="utf-8")
    (tmp_path / "values.json").write_text('{"A": "1"}', encoding="utf-8")
    return tmp_path


def failing(*_: object, **__: object) -> None:
    raise IndexError("list index\n out of range \x1b[2J")


INDEX = r"list index\n out of range \x1b[2J"
REASON = r"relint failed (IndexError: list index out of range \x1b[2J)"


@pytest.mark.parametrize(
    ("function", "arguments", "file"),
    [
        pytest.param("settings.config_file._read_settings", ["check", "a.yaml"], "relint.yaml", id="configuration"),
        pytest.param("settings.config_file._read_settings", ["config", "."], "relint.yaml", id="other command"),
        pytest.param(
            "settings.parameter_files._to_text",
            ["check", "a.yaml", "--parameters", "values.json"],
            "values.json",
            id="parameter file",
        ),
        pytest.param(
            "catalog.rule_parser.read_rule",
            ["check", "a.yaml", "--rules", "relint.yaml"],
            "relint.yaml",
            id="rule file",
        ),
        pytest.param("report.one_line.visible_findings", ["check", "a.yaml", "--format", "concise"], "", id="report"),
        pytest.param(
            "report.json_report.summarize",
            ["check", "a.yaml", "--output", "json=out.json"],
            "out.json",
            id="report file",
        ),
        pytest.param("discover.files._find_files", ["check", "a.yaml"], "", id="search"),
        pytest.param("lsp.server.build_server", ["lsp"], "", id="language server"),
    ],
)
def test_defect_gives_exit_code_2_and_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, function: str, arguments: list[str], file: str
) -> None:
    monkeypatch.setattr(f"relint.{function}", failing)
    done = run_unexpectedly(*arguments, cwd=folder)
    assert done.exit_code == 2
    assert done.stderr == f"{f'{file}: ' if file else ''}error: {REASON}; {END}"


def test_traceback_is_printed_on_request(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relint.discover.files._find_files", failing)
    done = run_unexpectedly("check", "a.yaml", cwd=folder, RELINT_TRACEBACK="1")
    assert done.exit_code == 2
    assert done.stderr.startswith("Traceback (most recent call last):\n")
    assert ", in failing\n" in done.stderr
    assert done.stderr.endswith(f"error: {REASON}; {END}")


@pytest.mark.parametrize(
    "function",
    [
        pytest.param("relint.run.check_template.read_document", id="reading"),
        pytest.param("relint.run.check_template.judge", id="rules"),
        pytest.param("relint.run.check_template.cross_stack_relations", id="relations of stacks"),
    ],
)
def test_defect_in_one_template_keeps_the_findings_of_the_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    module, _, name = function.rpartition(".")
    original = getattr(__import__(module, fromlist=[name]), name)
    calls: list[object] = []

    def fail_once(*arguments: object, **options: object) -> object:
        calls.append(arguments)
        return failing() if len(calls) == 1 else original(*arguments, **options)

    (folder / "b.yaml").write_text(DATABASE, encoding="utf-8")
    monkeypatch.setattr(function, fail_once)
    done = run_relint("check", ".", "--no-cache", "--format", "concise", cwd=folder)
    assert done.exit_code == 2
    assert (
        rf"a.yaml:1:1: error RELINT relint cannot check this template (IndexError: {INDEX}); {ADDRESS}." in done.stdout
    )
    assert "b.yaml:1:13: warning RDS-701" in done.stdout


def test_defect_in_a_nested_stack_keeps_the_findings_of_its_parent(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = stack_resource("Child", "a.yaml", "{Size: 2}")
    (folder / "a.yaml").write_text("Parameters: {Size: {Type: Number}}\n" + DATABASE, encoding="utf-8")
    (folder / "b.yaml").write_text(f"Resources:\n{child}  D: {{Type: AWS::RDS::DBInstance}}\n", encoding="utf-8")
    from relint.run import check_template

    original = check_template._check_template
    calls: list[object] = []

    def fail_third(*arguments: object) -> object:
        calls.append(arguments)
        return failing() if len(calls) == 3 else original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(check_template, "_check_template", fail_third)
    done = run_relint("check", ".", "--no-cache", "--format", "concise", cwd=folder)
    assert len(calls) == 3
    assert done.exit_code == 2
    assert "a.yaml:1:1: error RELINT relint cannot check this template" in done.stdout
    assert "b.yaml:3:3: warning RDS-701" in done.stdout


WORKERS = """import multiprocessing, sys, relint.run.parallel as parallel
def failing(*_):
    raise IndexError("list index out of range")
if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    parallel._build_worker_config = failing
    from relint.cli import main
    main(sys.argv[1:])
"""


def test_defect_in_a_worker_gives_exit_code_2_and_one_line(folder: Path) -> None:
    (folder / "b.yaml").write_text(DATABASE, encoding="utf-8")
    arguments = ["check", ".", "--jobs", "2", "--no-cache"]
    done = run_python("-c", WORKERS, *arguments, cwd=folder, RELINT_TRACEBACK=None)
    assert done == CommandResult(2, "", f"error: relint failed (IndexError: list index out of range); {END}")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("format_name", FORMATS)
def test_full_disk_gives_exit_code_2_and_one_line(
    folder: Path, format_name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with open("/dev/full", "w") as full, redirect_stdout(full), pytest.raises(SystemExit) as end:
        main(["check", str(folder / "a.yaml"), "--format", format_name])
    assert end.value.code == 2
    error = capfd.readouterr().err
    assert error == "error: the output could not be written (No space left on device); it is incomplete\n"


@pytest.mark.parametrize("format_name", FORMATS)
def test_report_file_on_a_full_disk_gives_exit_code_2_and_one_line(
    folder: Path, format_name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["check", str(folder / "a.yaml"), "--quiet", "--output", f"{format_name}=/dev/full"])
    assert end.value.code == 2
    assert capsys.readouterr().err == "error: '/dev/full' cannot be written (No space left on device)\n"


def test_interrupt_gives_exit_code_130(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("relint.discover.files._find_files", interrupt)
    assert run_relint("check", "a.yaml", cwd=folder) == CommandResult(130, "", "")


CLOSED_PIPE = """
import os, sys
reader, writer = os.pipe()
os.close(reader)
os.dup2(writer, 1)
from relint.cli import main
main(sys.argv[1:])
"""
NO_READER = "error: the output could not be written (Broken pipe); it is incomplete\n"


def test_reader_that_closes_the_pipe_gives_exit_code_2_and_one_line(folder: Path) -> None:
    assert run_python("-c", CLOSED_PIPE, "rules", cwd=folder) == CommandResult(2, "", NO_READER)


def test_reader_that_closes_the_pipe_of_a_diff_ends_the_work(folder: Path) -> None:
    tables = [f"  Table{number}: {{Type: AWS::DynamoDB::Table}}\n" for number in range(200)]  # more than a buffer
    for name in ("b.yaml", "c.yaml"):
        (folder / name).write_text("Resources:\n" + "".join(tables), encoding="utf-8")

    done = run_python("-c", CLOSED_PIPE, "check", ".", "--fix", "--diff", cwd=folder)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith(NO_READER)
    assert "Broken pipe" not in done.stderr.removesuffix(NO_READER)


def test_closed_standard_output_gives_exit_code_2_and_one_line(folder: Path) -> None:
    code = (
        "import sys; sys.stdout, sys.argv = None, ['', 'check', 'a.yaml']; "
        "from relint.cli import console_entry_point; console_entry_point()"
    )
    told = "error: the output could not be written (standard output is closed); it is incomplete\n"
    assert run_python("-c", code, cwd=folder) == CommandResult(2, "", told)
