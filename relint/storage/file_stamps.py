"""Stamps of files, which reveal without reading a file that it has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

FileStamp = tuple[str, int, int, int]
"""The path of a file relative to a folder, its size in bytes, and the times at which content and entry changed (ns)."""

_STABLE_AFTER = 2_000_000_000
"""Nanoseconds without a change after which files are stable.

That is longer than a start of relint takes, and than the clock of any file system ticks.
"""


def collect_file_stamps(folder: str, excluded_folder: str | None = None) -> list[FileStamp]:
    """Return the stamps of the files below a folder, sorted, without compiled Python. Raises OSError.

    Folders with the name `excluded_folder` are left out. The time at which the entry changed cannot be set, and so
    reveals files that were replaced by others with older times.
    """
    file_stamps: list[FileStamp] = []
    waiting = [folder]
    start = len(folder) + 1
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if not entry.is_dir():
                    status = _status(entry)
                    file_stamps.append((entry.path[start:], status.st_size, status.st_mtime_ns, status.st_ctime_ns))
                elif entry.name not in ("__pycache__", excluded_folder):
                    waiting.append(entry.path)
    return sorted(file_stamps)


def is_stable(file_stamps: Sequence[FileStamp]) -> bool:
    """Whether no file has changed in the last seconds, so that equal stamps mean equal files."""
    newest = max((max(modified, changed) for _, _, modified, changed in file_stamps), default=0)
    return newest < time.time_ns() - _STABLE_AFTER


def _status(entry: os.DirEntry[str]) -> os.stat_result:
    try:
        return entry.stat()
    except FileNotFoundError:  # a link to nothing, such as the locks of some editors
        return entry.stat(follow_symlinks=False)
