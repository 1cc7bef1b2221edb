"""The share of the files that one machine of a pipeline checks."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from relint.discover.candidate import Input


def select_shard(candidates: Iterable[Input], index: int, count: int) -> Iterator[Input]:
    """The candidates of one of `count` parts, counted from 1; a file is always in the same one.

    The name that the file was given decides, so all shards must name their files alike.
    """
    return (one for one in candidates if is_in_shard(one.file, index, count))


def is_in_shard(file: str, index: int, count: int) -> bool:
    """Whether a file of this name is in one of `count` parts, counted from 1."""
    return zlib.crc32(file.encode("utf-8", "surrogateescape")) % count == index - 1
