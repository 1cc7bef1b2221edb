"""Shards: the parts of the files that several machines of a pipeline check."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from relint.discover.candidate import Input


def select_shard(inputs: Iterable[Input], index: int, count: int) -> Iterator[Input]:
    """Return the inputs in shard number `index` of `count`, counted from 1.

    The shard depends on nothing but the file name, so all machines must name the files alike.
    """
    return (input_ for input_ in inputs if is_in_shard(input_.file, index, count))


def is_in_shard(file: str, index: int, count: int) -> bool:
    """Whether a file name is in shard number `index` of `count`, counted from 1."""
    return zlib.crc32(file.encode("utf-8", "surrogateescape")) % count == index - 1
