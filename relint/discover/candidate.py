"""Inputs of a run: candidates, skipped files and failures."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from relint._typing import NamedTuple
from relint.finding import Failure


class Candidate(NamedTuple):
    """A file that may be a template: its name for the user, and its content.

    A candidate with `is_explicit` is checked even if it does not look like a template, because the user named it.
    """

    file: str
    raw: str | bytes
    is_explicit: bool


class Skipped(NamedTuple):
    """A file that is not checked, and the reason for the user."""

    file: str
    reason: str


Input = Candidate | Skipped | Failure


def replace_texts(inputs: Iterable[Input], texts: Mapping[str, str]) -> Iterable[Input]:
    """Yield inputs, those of the named files with another text."""
    for item in inputs:
        if isinstance(item, Candidate) and item.file in texts:
            yield item._replace(raw=texts[item.file])
        else:
            yield item


def skip_excluded(file: str, excluded_by: str) -> Skipped:
    """Return the skip of a file that the settings file `excluded_by` excludes."""
    return Skipped(file, f"excluded by {excluded_by}")


def skip_ignored(file: str, pattern: str) -> Skipped:
    """Return the skip of a file or folder that git ignores because of a pattern, given as file and line."""
    return Skipped(file.replace(os.sep, "/"), f"ignored by {pattern}")


def is_exclusion(reason: str) -> bool:
    """Whether the reason of a skip is that a settings file or a .gitignore excludes the file."""
    return reason.startswith(("excluded by ", "ignored by "))


def fail_or_skip(file: str, *, fails: bool, message: str, reason: str) -> Failure | Skipped:
    """Return a Failure with `message` if `fails`, else a Skipped with `reason`."""
    return Failure(file, "discover", message) if fails else Skipped(file, reason)


def is_url(name: str) -> bool:
    """Whether a name begins with a protocol, as s3://bucket/file.yaml does. C:// is a path on Windows."""
    protocol, separator, _ = name.partition("://")
    return bool(separator) and len(protocol) > 1 and protocol.isalnum()
