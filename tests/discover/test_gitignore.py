"""Files that git ignores are skipped in folders, as git itself would."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from relint.discover.candidate import Candidate, Skipped
from relint.discover.files import discover
from relint.discover.gitignore import parse_patterns
from tests.helpers.command_line import run_relint

TEMPLATE = "Resources: {Uploads: {Type: AWS::S3::Bucket}}\n"

CASES: dict[str, tuple[str, str, str]] = {
    # name: (lines of .gitignore, ignored files, other files)
    "name in every folder": ("x.yaml", "x.yaml a/x.yaml", "y.yaml xx.yaml"),
    "slash in front": ("/x.yaml", "x.yaml", "a/x.yaml"),
    "slash in the middle": ("a/x.yaml", "a/x.yaml", "b/a/x.yaml x.yaml"),
    "slash at the end": ("build/", "build/x.yaml a/build/y.yaml", "builds/x.yaml"),
    "slash at the end and a file": ("x.yaml/", "", "x.yaml"),
    "star within a name": ("*.gen.yaml", "a.gen.yaml a/b.gen.yaml", "gen.yaml a.gen/x.yaml"),
    "star does not cross a slash": ("a/*.yaml", "a/x.yaml", "a/b/x.yaml"),
    "question mark": ("x?.yaml", "x1.yaml", "x.yaml x12.yaml"),
    "set": ("x[0-9a].yaml", "x5.yaml xa.yaml", "xb.yaml"),
    "complement": ("x[!0-9].yaml", "xb.yaml", "x5.yaml"),
    "class": ("x[[:digit:]].yaml", "x5.yaml", "xb.yaml"),
    "bracket in a set": ("x[]a].yaml", "x].yaml xa.yaml", "xb.yaml"),
    "open complement": ("x[!].yaml", "", "x!.yaml xa.yaml"),
    "reversed range": ("x[z-a].yaml", "xz.yaml", "xb.yaml"),
    "open bracket": ("x[a.yaml", "", "x[a.yaml xa.yaml"),
    "stars in front": ("**/gen/x.yaml", "gen/x.yaml a/gen/x.yaml", "a/x.yaml"),
    "stars in the middle": ("a/**/x.yaml", "a/x.yaml a/b/c/x.yaml", "x.yaml"),
    "stars at the end": ("a/**", "a/x.yaml a/b/x.yaml", "b/x.yaml"),
    "stars in a name": ("a**z.yaml", "abz.yaml az.yaml", "a/z.yaml"),
    "negation": ("*.yaml\n!keep.yaml", "x.yaml", "keep.yaml a/keep.yaml"),
    "negation overridden by a later line": ("!x.yaml\nx.yaml", "x.yaml", "y.yaml"),
    "negation below an ignored folder": ("build\n!build/x.yaml", "build/x.yaml", ""),
    "negation below a folder that is not ignored itself": ("build/*\n!build/x.yaml", "build/y.yaml", "build/x.yaml"),
    "comment and empty line": ("# x.yaml\n\ny.yaml", "y.yaml", "x.yaml"),
    "escaped number sign": ("\\#x.yaml", "#x.yaml", "x.yaml"),
    "escaped exclamation mark": ("\\!x.yaml", "!x.yaml", "x.yaml"),
    "escaped star": ("\\*.yaml", "*.yaml", "x.yaml"),
    "spaces at the end": ("x.yaml  ", "x.yaml", "y.yaml"),
    "carriage return": ("x.yaml\r\ny.yaml\r", "x.yaml y.yaml", "z.yaml"),
    "byte order mark": ("\ufeffx.yaml", "x.yaml", "y.yaml"),
}


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A work tree with a folder for each case."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for name, (lines, ignored, others) in CASES.items():
        for file in f"{ignored} {others}".split():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(TEMPLATE)
        (tmp_path / name / ".gitignore").write_text(lines, encoding="utf-8", newline="")
    return tmp_path


def expected_files() -> list[str]:
    return sorted(f"{name}/{file}" for name, (_, _, others) in CASES.items() for file in others.split())


def found_files(folder: Path) -> list[str]:
    inputs = discover([str(folder)], respects_gitignore=lambda _: True)
    return sorted(Path(item.file).relative_to(folder).as_posix() for item in inputs if isinstance(item, Candidate))


def test_patterns_ignore_files_as_documented_by_git(cases: Path) -> None:
    assert found_files(cases) == expected_files()


def test_git_agrees_with_the_cases(cases: Path) -> None:
    command = ["git", "-C", str(cases), "-c", "core.excludesFile=", "ls-files", "-z", "--others", "--exclude-standard"]
    output = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
    assert sorted(file for file in output if file and not file.endswith(".gitignore")) == expected_files()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, the top of a work tree with a template to check."""
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q", "."], check=True)
    write("kept/x.yaml")
    return tmp_path


def write(*files: str, text: str = TEMPLATE) -> None:
    for file in files:
        os.makedirs(os.path.dirname(file) or ".", exist_ok=True)
        Path(file).write_text(text, encoding="utf-8")


def skipped(path: str = ".") -> dict[str, str]:
    inputs = discover([path], respects_gitignore=lambda _: True)
    return {item.file: item.reason for item in inputs if isinstance(item, Skipped)}


def test_reason_names_the_file_and_the_line(folder: Path) -> None:
    write(".gitignore", text="# output\nout/\n")
    write("kept/.gitignore", text="y.yaml\n")
    write(".git/info/exclude", text="z.yaml\n")
    write("out/x.yaml", "kept/y.yaml", "kept/z.yaml")
    assert skipped() == {
        "out/": "ignored by .gitignore:2",
        "kept/y.yaml": "ignored by kept/.gitignore:1",
        "kept/z.yaml": "ignored by .git/info/exclude:1",
    }


