"""A run in parts: for the workers of an executor, and for the machines of a pipeline."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterable, Iterator

from relint.discover import Candidate, Found

PART = 300_000
"""Bytes of templates that one worker takes at once: a tenth of a second of work, to load the rules a hundredth."""

_TOGETHER = re.compile(rb"TemplateURL|AWS::Serverless::Application|ImportValue|Export")
_WORD = re.compile(rb"[^\s\"'/\\,{}\[\]]+")
_NAME = re.compile(rb".*\.[A-Za-z]+")


def in_shard(candidates: Iterable[Found], index: int, count: int) -> Iterator[Found]:
    """The candidates of one of `count` parts, counted from 1; a file is always in the same one.

    The name that the file was given decides, so all shards must name their files alike.
    """
    return (one for one in candidates if is_in_shard(one.file, index, count))


def is_in_shard(file: str, index: int, count: int) -> bool:
    """Whether a file of this name is in one of `count` parts, counted from 1."""
    return zlib.crc32(file.encode("utf-8", "surrogateescape")) % count == index - 1


def split(candidates: Iterable[Found]) -> tuple[list[Candidate], list[Found]]:
    """The templates that can be judged alone, and everything else.

    Together belong templates that deploy others, export or import, and those whose names stand in one of them.
    """
    everything = list(candidates)
    together = [one for one in everything if isinstance(one, Candidate) and _TOGETHER.search(_bytes(one))]
    words = (word for one in together for word in _WORD.findall(_bytes(one)) if b"." in word)
    names = {name[0] for word in words if (name := _NAME.match(word))}
    joined = {id(one) for one in together}
    alone: list[Candidate] = []
    rest: list[Found] = []
    for one in everything:
        if isinstance(one, Candidate) and id(one) not in joined and os.path.basename(one.file).encode() not in names:
            alone.append(one)
        else:
            rest.append(one)
    return alone, rest


def parts(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """The candidates in lists of about `PART` bytes."""
    part: list[Candidate] = []
    size = 0
    for one in candidates:
        part.append(one)
        size += len(one.raw)
        if size >= PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def _bytes(candidate: Candidate) -> bytes:
    raw = candidate.raw
    return raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
