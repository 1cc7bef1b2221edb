"""Texts of templates after the fixes of some rules, safe and unsafe."""

from __future__ import annotations

from typing import NamedTuple

from relint.api import Linter
from relint.finding import Report
from relint.fixes.apply import fix_document
from relint.source.read import read_document


class FixedText(NamedTuple):
    """A text after fixes, with the titles of those that were applied, and the reasons why others were not."""

    text: str
    titles: tuple[str, ...]
    reasons: tuple[str, ...]


def fix_text(text: str, *rules: str, file: str = "template.yaml", unsafe: bool = True) -> FixedText:
    """Fix what the rules find in a text; without rules, what all of them find."""
    linter = Linter(select=rules, ruleset=None if rules else "all", config=None)

    def check(edited: str) -> Report:
        return linter.check_text(edited, name=file, allow_empty=True)

    fixed = fix_document(read_document(text, file), check(text).findings, check, unsafe=unsafe)
    titles = tuple(one.fix.title for one in fixed.applied)
    return FixedText(fixed.document.source.text, titles, tuple(one.reason for one in fixed.unfixed))
