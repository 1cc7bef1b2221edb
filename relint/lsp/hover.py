"""Hovers: the documentation of the rules at a position."""

from __future__ import annotations

from lsprotocol.types import Hover, MarkupContent, MarkupKind, Position, Range

from relint._typing import TYPE_CHECKING
from relint.report.rule_pages import render_page
from relint.report.rule_text import render_rule

if TYPE_CHECKING:
    from relint.lsp.session import CheckedDocument


def build_hover(checked: CheckedDocument, position: Position, *, markdown: bool) -> Hover | None:
    """Return the pages of all rules with a diagnostic at a position, one below the other; None without diagnostics."""
    diagnostics = checked.diagnostics_within(Range(start=position, end=position))
    diagnostics = tuple(entry for entry in diagnostics if entry.finding)
    rules = {entry.finding.rule.id: entry.finding.rule for entry in diagnostics if entry.finding}
    if not rules:
        return None
    kind = MarkupKind.Markdown if markdown else MarkupKind.PlainText
    separator, render = ("\n\n---\n\n", render_page) if markdown else ("\n\n", render_rule)
    contents = MarkupContent(kind=kind, value=separator.join(map(render, rules.values())))
    return Hover(contents=contents, range=diagnostics[0].diagnostic.range)
