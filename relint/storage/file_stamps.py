"""What tells that files have changed, without reading them."""

from __future__ import annotations

import os

FileStamp = tuple[str, int, int, int]
"""The path of a file from the folder that was asked about, its size, and when content and entry changed (ns)."""


def collect_file_stamps(folder: str, excluded_folder: str | None = None) -> list[FileStamp]:
    """The stamps of all files below a folder, sorted; of what Python compiles none. Raises OSError.

    Folders that are named as `without` says are left out.

    The time at which the entry changed, which nobody can set, tells of files that were put in place with old times.
    """
    found: list[FileStamp] = []
    waiting = [folder]
    start = len(folder) + 1
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if not entry.is_dir():
                    status = _status(entry)
                    found.append((entry.path[start:], status.st_size, status.st_mtime_ns, status.st_ctime_ns))
                elif entry.name not in ("__pycache__", excluded_folder):
                    waiting.append(entry.path)
    return sorted(found)


def _status(entry: os.DirEntry[str]) -> os.stat_result:
    try:
        return entry.stat()
    except FileNotFoundError:  # a link to nothing, such as the locks of some editors
        return entry.stat(follow_symlinks=False)
