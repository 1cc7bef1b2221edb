"""Run the command line of relint in this process, or Python code and relint in a process of its own."""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from relint.cli import main
from tests.helpers.paths import ROOT

SECONDS = 180
"""A process that takes longer is killed, and its test fails."""


class CommandResult(NamedTuple):
    """Exit code and output of a command."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def error(self) -> str:
        """The one line on standard error with which a command ended, with exit code 2; AssertionError otherwise."""
        assert self.exit_code == 2
        assert self.stderr.count("\n") == 1
        return self.stderr


def run_relint(
    *arguments: str, cwd: str | Path = ".", stdin: str | bytes = "", **environment: str | None
) -> CommandResult:
    """Run a command of relint in this process; AssertionError if an exception ends it that relint does not expect.

    A variable of the environment that is None is removed.
    """
    result = run_unexpectedly(*arguments, cwd=cwd, stdin=stdin, **{"RELINT_TRACEBACK": "1", **environment})
    assert "Traceback" not in result.stderr, result.stderr
    return result


def run_unexpectedly(
    *arguments: str, cwd: str | Path = ".", stdin: str | bytes = "", **environment: str | None
) -> CommandResult:
    """Run a command of relint in this process, which may end with an exception that relint does not expect."""
    content = stdin.encode("utf-8") if isinstance(stdin, str) else stdin
    stdout, stderr = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    thresholds = gc.get_threshold()
    with (
        working_directory(cwd),
        patch.dict(os.environ),
        patch("sys.stdin", io.TextIOWrapper(io.BytesIO(content), "utf-8")),
        redirect_stdout(stdout),
        redirect_stderr(stderr),
    ):
        change_environment(os.environ, environment)
        try:
            main(arguments)
        except SystemExit as error:
            assert error.code is None or isinstance(error.code, int), error.code
            exit_code = error.code or 0
        finally:
            gc.set_threshold(*thresholds)
    return CommandResult(exit_code, text_of(stdout), text_of(stderr))


def run_relint_process(
    *arguments: str,
    cwd: str | Path = ".",
    stdin: str = "",
    code: str = "",
    seconds: int = SECONDS,
    before: Callable[[], None] | None = None,
    **environment: str | None,
) -> CommandResult:
    """Run a command of relint in a process of its own, after some Python code; `before` runs ahead of Python."""
    source = f"{code}\nfrom relint.cli import main\nif __name__ == '__main__':\n    main()"
    command = ["-c", source] if code else ["-m", "relint"]
    return run_python(*command, *arguments, cwd=cwd, stdin=stdin, seconds=seconds, before=before, **environment)


def run_python(
    *arguments: str,
    cwd: str | Path = ".",
    stdin: str = "",
    seconds: int = SECONDS,
    before: Callable[[], None] | None = None,
    **environment: str | None,
) -> CommandResult:
    """Run Python with the relint of this checkout; AssertionError if it prints a traceback."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "RELINT_TRACEBACK": "1"}
    change_environment(variables, environment)
    process = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=variables,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
        preexec_fn=before,
    )
    assert "Traceback" not in process.stderr, process.stderr
    return CommandResult(process.returncode, process.stdout, process.stderr)


@contextmanager
def working_directory(folder: str | Path) -> Iterator[None]:
    """Work in a folder, and return to the present one afterwards."""
    previous = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(previous)


def change_environment(variables: os._Environ[str] | dict[str, str], changes: dict[str, str | None]) -> None:
    """Set variables of an environment, or remove those whose new value is None."""
    for name, value in changes.items():
        if value is None:
            variables.pop(name, None)
        else:
            variables[name] = value


def text_of(stream: io.TextIOWrapper) -> str:
    """All that was written to a stream in memory."""
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
