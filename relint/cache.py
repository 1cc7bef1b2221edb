"""What was found in templates, kept on the disk for the next run over the same ones.

An entry is a file of its own, whose name is a hash of everything that decides about it: relint's own code and rules,
the version of Python and of PyYAML, the settings, the rules of the user, the name of the template and its content. What
the day decides says of which day it is. So nothing ever has to be told that it is out of date; old entries go when
there are too many bytes of them.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from relint.catalog.stamps import Stamp, stamps
from relint.plain import from_plain, rules_of, to_plain
from relint.results import Results
from relint.scope import concerns

try:
    from _blake2 import blake2b  # hashlib would load OpenSSL
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.scope import Scope

MAX_BYTES = 50_000_000
"""What all entries may take of the disk."""
MAX_ENTRY = 1_000_000
"""Bytes beyond which a single one is not kept."""
_SETTLED = 2_000_000_000
"""Nanoseconds for which code must have been as it is: longer than a start takes, and than any clock of files ticks."""
_BLOCK = 4096
_HASH = 20

Judge = Callable[[str, "str | bytes", "Scope", Results], None]


class Shelf(NamedTuple):
    """What the entries of one scope have in common: the start of their hash, and the rules that they name.

    The scope is kept with it so that no other one can have its `id`.
    """

    scope: Scope
    start: bytes
    rules: Mapping[str, Rule]


class Cache:
    """The entries below a folder that were made by the code that runs."""

    def __init__(self, base: str, identity: bytes) -> None:
        self.base = base
        self._folder = folder_in(base)
        self._identity = identity
        self._shelves: dict[int, Shelf] = {}

    def recalled(self, file: str, raw: str | bytes, scope: Scope, judge: Judge) -> Results:
        """What was found in a template before; if that is not known what `judge` finds, which is kept."""
        found = self.recall(file, raw, scope)
        if found is None:
            found = Results()
            judge(file, raw, scope, found)
            self._keep(file, raw, scope, found)
        return found

    def recall(self, file: str, raw: str | bytes, scope: Scope) -> Results | None:
        """What was found in a template before; None if that is not known, or the entry is not whole."""
        if scope.origin is None:
            return None
        key = self._key(file, raw, scope)
        try:
            with open(os.path.join(self._folder, key.hex()), "rb", buffering=0) as stream:
                content = stream.read()
            if content[: _HASH + 4] != _head(key, content[_HASH + 4 :]):
                return None
            return from_plain(marshal.loads(content[_HASH + 4 :]), file, raw, scope, self._shelf(scope).rules)
        except (OSError, ValueError, TypeError, LookupError, EOFError, AttributeError):
            return None

    def _keep(self, file: str, raw: str | bytes, scope: Scope, results: Results) -> None:
        plain = to_plain(file, results, scope) if scope.origin is not None else None
        if plain is None:
            return
        key = self._key(file, raw, scope)
        try:
            data = marshal.dumps(plain)
            if len(data) <= MAX_ENTRY:
                _write(os.path.join(self._folder, key.hex()), _head(key, data) + data)
                if int.from_bytes(key[:4], "big") * MAX_ENTRY < _on_disk(len(data)) << 32:
                    trim(self._folder, MAX_BYTES)  # about once for each megabyte that is written
        except (OSError, ValueError):
            return  # a disk that is full, or a value that is not plain

    def _key(self, file: str, raw: str | bytes, scope: Scope) -> bytes:
        accepted = [concerns(entry, file) for entry in scope.accepted]
        key = blake2b(self._shelf(scope).start, digest_size=_HASH)
        key.update(repr((file, accepted, type(raw), len(raw))).encode("utf-8", "surrogatepass"))
        key.update(raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw)
        return key.digest()

    def _shelf(self, scope: Scope) -> Shelf:
        shelf = self._shelves.get(id(scope))
        if shelf is None:
            start = blake2b(self._identity, digest_size=_HASH)
            start.update(scope.origin or b"")
            shelf = self._shelves[id(scope)] = Shelf(scope, start.digest(), rules_of(scope))
        return shelf


def open_cache(base: str | None) -> Cache | None:
    """The cache below a folder, which is made if need be; None if it cannot be, or if others could write to it.

    None as well while relint itself has just changed: what runs may then be what was there before.
    """
    if base is None:
        return None
    folder = folder_in(base)
    try:
        os.makedirs(folder, 0o700, exist_ok=True)
        status = os.stat(folder)
        if hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
            return None
        files = code(os.path.dirname(os.path.abspath(__file__)))
    except OSError:
        return None
    newest = max(max(changed, entered) for _, _, changed, entered in files)
    return None if newest > time.time_ns() - _SETTLED else Cache(base, identity(files))


def folder_in(base: str) -> str:
    """Where entries are, in the folder in which relint keeps everything."""
    return os.path.join(base, "findings")


def code(package: str) -> list[Stamp]:
    """The stamps of the code in a folder, and of the PyYAML that would be imported. Raises OSError."""
    from importlib.machinery import PathFinder

    yaml = PathFinder.find_spec("yaml")
    if yaml is None or not yaml.origin:
        raise FileNotFoundError("PyYAML")
    return [(package, 0, 0, 0), *stamps(package), *stamps(os.path.dirname(yaml.origin))]


def identity(files: Sequence[Stamp]) -> bytes:
    """A hash of what judges: files of code, and Python."""
    return blake2b(marshal.dumps((sys.version, *files), 2), digest_size=_HASH).digest()


def trim(folder: str, most: int) -> tuple[int, int]:
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


def held(folder: str) -> tuple[int, int]:
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


def _write(path: str, content: bytes) -> None:
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
    return -(-(size + _HASH + 4) // _BLOCK) * _BLOCK
