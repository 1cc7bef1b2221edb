"""Patterns of files, as .gitignore has them."""

from __future__ import annotations

import re


def matches_pattern(pattern: str, path: str) -> bool:
    """Whether a pattern names a file, or a folder that it lies in; `path` is relative and has forward slashes.

    `*` and `?` stay inside of a name, `**` spans folders. A pattern without a slash (other than a last one) is looked
    for in every folder; any other one begins where the configuration stands.
    https://git-scm.com/docs/gitignore#_pattern_format
    """
    anchored = pattern.strip("/")
    prefix = "" if "/" in anchored or pattern.startswith("/") else "(?:.*/)?"
    return re.fullmatch(f"{prefix}{_expression(anchored)}(?:/.*)?", path, re.DOTALL) is not None


def _expression(pattern: str) -> str:
    """The regular expression of a pattern; runs of stars are one, so that no pattern takes exponential time."""
    parts = re.split(r"(\*\*/|\*+|\?)", re.sub(r"(\*\*/)+", "**/", pattern))
    known = {"**/": "(?:[^/]+/)*", "?": "[^/]"}
    return "".join(
        known.get(part) or (".*" if len(part) > 1 else "[^/]*") if set(part) & set("*?") else re.escape(part)
        for part in parts
    )