def test_nearer_file_overrides_a_farther_one(folder: Path) -> None:
    write(".gitignore", text="*.yaml\n")
    write("kept/.gitignore", text="!x.yaml\n")
    assert found_files(folder) == ["kept/x.yaml"]


def test_patterns_above_the_named_folder_apply(folder: Path) -> None:
    write(".gitignore", text="kept/y.yaml\n")
    write("kept/y.yaml")
    assert skipped("kept") == {"kept/y.yaml": "ignored by .gitignore:1"}


def test_repository_inside_a_repository_has_its_own_patterns(folder: Path) -> None:
    write(".gitignore", text="y.yaml\n")
    subprocess.run(["git", "init", "-q", "kept/inner"], check=True)
    write("kept/inner/y.yaml")
    assert found_files(folder) == ["kept/inner/y.yaml", "kept/x.yaml"]


def test_linked_work_tree_reads_the_patterns_of_its_repository(folder: Path) -> None:
    write(".git/info/exclude", text="y.yaml\n")
    write(".git/worktrees/w/commondir", text="../..\n")
    write("w/.git", text=f"gitdir: {folder}/.git/worktrees/w\n")
    write("w/y.yaml", "w/z.yaml")
    assert found_files(folder / "w") == ["z.yaml"]


def test_gitignore_outside_of_a_work_tree_has_no_effect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(".gitignore", text="*\n")
    write("x.yaml")
    assert found_files(tmp_path) == ["x.yaml"]


def test_link_named_gitignore_is_not_followed(folder: Path) -> None:
    write("patterns", text="*\n")
    os.symlink("patterns", ".gitignore")
    assert found_files(folder) == ["kept/x.yaml"]


def test_stars_take_no_exponential_time() -> None:
    names = ["a" * 200] * 20
    (name_stars, folder_stars) = parse_patterns("*a" * 100 + "b\n" + "**/a*/" * 20 + "b\n")
    start = time.process_time()
    assert not name_stars.matches(names, is_folder=False)
    assert not folder_stars.matches(names, is_folder=False)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        (["."], ["kept/x.yaml"]),
        ([".", "out/x.yaml"], ["kept/x.yaml", "out/x.yaml"]),
        (["out"], ["out/x.yaml"]),
        ([".", "--no-gitignore"], ["kept/x.yaml", "out/x.yaml"]),
        ([".", "--config", "all.yaml"], ["kept/x.yaml", "out/x.yaml"]),
    ],
    ids=["folder", "named file", "named folder", "option", "configuration"],
)
def test_ignored_template_is_checked_on_request_only(folder: Path, arguments: list[str], files: list[str]) -> None:
    write(".gitignore", text="out/\n")
    write("out/x.yaml")
    write("all.yaml", text="gitignore: false\n")
    done = run_relint("check", *arguments, "--select", "S3-601", "--format", "concise", "--no-cache")
    assert [line.split(":")[0] for line in done.stdout.splitlines() if "S3-601" in line] == files


def test_run_fails_if_everything_is_ignored(folder: Path) -> None:
    write(".gitignore", text="kept/\n")
    done = run_relint("check", ".", "--no-cache", "--format", "concise")
    assert done.exit_code == 2
    assert "ignored by .gitignore:1" in done.stdout + done.stderr


def test_ignored_output_of_the_cdk_is_mentioned(folder: Path) -> None:
    write(".gitignore", text="cdk.out\n")
    write("cdk.out/Shop.template.json")
    done = run_relint("check", ".", "--no-cache", "--fail-on", "never")
    assert done.stderr.splitlines()[0] == "cdk.out/: skipped: ignored by .gitignore:1; name the folder to check it"


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with a file of patterns, for git too; the machine has no configuration of its own."""
    home = tmp_path_factory.mktemp("home")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    (home / "mine").write_text("y.yaml\n", encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("file", "text", "is_ignored"),
    [
        (".gitconfig", "[core]\n\texcludesFile = ~/mine\n", True),
        (".gitconfig", '[user]\n\tname = x\n[CORE] ExcludesFile="~/mine" # mine\n', True),
        (".gitconfig", '[core "x"]\n\texcludesFile = ~/mine\n', False),
        (".gitconfig", "[core]\n\t# excludesFile = ~/mine\n", False),
        (".gitconfig", "[core]\n\texcludesFile = ~/mine\n\texcludesFile = ~/other\n", False),
        (".config/git/config", "[core]\n\texcludesfile = ~/mine\n", True),
        (".config/git/ignore", "y.yaml\n", True),
    ],
)
def test_file_of_the_user_is_read_as_git_reads_it(
    folder: Path, home: Path, file: str, text: str, *, is_ignored: bool
) -> None:
    (home / file).parent.mkdir(parents=True, exist_ok=True)
    (home / file).write_text(text, encoding="utf-8")
    write("kept/y.yaml")
    command = ["git", "ls-files", "--others", "--exclude-standard"]
    of_git = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert found_files(folder) == of_git
    assert ("kept/y.yaml" not in of_git) is is_ignored


def test_configuration_of_the_repository_overrides_that_of_the_user(folder: Path, home: Path) -> None:
    (home / ".gitconfig").write_text("[core]\n\texcludesFile = ~/mine\n", encoding="utf-8")
    write("kept/y.yaml", "kept/z.yaml")
    write("patterns", text="z.yaml\n")
    subprocess.run(["git", "config", "core.excludesFile", "patterns"], check=True)
    assert found_files(folder) == ["kept/x.yaml", "kept/y.yaml"]
    write(".git/info/exclude", text="!z.yaml\n")
    assert found_files(folder) == ["kept/x.yaml", "kept/y.yaml", "kept/z.yaml"]
