"""Patterns of files, as in .gitignore, and the relative paths that they match."""

from __future__ import annotations

import os
import re

from relint.discover.candidate import is_url


def matches_pattern(pattern: str, path: str) -> bool:
    """Whether a pattern matches a file or a folder that contains it.

    `path` is relative, with forward slashes. `*` and `?` match within a name, `**` across folders. A pattern without a
    slash, other than a last one, matches in every folder; any other pattern is relative to the folder of the
    configuration.
    https://git-scm.com/docs/gitignore#_pattern_format
    """
    anchored = pattern.strip("/")
    prefix = "" if "/" in anchored or pattern.startswith("/") else "(?:.*/)?"
    return re.fullmatch(f"{prefix}{_regular_expression(anchored)}(?:/.*)?", path, re.DOTALL) is not None


def absolute_path(file: str) -> str:
    """Return the absolute path of a file.

    A URL is returned as it is, so that it lies in no folder.
    """
    return file if is_url(file) else os.path.abspath(file)


def relative_path(path: str, folder: str) -> str | None:
    """Return the path from a folder to a file below it, else None.

    The path has forward slashes on every system.
    """
    prefix = folder.rstrip(os.sep) + os.sep
    return path[len(prefix) :].replace(os.sep, "/") if path.startswith(prefix) else None


def _regular_expression(pattern: str) -> str:
    """Return the regular expression of a pattern.

    Adjacent stars become one, as several could take exponential time.
    """
    tokens = re.split(r"(\*\*/|\*+|\?)", re.sub(r"(\*\*/)+", "**/", pattern))
    wildcards = {"**/": "(?:[^/]+/)*", "?": "[^/]"}
    return "".join(
        wildcards.get(token) or (".*" if len(token) > 1 else "[^/]*") if set(token) & set("*?") else re.escape(token)
        for token in tokens
    )
