"""Git: files that differ from a revision, their previous versions, and times of lines."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence

from relint._typing import NamedTuple
from relint.discover.candidate import Candidate
from relint.errors import OptionError


def find_changed_templates(files: Sequence[str], revision: str) -> tuple[frozenset[str], list[Candidate]]:
    """Return the files that differ from a git revision, and their previous versions.

    The candidate of a previous version has the current name of the file, so that a renamed file is compared with its
    previous content. Untracked files count as changed and have no previous version. Raises OptionError if git fails.
    """
    if not files:
        return frozenset(), []
    root = _run_git(["rev-parse", "--show-toplevel"]).decode().strip()
    arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"]
    commit = _run_git(arguments, revision).decode().strip()
    file_by_repository_path = {_repository_path(file, root): file for file in files}
    previous_paths = dict(_previous_paths(commit))
    untracked = set(_split_paths(_run_git(["ls-files", "--others", "-z", "--full-name", "--", ":/"])))
    changed = frozenset(
        file for path, file in file_by_repository_path.items() if path in previous_paths or path in untracked
    )
    previous_versions = []
    for path, file in file_by_repository_path.items():
        previous_path = previous_paths.get(path)
        if previous_path:
            content = _run_git(["cat-file", "blob", f"{commit}:{previous_path}"])
            previous_versions.append(Candidate(file, content, is_explicit=False))
    return changed, previous_versions


def _previous_paths(commit: str) -> Iterator[tuple[str, str | None]]:
    """Yield the path of each file that differs from a commit, and its path there. None for an added file."""
    output = _run_git(["diff", "--name-status", "-M", "-z", "--no-ext-diff", commit, "--", ":/"])
    fields = iter(_split_paths(output))
    for status in fields:
        path = next(fields)
        if status[0] in "RC":  # renamed or copied: the new path follows
            yield next(fields), path
        elif status[0] != "D":
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


def _repository_path(file: str, root: str) -> str:
    return os.path.relpath(os.path.realpath(file), os.path.realpath(root)).replace(os.sep, "/")


def _run_git(arguments: Sequence[str], revision: str | None = None) -> bytes:
    """Return the output of git. Raises OptionError, which names the `revision` if that is the argument to verify."""
    try:
        return subprocess.run(["git", *arguments], check=True, capture_output=True).stdout
    except FileNotFoundError as error:
        raise OptionError("git is not installed, and --diff asks it what has changed") from error
    except subprocess.CalledProcessError as error:
        if revision is not None:
            raise OptionError(f"git knows no revision '{revision}'; fetch it, or name another") from error
        reason = error.stderr.decode(errors="replace").strip().splitlines() or ["it says nothing"]
        raise OptionError(f"git cannot tell what has changed: {reason[0]}") from error
