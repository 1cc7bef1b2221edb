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


def related_templates(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates with cross-stack keywords, and those whose file names these contain."""
    candidates = list(candidates)
    linking = [candidate for candidate in candidates if _KEYWORD.search(_content(candidate))]
    file_names = {name for candidate in linking for name in _names_in(candidate)}
    linking_ids = {id(candidate) for candidate in linking}
    return [
        candidate
        for candidate in candidates
        if id(candidate) in linking_ids or os.path.basename(candidate.file).encode() in file_names
    ]


def referring_templates(candidates: Iterable[Candidate], files: Iterable[str]) -> list[Candidate]:
    """Return the candidates that may deploy or include files, and those that may deploy or include these in turn."""
    names_by_file = {
        candidate.file: (candidate, _names_in(candidate))
        for candidate in candidates
        if _FILE_KEYWORD.search(_content(candidate))
    }
    wanted = {os.path.basename(file).encode() for file in files}
    found: list[Candidate] = []
    while referring := [entry for entry, names in names_by_file.values() if not names.isdisjoint(wanted)]:
        found += referring
        wanted.update(os.path.basename(entry.file).encode() for entry in referring)
        for entry in referring:
            del names_by_file[entry.file]
    return found


def _names_in(candidate: Candidate) -> set[bytes]:
    """Return the names of files that a text contains."""
    tokens = (token for token in _TOKEN.findall(_content(candidate)) if b"." in token)
    return {match[0] for token in tokens if (match := _FILE_NAME.match(token))}


def _content(candidate: Candidate) -> bytes:
    raw = candidate.raw
    return raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
