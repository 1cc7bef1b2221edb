"""List of the rules as a table or as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from relint._typing import TYPE_CHECKING
from relint.report.layout import PLAIN
from relint.report.paragraphs import hanging

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.report.layout import Layout

_MIN_TITLE_COLUMNS = 30


def render_rule_table(rules: Sequence[Rule], layout: Layout = PLAIN, tool: str | None = None) -> str:
    """Return a table with a line for each rule: id, name, severity, rule set, title.

    On a terminal, titles are wrapped; in a pipe, a rule stays one line. With a tool, the ids of its equivalent rules
    take the place of the title.
    """
    rows = [("id", "name", "severity", "rule set")]
    rows += [(rule.id, rule.name, rule.level, rule.ruleset) for rule in rules]
    titles = [", ".join(rule.equivalents.get(tool.lower(), ())) if tool else rule.title for rule in rules]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    indent = sum(widths) + 2 * len(widths)
    lines: list[str] = []
    for row, title in zip(rows, (tool or "title", *titles), strict=True):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        if lines:
            cells[2] = layout.paint(row[2], row[2]) + cells[2][len(row[2]) :]
        prefix = "".join(f"{cell}  " for cell in cells)
        if indent + _MIN_TITLE_COLUMNS <= layout.line_columns:
            lines += hanging(prefix, indent, title, layout.line_columns)
        else:  # the title goes below, so that no row breaks in the middle of a word
            lines += [prefix.rstrip(), *hanging("    ", 4, title, layout.columns)]
        if len(lines) == 1:
            lines.append("-" * min(len(lines[0]), layout.line_columns))
    return "\n".join([*lines, "", f"{len(rules)} rules; relint explain RULE tells more"])


def render_rule_json(rules: Sequence[Rule]) -> str:
    """Return a JSON array of objects for programs; `severity` is the level of a rule, `pillar` its best practices."""
    import json

    return json.dumps(
        [
            {
                "id": rule.id,
                "name": rule.name,
                "title": rule.title,
                "severity": rule.level,
                "priority": rule.priority,
                "ruleset": rule.ruleset,
                "resources": rule.resources,
                "pillar": rule.pillar,
                "since": rule.since,
                "preview": rule.preview,
                "aliases": rule.aliases,
                "equivalents": rule.equivalents,
            }
            for rule in rules
        ],
        indent=2,
    )
