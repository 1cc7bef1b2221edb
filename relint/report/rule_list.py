"""List of the rules as a table or as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.catalog.rule import Rule


def render_rule_table(rules: Sequence[Rule]) -> str:
    """Return a table with a line for each rule: id, name, severity, rule set, title."""
    rows = [("id", "name", "severity", "rule set", "title")]
    rows += [(rule.id, rule.name, rule.level, rule.ruleset, rule.title) for rule in rules]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]) for row in rows
    ]
    return "\n".join(
        [lines[0], "-" * len(lines[0]), *lines[1:], "", f"{len(rules)} rules; relint explain RULE tells more"]
    )


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
                "equivalents": rule.equivalents,
            }
            for rule in rules
        ],
        indent=2,
    )
