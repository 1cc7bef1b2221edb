"""Templates as they are in a git revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence

from relint.discover.candidate import Candidate
from relint.errors import OptionError


def find_changed_templates(files: Sequence[str], base: str) -> tuple[frozenset[str], list[Candidate]]:
    """Which of some files differ from a git revision, and how those that it knew were written there.

    A candidate bears the name of the file as it is now, so that a renamed file is compared with what it was. Files that
    git does not track have changed and were not there. Raises OptionError when git cannot tell.
    """
    if not files:
        return frozenset(), []
    root = _git(["rev-parse", "--show-toplevel"]).decode().strip()
    commit = _git(["rev-parse", "--verify", "--quiet", "--end-of-options", base + "^{commit}"], base).decode().strip()
    inside = {_relative(file, root): file for file in files}
    before = dict(_before(root, commit))
    untracked = set(_names(_git(["ls-files", "--others", "-z", "--full-name", "--", ":/"])))
    changed = frozenset(file for name, file in inside.items() if name in before or name in untracked)
    old = []
    for name, file in inside.items():
        earlier = before.get(name)
        if earlier:
            old.append(Candidate(file, _git(["cat-file", "blob", f"{commit}:{earlier}"]), is_explicit=False))
    return changed, old


def _before(root: str, commit: str) -> Iterator[tuple[str, str | None]]:
    """The files that differ from a commit, each with its name there; None for one that was added."""
    fields = iter(_names(_git(["diff", "--name-status", "-M", "-z", "--no-ext-diff", commit, "--", ":/"])))
    for status in fields:
        name = next(fields)
        if status[0] in "RC":
            yield next(fields), name
        elif status[0] != "D":
            yield name, None if status[0] == "A" else name


def commit_time_by_line(file: str) -> dict[int, int]:
    """When each line of a file was last written, in seconds since 1970, by its number; empty if git cannot tell."""
    folder, name = os.path.split(os.path.abspath(file))
    try:
        lines = _git(["-C", folder, "blame", "--porcelain", "--", name]).decode(errors="replace").splitlines()
    except OptionError:
        return {}
    times: dict[str, int] = {}
    found: dict[int, int] = {}
    commit, number = "", 0
    for line in lines:
        if line.startswith("\t"):
            if commit.strip("0"):  # all zeros: not committed yet
                found[number] = times[commit]
            continue
        words = line.split(" ")
        if len(words[0]) >= 40 and len(words) >= 3:
            commit, number = words[0], int(words[2])
        elif words[0] == "author-time":
            times[commit] = int(words[1])
    return found


def _names(output: bytes) -> list[str]:
    return [name.decode("utf-8", "surrogateescape") for name in output.split(b"\0") if name]


def _relative(file: str, root: str) -> str:
    return os.path.relpath(os.path.realpath(file), os.path.realpath(root)).replace(os.sep, "/")


def _git(arguments: Sequence[str], revision: str | None = None) -> bytes:
    try:
        return subprocess.run(["git", *arguments], check=True, capture_output=True).stdout
    except FileNotFoundError as error:
        raise OptionError("git is not installed, and --diff asks it what has changed") from error
    except subprocess.CalledProcessError as error:
        if revision is not None:
            raise OptionError(f"git knows no revision '{revision}'; fetch it, or name another") from error
        reason = error.stderr.decode(errors="replace").strip().splitlines() or ["it says nothing"]
        raise OptionError(f"git cannot tell what has changed: {reason[0]}") from error
