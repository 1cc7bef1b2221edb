"""Numbers of findings by rule as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.report.json_report import VERSION, failure_values, summary_values
from relint.report.statistics import count_by_rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relint.finding import Finding, Report


def render_statistics_json(report: Report, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines of a JSON object: the summary of a report, and an object for each rule of some findings.

    `level` is the most severe of the levels of a rule, else "review", else "open", as in the table.
    """
    counts = count_by_rule(findings)
    yield "{"
    yield f'"version": {VERSION},'
    yield f'"summary": {json.dumps(summary_values(report))},'
    yield f'"failures": {json.dumps([failure_values(failure) for failure in report.failures])},'
    yield '"statistics": ['
    for number, entry in enumerate(counts, 1):
        rule = entry.rule
        values = {"rule": rule.id, "name": rule.name, "title": rule.title, "level": entry.style, "count": entry.number}
        yield json.dumps(values) + ("," if number < len(counts) else "")
    yield "]"
    yield "}"
