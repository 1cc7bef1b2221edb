"""Table of rules and environments with the numbers of findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.report.summary import format_summary, summarize
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.finding import Finding, Report

_LETTERS = {"error": "E", "warning": "W", "note": "N"}


def render_environment_table(reports: Mapping[str, Report]) -> Iterator[str]:
    """Yield a row for every rule with findings in some environment, then the summary of each environment.

    A cell contains the numbers of errors (E), warnings (W), notes (N) and findings to review (R), or "-".
    """
    findings_by_rule: dict[str, dict[str, list[Finding]]] = {}
    rule_names: dict[str, str] = {}
    for environment, report in reports.items():
        for finding in report.findings:
            if finding.suppression is None:
                rule_names[finding.rule.id] = finding.rule.name
                findings_by_rule.setdefault(finding.rule.id, {}).setdefault(environment, []).append(finding)
    rows = [["rule", *reports]]
    rows += [
        [f"{rule_id} {rule_names[rule_id]}", *(_format_cell(findings.get(environment, [])) for environment in reports)]
        for rule_id, findings in sorted(findings_by_rule.items())
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
    yield ""
    for environment, report in reports.items():
        yield f"{environment}: {format_summary(summarize(report), show_open=False)}"
        for failure in report.failures:
            yield printable(f"{environment}: error: {failure.file}: {failure.message}")


def _format_cell(findings: list[Finding]) -> str:
    counts = dict.fromkeys((*_LETTERS.values(), "R"), 0)
    for finding in findings:
        counts["R" if finding.verdict == "review" else _LETTERS[finding.level]] += 1
    return " ".join(f"{count}{letter}" for letter, count in counts.items() if count) or "-"
