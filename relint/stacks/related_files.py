"""Templates that may affect each other, found by keywords and file names without parsing them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from relint.discover.candidate import Candidate
from relint.discover.template_detection import INCLUDE
from relint.stacks.cross_stack import CROSS_STACK_KEYWORDS, FILE_KEYWORDS

_KEYWORD = re.compile("|".join(map(re.escape, (*CROSS_STACK_KEYWORDS, INCLUDE))).encode())
_FILE_KEYWORD = re.compile("|".join(map(re.escape, (*FILE_KEYWORDS, INCLUDE))).encode())
_TOKEN = re.compile(rb"[^\s\"'/\\,{}\[\]]+")
_FILE_NAME = re.compile(rb".*\.[A-Za-z]+")


def related_templates(candidates: Iterable[Candidate], *, by_files_only: bool = False) -> list[Candidate]:
    """Return the candidates with cross-stack keywords, and those whose file names these contain.

    With `by_files_only`, exports and imports relate no templates.
    """
    candidates = list(candidates)
    keyword = _FILE_KEYWORD if by_files_only else _KEYWORD
    linking = [candidate for candidate in candidates if keyword.search(_content(candidate))]
    tokens = (token for candidate in linking for token in _TOKEN.findall(_content(candidate)) if b"." in token)
    file_names = {match[0] for token in tokens if (match := _FILE_NAME.match(token))}
    linking_ids = {id(candidate) for candidate in linking}
    return [
        candidate
        for candidate in candidates
        if id(candidate) in linking_ids or os.path.basename(candidate.file).encode() in file_names
    ]


def _content(candidate: Candidate) -> bytes:
    raw = candidate.raw
    return raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
