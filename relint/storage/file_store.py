"""A folder of small files that many processes read and write at once, each found by a hash, and bounded in size."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterator

MAX_BYTES = 50_000_000
"""What all files may take of the disk."""
MAX_ENTRY_BYTES = 1_000_000
"""Bytes beyond which a single one is not kept."""
_BLOCK = 4096
_SUM = 4


def create_private_directory(folder: str) -> bool:
    """Makes a folder if need be, and says whether nobody else could have written to it. Raises OSError."""
    os.makedirs(folder, 0o700, exist_ok=True)
    status = os.stat(folder)
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)


def load_entry(folder: str, key: bytes) -> bytes:
    """What is kept under a key. Raises OSError if there is nothing, ValueError if it is damaged or that of another."""
    with open(os.path.join(folder, key.hex()), "rb", buffering=0) as stream:
        content = stream.read()
    head = len(key) + _SUM
    if content[:head] != _head(key, content[head:]):
        raise ValueError("the file is damaged")
    return content[head:]


def save_entry(folder: str, key: bytes, data: bytes) -> None:
    """Keeps something that is not too large under a key, and now and then makes room. Raises OSError."""
    size = _on_disk(len(key) + _SUM + len(data))
    if len(data) > MAX_ENTRY_BYTES:
        return
    write_atomically(os.path.join(folder, key.hex()), _head(key, data) + data)
    if int.from_bytes(key[:4], "big") * MAX_ENTRY_BYTES < size << 32:  # keys are hashes: about once for each megabyte
        evict(folder, MAX_BYTES)


def evict(folder: str, most: int) -> tuple[int, int]:
    """Removes the oldest files of a folder until the others take no more than `most` bytes of the disk.

    Returns how many files that were, and their bytes. What others remove at the same time is no mistake.
    """
    found = sorted(_files(folder), reverse=True)
    removed = size = total = 0
    for _, length, path in found:
        total += _on_disk(length)
        if total > most:
            try:
                os.unlink(path)
            except OSError:
                continue
            removed, size = removed + 1, size + length
    return removed, size


def disk_usage(folder: str) -> tuple[int, int]:
    """How many files a folder has, and their bytes."""
    sizes = [size for _, size, _ in _files(folder)]
    return len(sizes), sum(sizes)


def _files(folder: str) -> Iterator[tuple[int, int, str]]:
    """When each file was written, its size, and its path."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    status = entry.stat(follow_symlinks=False)
                except OSError:
                    continue  # gone by now
                if not stat.S_ISDIR(status.st_mode):
                    yield status.st_mtime_ns, status.st_size, entry.path
    except OSError:
        return


def write_atomically(path: str, content: bytes) -> None:
    """Writes a file so that nobody ever sees half of it. Raises OSError, also if another thread writes it just now."""
    temporary = f"{path}.{os.getpid()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with open(descriptor, "wb", buffering=0) as stream:
            stream.write(content)
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise


def _head(key: bytes, data: bytes) -> bytes:
    """What stands before the data: whose they are, and a sum that tells of damage."""
    return key + zlib.crc32(data, zlib.crc32(key)).to_bytes(4, "big")


def _on_disk(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK
