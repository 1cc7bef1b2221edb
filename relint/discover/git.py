"""Git: files that differ from a revision, their previous versions, and times of lines."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence

from relint._typing import NamedTuple
from relint.discover.candidate import Candidate
from relint.errors import OptionError

BRANCH_POINT = "..."
"""What follows a revision that stands for the commit at which the work tree branched off from it."""


class Revision:
    """A git revision, and how the files of the work tree differ from it; paths begin at the root of the repository.

    `changed` has the path in the revision of each file that differs: another path if the file was renamed, None if the
    revision lacks it, as it does untracked files. `removed` are the paths that only the revision has.
    """

    def __init__(self, name: str) -> None:
        """Read the differences; raise OptionError if git fails."""
        self._root = _run_git(["rev-parse", "--show-toplevel"]).decode().strip()
        self._commit = _find_commit(name)
        self.changed: dict[str, str | None] = {}
        self.removed: set[str] = set()
        for path, previous_path in _changed_paths(self._commit):
            if path is None:
                self.removed.add(previous_path or "")
            else:
                self.changed[path] = previous_path
        untracked = _split_paths(_run_git(["ls-files", "--others", "-z", "--full-name", "--", ":/"]))
        self.changed.update(dict.fromkeys(untracked))

    def path_of(self, file: str) -> str:
        """Return the path of a file that is named as from the working directory."""
        return os.path.relpath(os.path.realpath(file), os.path.realpath(self._root)).replace(os.sep, "/")

    def read(self, path: str) -> bytes:
        """Return the content of a path in the revision."""
        return _run_git(["cat-file", "blob", f"{self._commit}:{path}"])


def find_changed_templates(files: Sequence[str], revision: str) -> tuple[frozenset[str], list[Candidate]]:
    """Return the files that differ from a git revision, and their previous versions.

    The candidate of a previous version has the current name of the file, so that a renamed file is compared with its
    previous content. Untracked files count as changed and have no previous version. Raises OptionError if git fails.
    """
    if not files:
        return frozenset(), []
    difference = Revision(revision)
    changed = {file: path for file in files if (path := difference.path_of(file)) in difference.changed}
    previous_paths = {file: difference.changed[path] for file, path in changed.items()}
    previous_versions = [
        Candidate(file, difference.read(path), is_explicit=False) for file, path in previous_paths.items() if path
    ]
    return frozenset(changed), previous_versions


def _find_commit(revision: str) -> str:
    """Return the hash of the commit that a revision names, or of no files; raises OptionError if there is none.

    "main..." is the commit at which the work tree branched off from main, as in `git diff main...`.
    """
    if revision.endswith(BRANCH_POINT):
        return _find_branch_point(revision.removesuffix(BRANCH_POINT))
    arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"]
    try:
        return _run_git(arguments).decode().strip()
    except OptionError as error:
        if revision == "HEAD" and not _run_git(["rev-list", "--max-count=1", "--all"]).strip():
            return _run_git(["hash-object", "-t", "tree", os.devnull]).decode().strip()  # before the first commit
        if _run_git(["rev-parse", "--is-shallow-repository"]).strip() == b"true":
            remedy = "this clone is shallow, so fetch it, with all commits (git fetch --unshallow; fetch-depth: 0)"
        else:
            remedy = "fetch it, or name another"
        raise OptionError(f"git knows no revision '{revision}'; {remedy}") from error


def _find_branch_point(revision: str) -> str:
    commit = _find_commit(revision)
    try:
        return _run_git(["merge-base", commit, "HEAD"]).decode().strip()
    except OptionError as error:
        message = f"git finds no commit at which this branch has left '{revision}'; fetch all commits, or name another"
        raise OptionError(message) from error


def _changed_paths(commit: str) -> Iterator[tuple[str | None, str | None]]:
    """Yield the path of each file that differs from a commit, and its path there; None on the side that lacks it."""
    output = _run_git(["diff", "--name-status", "-M", "-z", "--no-ext-diff", commit, "--", ":/"])
    fields = iter(_split_paths(output))
    for status in fields:
        path = next(fields)
        if status[0] in "RC":  # renamed or copied: the new path follows
            yield next(fields), path
        elif status[0] == "D":
            yield None, path
        else:
            yield path, None if status[0] == "A" else path


class LineOrigin(NamedTuple):
    """The author of a line and the time of their commit, in seconds since 1970."""

    author: str
    time: int


def origin_by_line(file: str) -> dict[int, LineOrigin]:
    """Return the author of each line of a file, and the time.

    Lines that are not committed are missing, and all lines if git fails.
    """
    folder, name = os.path.split(os.path.abspath(file))
    try:
        output = _run_git(["-C", folder, "blame", "--porcelain", "--", name]).decode(errors="replace").splitlines()
    except OptionError:
        return {}
    origin_by_commit: dict[str, LineOrigin] = {}
    origins: dict[int, LineOrigin] = {}
    author = ""
    commit, number = "", 0
    for line in output:
        if line.startswith("\t"):
            if commit.strip("0"):  # all zeros: not committed yet
                origins[number] = origin_by_commit[commit]
            continue
        fields = line.split(" ")
        if len(fields[0]) >= 40 and len(fields) >= 3:
            commit, number = fields[0], int(fields[2])
        elif fields[0] == "author":
            author = line.removeprefix("author ")
        elif fields[0] == "author-time":
            origin_by_commit[commit] = LineOrigin(author, int(fields[1]))
    return origins


def is_tracked(file: str) -> bool:
    """Whether git tracks a file; False if git fails."""
    folder, name = os.path.split(os.path.abspath(file))
    try:
        _run_git(["-C", folder, "ls-files", "--error-unmatch", "--", f":(literal){name}"])
    except OptionError:
        return False
    return True


def _split_paths(output: bytes) -> list[str]:
    return [path.decode("utf-8", "surrogateescape") for path in output.split(b"\0") if path]


def _run_git(arguments: Sequence[str]) -> bytes:
    """Return the output of git; raises OptionError with what it says."""
    try:
        return subprocess.run(["git", *arguments], check=True, capture_output=True).stdout
    except FileNotFoundError as error:
        raise OptionError("git is not installed, and only git knows what has changed since a revision") from error
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip().splitlines() or ["it says nothing"]
        if "not a git repository" in reason[0]:
            message = f"'{os.getcwd()}' is in no git repository, so there is no revision to compare with"
            raise OptionError(message) from error
        raise OptionError(f"git cannot tell what has changed: {reason[0]}") from error
