"""The templates among many that may decide about one another, told without reading them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from relint.discover.candidate import Candidate
from relint.stacks.cross_stack import CROSS_STACK_KEYWORDS

_WORDS = re.compile("|".join(map(re.escape, CROSS_STACK_KEYWORDS)).encode())
_WORD = re.compile(rb"[^\s\"'/\\,{}\[\]]+")
_NAME = re.compile(rb".*\.[A-Za-z]+")


def related_templates(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those that deploy others, export or import, and those whose names stand in one of them."""
    everything = list(candidates)
    joining = [one for one in everything if _WORDS.search(_bytes(one))]
    words = (word for one in joining for word in _WORD.findall(_bytes(one)) if b"." in word)
    names = {name[0] for word in words if (name := _NAME.match(word))}
    joined = {id(one) for one in joining}
    return [one for one in everything if id(one) in joined or os.path.basename(one.file).encode() in names]


def _bytes(candidate: Candidate) -> bytes:
    raw = candidate.raw
    return raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
