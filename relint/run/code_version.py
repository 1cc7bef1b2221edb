"""What tells whether it is still the same code that judges."""

from __future__ import annotations

import marshal
import os
import sys
import time
from typing import TYPE_CHECKING

from relint.storage.file_stamps import collect_file_stamps
from relint.storage.hashing import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relint.storage.file_stamps import FileStamp

_SETTLED = 2_000_000_000
"""Nanoseconds for which code must have been as it is: longer than a start takes, and than any clock of files ticks."""


def code(package: str) -> list[FileStamp]:
    """The stamps of the code in a folder, and of the PyYAML that would be imported. Raises OSError.

    Rules, which a wheel has in there, are left out: whoever loads them looks at their stamps (`catalog.load`).
    """
    from importlib.machinery import PathFinder

    yaml = PathFinder.find_spec("yaml")
    if yaml is None or not yaml.origin:
        raise FileNotFoundError("PyYAML")
    return [
        (package, 0, 0, 0),
        *collect_file_stamps(package, excluded_folder="rules"),
        *collect_file_stamps(os.path.dirname(yaml.origin)),
    ]


def identity(files: Sequence[FileStamp]) -> bytes:
    """A hash of what judges: files of code, and Python."""
    return digest(marshal.dumps((sys.version, *files), 2))


def settled(files: Sequence[FileStamp]) -> bool:
    """Whether no file has just changed; else what runs may be what was there before."""
    newest = max(max(changed, entered) for _, _, changed, entered in files)
    return newest < time.time_ns() - _SETTLED
