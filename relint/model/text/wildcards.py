"""Texts with "*" for anything, as IAM and AWS Backup write them."""

from __future__ import annotations


def matches_wildcards(text: str, pattern: str) -> bool:
    """Whether a text matches a pattern in which "*" stands for anything; takes no time to speak of for many stars."""
    from fnmatch import fnmatchcase

    return fnmatchcase(text, pattern.replace("[", "[[]").replace("?", "[?]"))
