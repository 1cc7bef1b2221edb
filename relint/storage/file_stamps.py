"""Stamps of files, which reveal a change without reading the files."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

FileStamp = tuple[str, int, int, int]
"""The path of a file relative to the scanned folder, its size in bytes, and its times of change in nanoseconds.

The times are those of the content (mtime) and of the directory entry (ctime). No program can set the latter, so it
reveals files that were replaced by others with older times.
"""

_STABLE_AFTER = 2_000_000_000
"""Nanoseconds without a change after which files are stable.

That is longer than a start of relint takes, and than the clock of any file system ticks.
"""


def collect_file_stamps(folder: str, excluded_folder: str | None = None) -> list[FileStamp]:
    """Return the sorted stamps of all files below a folder; raises OSError.

    Folders named `__pycache__` or `excluded_folder` are omitted.
    """
    file_stamps: list[FileStamp] = []
    pending = [folder]
    start = len(folder) + 1
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if not entry.is_dir():
                    status = _status(entry)
                    file_stamps.append((entry.path[start:], status.st_size, status.st_mtime_ns, status.st_ctime_ns))
                elif entry.name not in ("__pycache__", excluded_folder):
                    pending.append(entry.path)
    return sorted(file_stamps)


def is_stable(file_stamps: Sequence[FileStamp]) -> bool:
    """Whether no file has changed in the last seconds. Then equal stamps mean equal files."""
    newest = max((max(modified, changed) for _, _, modified, changed in file_stamps), default=0)
    return newest < time.time_ns() - _STABLE_AFTER


class FolderWatch:
    """The times of change of all files and folders below some folders, which are compared in half a millisecond.

    An added, removed or renamed file changes the time of its folder. Raises OSError if a folder cannot be read.
    """

    __slots__ = ("_paths", "_times")

    def __init__(self, *folders: str) -> None:
        self._paths = [path for folder in folders for path in _paths_below(folder)]
        self._times = self._current_times()

    def is_unchanged(self) -> bool:
        """Whether no file and no folder has changed since the watch was created."""
        try:
            return self._current_times() == self._times
        except OSError:
            return False

    def _current_times(self) -> list[int]:
        if os.name == "nt":  # where ctime is the time of creation
            return [os.stat(path).st_mtime_ns for path in self._paths]
        try:
            return [os.stat(path).st_ctime_ns for path in self._paths]
        except FileNotFoundError:  # a broken link, or a removed file, which this raises for again
            return [os.lstat(path).st_ctime_ns for path in self._paths]


def _paths_below(folder: str) -> list[str]:
    """Return a folder and all files and folders below it, except compiled modules."""
    paths = [folder]
    pending = [folder]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.name == "__pycache__":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                paths.append(entry.path)
    return paths


def _status(entry: os.DirEntry[str]) -> os.stat_result:
    try:
        return entry.stat()
    except FileNotFoundError:  # a broken link, such as the lock files of some editors
        return entry.stat(follow_symlinks=False)
