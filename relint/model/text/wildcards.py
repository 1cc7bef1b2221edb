"""Patterns with "*" for any text, as in IAM and AWS Backup."""

from __future__ import annotations


def matches_wildcards(text: str, pattern: str) -> bool:
    """Whether a text matches a pattern in which "*" matches any text; fast for any number of "*"."""
    from fnmatch import fnmatchcase

    return fnmatchcase(text, pattern.replace("[", "[[]").replace("?", "[?]"))
