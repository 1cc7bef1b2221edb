"""Patterns with "*" for any text, as in IAM and AWS Backup."""

from __future__ import annotations


def matches_wildcards(text: str, pattern: str, *, question_mark: bool = False) -> bool:
    """Whether a text matches a pattern in which "*" matches any text; fast for any number of "*".

    With `question_mark`, "?" matches any one character, as in IAM.
    """
    from fnmatch import fnmatchcase

    pattern = pattern.replace("[", "[[]")
    return fnmatchcase(text, pattern if question_mark else pattern.replace("?", "[?]"))
