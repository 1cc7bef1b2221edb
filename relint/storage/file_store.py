"""A store of cache entries in files, for many processes at once."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterator

MAX_BYTES = 50_000_000
"""Disk space of all entries."""
MAX_ENTRY_BYTES = 1_000_000
"""Size of an entry; larger ones are not saved."""
_BLOCK_BYTES = 4096
"""Allocation unit of most file systems."""
_CHECKSUM_BYTES = 4


def create_private_directory(folder: str) -> bool:
    """Create a folder if needed, and return whether it is private. Raises OSError.

    A folder is private if only the current user can write to it. True on systems without user ids.
    """
    os.makedirs(folder, 0o700, exist_ok=True)
    status = os.stat(folder)
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)


def load_entry(folder: str, key: bytes) -> bytes:
    """Return the data of an entry. Raises OSError without one, ValueError if it is damaged or has another key."""
    with open(os.path.join(folder, key.hex()), "rb", buffering=0) as stream:
        content = stream.read()
    header_bytes = len(key) + _CHECKSUM_BYTES
    if content[:header_bytes] != _header(key, content[header_bytes:]):
        raise ValueError("the file is damaged")
    return content[header_bytes:]


def save_entry(folder: str, key: bytes, data: bytes) -> None:
    """Save an entry, and evict old ones now and then. Raises OSError.

    An entry larger than MAX_ENTRY_BYTES is not saved.
    """
    allocated_bytes = _allocated_bytes(len(key) + _CHECKSUM_BYTES + len(data))
    if len(data) > MAX_ENTRY_BYTES:
        return
    write_atomically(os.path.join(folder, key.hex()), _header(key, data) + data)
    # Keys are digests, so their first 32 bits are random: evict once for each MAX_ENTRY_BYTES saved, on average.
    if int.from_bytes(key[:4], "big") * MAX_ENTRY_BYTES < allocated_bytes << 32:
        evict(folder, MAX_BYTES)


def evict(folder: str, max_bytes: int) -> tuple[int, int]:
    """Remove the oldest files of a folder until the remaining take at most `max_bytes`.

    Returns the number of the removed files, and their bytes. Ignores files that another process removes meanwhile.
    """
    removed_count = removed_bytes = allocated_bytes = 0
    for _, size, path in sorted(_files(folder), reverse=True):
        allocated_bytes += _allocated_bytes(size)
        if allocated_bytes > max_bytes:
            try:
                os.unlink(path)
            except OSError:
                continue
            removed_count, removed_bytes = removed_count + 1, removed_bytes + size
    return removed_count, removed_bytes


def disk_usage(folder: str) -> tuple[int, int]:
    """Return the number of the files of a folder, and their bytes."""
    sizes = [size for _, size, _ in _files(folder)]
    return len(sizes), sum(sizes)


def _files(folder: str) -> Iterator[tuple[int, int, str]]:
    """Yield the modification time (ns), size and path of each file. An unreadable folder has no files."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    status = entry.stat(follow_symlinks=False)
                except OSError:
                    continue  # removed meanwhile
                if not stat.S_ISDIR(status.st_mode):
                    yield status.st_mtime_ns, status.st_size, entry.path
    except OSError:
        return


def write_atomically(path: str, content: bytes) -> None:
    """Write a file so that readers find the old content or the new. Raises OSError, also if two threads write it."""
    temporary = f"{path}.{os.getpid()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with open(descriptor, "wb", buffering=0) as stream:
            stream.write(content)
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise


def _header(key: bytes, data: bytes) -> bytes:
    """Return the key and a CRC-32 checksum, which precede the data.

    They reveal an entry that is damaged or belongs to another key.
    """
    return key + zlib.crc32(data, zlib.crc32(key)).to_bytes(_CHECKSUM_BYTES, "big")


def _allocated_bytes(size: int) -> int:
    return -(-size // _BLOCK_BYTES) * _BLOCK_BYTES
