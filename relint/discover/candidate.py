"""Candidates: files that may be templates, and files that are skipped."""

from __future__ import annotations

from relint._named_tuple import NamedTuple
from relint.finding import Failure


class Candidate(NamedTuple):
    """A file to check: its name for the user, what it holds, and whether the user named it as a template."""

    file: str
    raw: str | bytes
    is_explicit: bool


class Skipped(NamedTuple):
    """A file that is not checked, and why."""

    file: str
    reason: str


Input = Candidate | Skipped | Failure


def skip_excluded(file: str, by: str) -> Skipped:
    """A file that a configuration excludes."""
    return Skipped(file, f"excluded by {by}")


def is_exclusion(reason: str) -> bool:
    """Whether a file was skipped because a configuration excludes it."""
    return reason.startswith("excluded by ")


def is_url(name: str) -> bool:
    """Whether a name has a protocol, as in s3://bucket/file.yaml, and so is no path (C:// is one of Windows)."""
    protocol, mark, _ = name.partition("://")
    return bool(mark) and len(protocol) > 1 and protocol.isalnum()
