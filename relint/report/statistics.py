"""Numbers of findings by rule: what is worst and most frequent comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.report.layout import STYLES, style_of
from relint.report.paragraphs import hanging
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.finding import Finding
    from relint.report.layout import Layout


class RuleCount(NamedTuple):
    """The number of findings of a rule; `style` is the most severe of their levels, else review, else open."""

    rule: Rule
    style: str
    number: int


def count_by_rule(findings: Iterable[Finding]) -> list[RuleCount]:
    """Return the numbers of findings by rule, the most severe first, then the most frequent, then by id."""
    styles_by_rule: dict[str, list[str]] = {}
    rules: dict[str, Rule] = {}
    for finding in findings:
        rules[finding.rule.id] = finding.rule
        styles_by_rule.setdefault(finding.rule.id, []).append(style_of(finding))
    counts = [
        RuleCount(rule=rules[rule_id], style=min(styles, key=STYLES.index), number=len(styles))
        for rule_id, styles in styles_by_rule.items()
    ]
    return sorted(counts, key=lambda entry: (STYLES.index(entry.style), -entry.number, entry.rule.id))


def render_statistics(counts: Sequence[RuleCount], layout: Layout) -> Iterator[str]:
    """Yield a row for each rule: number of findings, level, id and title."""
    number_width = max((len(str(entry.number)) for entry in counts), default=0)
    style_width = max((len(entry.style) for entry in counts), default=0)
    id_width = max((len(entry.rule.id) for entry in counts), default=0)
    for entry in counts:
        style = layout.paint(entry.style, entry.style) + " " * (style_width - len(entry.style))
        rule_id = layout.link(entry.rule.id, entry.rule) + " " * (id_width - len(entry.rule.id))
        title = printable(entry.rule.title)
        prefix = f"  {entry.number:>{number_width}}  {style}  {rule_id}  "
        yield from hanging(prefix, number_width + style_width + id_width + 8, title, layout.line_columns)
