"""The page of a rule, where its diagnostic stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import Hover, MarkupContent, MarkupKind, Position, Range

from relint.report.rule_pages import render_page
from relint.report.rule_text import render_rule

if TYPE_CHECKING:
    from relint.lsp.session import Checked


def hover(checked: Checked, position: Position, *, markdown: bool) -> Hover | None:
    """The pages of the rules whose diagnostics hold a position, one below the other; None where there is none."""
    here = [mark for mark in checked.within(Range(start=position, end=position)) if mark.finding]
    rules = {mark.finding.rule.id: mark.finding.rule for mark in here if mark.finding}
    if not rules:
        return None
    kind = MarkupKind.Markdown if markdown else MarkupKind.PlainText
    separator, write = ("\n\n---\n\n", render_page) if markdown else ("\n\n", render_rule)
    contents = MarkupContent(kind=kind, value=separator.join(map(write, rules.values())))
    return Hover(contents=contents, range=here[0].diagnostic.range)
