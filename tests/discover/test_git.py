"""Files that differ from a git revision, and the times of lines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from relint.discover.candidate import Candidate
from relint.discover.git import LineOrigin, find_changed_templates, origin_by_line
from relint.errors import OptionError
from tests.helpers.project import Project

LONG = "".join(f"line{number}: a\n" for number in range(20))


@pytest.fixture
def repository(project: Project) -> Project:
    """A repository with a commit, in whose folder `work` the process works."""
    for name in ("changed", "same", "renamed", "deleted"):
        project.write(f"work/{name}.yaml", f"{LONG}name: {name}\n")
    project.write("above.yaml", LONG).commit()
    os.chdir(project.folder / "work")
    return project


def test_changed_renamed_and_untracked_files_are_found_with_their_previous_versions(repository: Project) -> None:
    repository.write("work/changed.yaml", "new").write("above.yaml", "new").write("work/untracked.yaml", "new")
    os.rename("renamed.yaml", "re named.yaml")
    os.remove("deleted.yaml")
    repository.write("work/added.yaml", "added").git("add", "--all")
    repository.git("reset", "--quiet", "work/untracked.yaml")
    files = ["changed.yaml", "same.yaml", "re named.yaml", "added.yaml", "untracked.yaml", "../above.yaml"]
    changed, previous_versions = find_changed_templates(files, "HEAD")
    assert changed == {"changed.yaml", "re named.yaml", "added.yaml", "untracked.yaml", "../above.yaml"}
    assert previous_versions == [
        Candidate("changed.yaml", f"{LONG}name: changed\n".encode(), is_explicit=False),
        Candidate("re named.yaml", f"{LONG}name: renamed\n".encode(), is_explicit=False),
        Candidate("../above.yaml", LONG.encode(), is_explicit=False),
    ]


def test_no_file_is_compared_without_git(project: Project) -> None:
    assert find_changed_templates([], "HEAD") == (frozenset(), [])


@pytest.mark.parametrize("revision", ["nowhere", "--help", "HEAD:above.yaml"])
def test_unknown_revision_is_an_error(repository: Project, revision: str) -> None:
    with pytest.raises(OptionError) as error:
        find_changed_templates(["same.yaml"], revision)
    assert error.value.message == f"git knows no revision '{revision}'; fetch it, or name another"


def test_folder_without_a_repository_is_an_error(project: Project) -> None:
    with pytest.raises(OptionError) as error:
        find_changed_templates(["same.yaml"], "HEAD")
    folder = os.getcwd()
    assert error.value.message == f"'{folder}' is in no git repository, so there is no revision to compare with"


def test_missing_git_is_an_error(repository: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(OptionError) as error:
        find_changed_templates(["same.yaml"], "HEAD")
    assert error.value.message == "git is not installed, and only git knows what has changed since a revision"


def test_lines_have_the_times_of_their_commits(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for time, text in ((1_700_000_000, "a\nb\nc\n"), (1_700_000_999, "a\nB\nc\nd\n")):
        monkeypatch.setenv("GIT_AUTHOR_DATE", f"@{time} +0000")
        project.write("sub/a.yaml", text).commit()
    project.write("sub/a.yaml", "new\na\nB\nc\nd\n")
    expected = {2: 1_700_000_000, 3: 1_700_000_999, 4: 1_700_000_000, 5: 1_700_000_999}
    assert {line: origin.time for line, origin in origin_by_line("sub/a.yaml").items()} == expected
    os.chdir(Path(project.folder).parent)
    assert origin_by_line(str(project.folder / "sub" / "a.yaml"))[2] == LineOrigin("relint", 1_700_000_000)


def test_lines_outside_of_a_repository_have_no_times(project: Project) -> None:
    project.write("a.yaml", "a\n")
    assert origin_by_line("a.yaml") == {}
