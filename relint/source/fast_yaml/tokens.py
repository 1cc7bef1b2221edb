"""Tokens of the plain subset of YAML."""

from __future__ import annotations

import re

from relint.source.fast_yaml.flow import Unsure

TAG = re.compile(r"!(\w[\w:]*)(?: +|$)", re.MULTILINE | re.ASCII)
QUOTED = re.compile(r"(?:\"([^\"\\]*(?:\\.[^\"\\]*)*)\"|'([^']*(?:''[^']*)*)')(?= *(?:$| #))")


def first_line(lines: list[str]) -> int:
    """The number of the first line of the document, behind `---` if it begins with that."""
    for number, line in enumerate(lines):
        if line.startswith(("---", "...")):
            if line.rstrip(" ") != "---":
                raise Unsure
            return number + 1
        if line.strip(" ") and line[0] != "#":
            return number
    return len(lines)


def plain_text(rest: str) -> str:
    """A plain scalar without the comment behind it."""
    if " #" in rest:
        rest = rest[: rest.index(" #")]
    if ": " in rest:
        raise Unsure
    rest = rest.rstrip(" ")
    if rest[-1] == ":":
        raise Unsure
    return rest


Rows = dict[int, tuple[int, list[int]]]
"""Where the members of each block collection stand, by the identity of its value: their column and their lines."""
