"""A folder of templates and configuration that a test writes and checks."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import relint
from relint.finding import Report
from tests.helpers.command_line import CommandResult, run_relint, working_directory
from tests.helpers.paths import ROOT


class Project:
    """A folder with a configuration that ends the search for further ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.configure("")

    def write(self, file: str, text: str) -> Project:
        """Write a file, and create its folder."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def read(self, file: str) -> str:
        """Return the text of a file."""
        return (self.folder / file).read_text(encoding="utf-8")

    def configure(self, text: str) -> Project:
        """Replace the configuration."""
        return self.write("relint.yaml", f"root: true\n{text}")

    def copy_fixtures(self, times: int = 1, folders: tuple[str, ...] = (".",)) -> Project:
        """Write every template of the fixtures under so many names, in folders that take turns."""
        for source in sorted((ROOT / "fixtures").glob("*/template.*")):
            for number in range(times):
                name = f"{source.parent.name}-{number}{source.suffix}"
                self.write(f"{folders[number % len(folders)]}/{name}", source.read_text(encoding="utf-8"))
        return self

    def check(self, *paths: str, **options: Any) -> Report:
        """Check paths of the folder, or all of it, with the library."""
        with working_directory(self.folder):
            return relint.check(*paths or ["."], **options)

    def run(self, *arguments: str, **options: Any) -> CommandResult:
        """Run a command of relint in the folder, in this process."""
        return run_relint(*arguments, cwd=self.folder, **options)

    def git(self, *arguments: str) -> None:
        """Run git in the folder, as an author whom no configuration names."""
        run_git(*arguments, cwd=self.folder)

    def commit(self, message: str = "change") -> None:
        """Commit all files of the folder, after `git init` if that is necessary."""
        if not (self.folder / ".git").exists():
            self.git("init", "--quiet")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)


AUTHOR = ("-c", "user.name=relint", "-c", "user.email=relint@example.com", "-c", "commit.gpgsign=false")


def run_git(*arguments: str, cwd: Path, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run git as an author whom no configuration names."""
    return subprocess.run(
        ["git", *AUTHOR, *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=check,
    )
