"""How far nested stacks are followed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from relint._named_tuple import NamedTuple
from relint.discover.candidate import is_url


class SearchBoundary(NamedTuple):
    """How far nested stacks are followed: to files below `folders`, which are real paths, that nobody `excludes`.

    `texts` are files as they were at another time, by name; they count instead of what is on the disk.
    """

    folders: Sequence[str] = ()
    excluded_by: Callable[[str], str | None] | None = None
    overrides: Mapping[str, str | bytes] = {}


NO_NESTED_STACKS = SearchBoundary()


def search_roots(names: Sequence[str]) -> list[str]:
    """The real paths of the folders that are named, and of those of the files that are named; not of URLs."""
    paths = [name for name in names if not is_url(name)]
    folders = (name if os.path.isdir(name) else os.path.dirname(name) or os.curdir for name in paths)
    return sorted({os.path.realpath(folder) for folder in folders})
