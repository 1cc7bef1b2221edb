"""Tokens of the supported subset of YAML, and the error for other text."""

from __future__ import annotations

import re

TAG = re.compile(r"!(\w[\w:]*)(?: +|$)", re.MULTILINE | re.ASCII)
QUOTED = re.compile(r"(?:\"([^\"\\]*(?:\\.[^\"\\]*)*)\"|'([^']*(?:''[^']*)*)')(?= *(?:$| #))")
PLAIN_START = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/.$+()_<=;^~\\")
"""The ASCII characters with which a supported plain scalar begins; letters of other scripts may begin one too."""
_MAX_KEY_LENGTH = 1000
"""Characters; libyaml takes keys of up to 1,024."""
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}

CollectionLines = dict[int, tuple[int, list[int]]]
"""The column of each block collection, and the line numbers of its members, by the `id` of its value."""


class UnsupportedSyntax(Exception):
    """The text is outside of the supported subset of YAML; it may be valid."""


def first_content_line(lines: list[str]) -> int:
    """Return the number of the first line of the document, after an optional `---`. Raises UnsupportedSyntax."""
    for number, line in enumerate(lines):
        if line.startswith(("---", "...")):
            if line.rstrip(" ") != "---":
                raise UnsupportedSyntax
            return number + 1
        if line.strip(" ") and line[0] != "#":
            return number
    return len(lines)


def plain_scalar(content: str) -> str:
    """Return the plain scalar that begins a text, without the comment after it; raises UnsupportedSyntax."""
    if " #" in content:
        content = content[: content.index(" #")]
    if ": " in content:
        raise UnsupportedSyntax
    content = content.rstrip(" ")
    if content[-1] == ":":
        raise UnsupportedSyntax
    return content


def read_key(token: str) -> str:
    """Return the key before a colon, or "" if the syntax is not supported."""
    if len(token) > _MAX_KEY_LENGTH or not token:
        return ""
    if token[0] in PLAIN_START or token[0] > "~":
        return "" if " #" in token or token[-1] == " " or token == "<<" else token
    match = QUOTED.fullmatch(token)
    return _unquote(match) if match else ""


def quoted_text(content: str) -> str:
    """Return the value of the quoted scalar that begins a text; raises UnsupportedSyntax."""
    match = QUOTED.match(content)
    if match is None:
        raise UnsupportedSyntax
    return _unquote(match)


def _unquote(match: re.Match[str]) -> str:
    double, single = match.groups()
    if double is None:
        return str(single).replace("''", "'")
    return _ESCAPE.sub(_unescape, double) if "\\" in double else str(double)


def _unescape(match: re.Match[str]) -> str:
    if match[1] not in _ESCAPED:
        raise UnsupportedSyntax
    return _ESCAPED[match[1]]
