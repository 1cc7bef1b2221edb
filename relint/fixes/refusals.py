"""Files that no fix is written to, with the reason."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence

from relint._typing import TYPE_CHECKING
from relint.discover.candidate import is_url
from relint.discover.git import is_tracked
from relint.discover.gitignore import pattern_for

if TYPE_CHECKING:
    from relint.finding import Finding

_FOLDERS = {"cdk.out": "the AWS CDK", ".aws-sam": "SAM", ".serverless": "the Serverless Framework"}
"""Folders of templates that a program writes anew, so that a fix there is lost."""
_HEAD = re.compile(r"(?:[ \t]*(?:#[^\r\n]*|---[ \t]*)?(?:\r\n?|\n))*")
_GENERATED = re.compile(r"generated\b", re.IGNORECASE)
_DO_NOT_EDIT = re.compile(r"\bdo not (?:edit|modify|change)\b", re.IGNORECASE)


def reason_to_leave(file: str, named: Iterable[str], respects_gitignore: Callable[[str], bool]) -> str:
    """Return why a file is not written whatever it contains, as a part of a sentence; "" if it may be.

    `named` are the files and folders that the user named; a link is what it leads to. What git ignores is left where
    `respects_gitignore` is true of it, unless git tracks it all the same.
    """
    if is_url(file):
        return "only files on this machine are fixed; fix the file that was uploaded"
    generator = generator_of_folder(file)
    if generator:
        return generator
    real = os.path.realpath(file)
    folders = (os.path.realpath(path) for path in named)
    if not any(real == folder or real.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders):
        return "it lies outside of what was named; name it, too"
    pattern = pattern_for(real) if respects_gitignore(file) else None
    if pattern and not is_tracked(real):
        return f"git ignores it ({pattern}), as files that a program writes anew; --no-gitignore fixes it all the same"
    return ""


def generator_of_folder(file: str) -> str:
    """Return why a file is left to the program that writes its folder, as a part of a sentence; "" if none does."""
    for part in os.path.realpath(file).split(os.sep)[:-1]:
        if part in _FOLDERS:
            return f"{_FOLDERS[part]} writes this file anew; change what it is made from"
    return ""


def generator_of(text: str, findings: Sequence[Finding]) -> str:
    """Return why a template is not written because a program made it, as a part of a sentence; "" if a person did."""
    construct = next((finding.cdk_path for finding in findings if finding.cdk_path), None)
    if construct:
        return f"the AWS CDK writes this file anew; change the construct {construct}"
    head = _HEAD.match(text)
    if head and _GENERATED.search(head[0]) and _DO_NOT_EDIT.search(head[0]):
        return "its first lines say that a program writes it anew; change what it is made from"
    return ""
