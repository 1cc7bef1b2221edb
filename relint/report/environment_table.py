"""What a rule finds in each environment, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from relint.report.summary import summarize, summary_line
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.finding import Finding, Report

_LETTERS = {"error": "E", "warning": "W", "note": "N"}


def render_environment_table(reports: Mapping[str, Report]) -> Iterator[str]:
    """Lines: a row for every rule that finds something in one of the environments, then what each amounts to.

    A cell counts errors (E), warnings (W), notes (N) and what needs a review (R); "-" is nothing.
    """
    cells: dict[str, dict[str, list[Finding]]] = {}
    names: dict[str, str] = {}
    for environment, report in reports.items():
        for finding in report.findings:
            if finding.suppression is None and finding.verdict in ("fail", "review"):
                names[finding.rule.id] = finding.rule.name
                cells.setdefault(finding.rule.id, {}).setdefault(environment, []).append(finding)
    rows = [["rule", *reports]]
    rows += [
        [f"{rule} {names[rule]}", *(_cell(cells[rule].get(environment, [])) for environment in reports)]
        for rule in sorted(cells)
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
    yield ""
    for environment, report in reports.items():
        yield f"{environment}: {summary_line(summarize(report), show_open=False)}"
        for failure in report.failures:
            yield printable(f"{environment}: error: {failure.file}: {failure.message}")


def _cell(findings: list[Finding]) -> str:
    counts = dict.fromkeys((*_LETTERS.values(), "R"), 0)
    for finding in findings:
        counts["R" if finding.verdict == "review" else _LETTERS[finding.level]] += 1
    return " ".join(f"{count}{letter}" for letter, count in counts.items() if count) or "-"
