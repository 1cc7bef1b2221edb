"""Files in which relint searches for the templates of nested stacks."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from relint._typing import NamedTuple
from relint.discover.candidate import is_url


class SearchBoundary(NamedTuple):
    """The files that may be read as templates of nested stacks.

    They are below `folders`, which are real paths. `excluded_by` returns the file of configuration that excludes a
    file, or None. `content_of` returns the content of a file, such as that of an earlier revision, that is used instead
    of the file on the disk, or None.
    """

    folders: Sequence[str] = ()
    excluded_by: Callable[[str], str | None] | None = None
    content_of: Callable[[str], str | bytes | None] | None = None


NO_NESTED_STACKS = SearchBoundary()


def search_roots(names: Sequence[str]) -> list[str]:
    """Return the real paths of folders, and of folders that contain files; URLs are ignored."""
    paths = [name for name in names if not is_url(name)]
    folders = (path if os.path.isdir(path) else os.path.dirname(path) or os.curdir for path in paths)
    return sorted({os.path.realpath(folder) for folder in folders})
