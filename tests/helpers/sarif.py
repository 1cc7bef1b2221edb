"""Parts of SARIF logs, as tests look at them."""

from __future__ import annotations

from typing import Any

from relint.finding import Report
from relint.report.sarif.log import to_sarif


def run_of(report: Report, **options: Any) -> dict[str, Any]:
    """Return the run of a log."""
    run: dict[str, Any] = to_sarif(report, **options)["runs"][0]
    return run


def results_of(report: Report, **options: Any) -> list[dict[str, Any]]:
    """Return the results of a log."""
    results: list[dict[str, Any]] = run_of(report, **options)["results"]
    return results


def region_of(result: dict[str, Any]) -> dict[str, Any]:
    """Return the region that a result points to."""
    region: dict[str, Any] = result["locations"][0]["physicalLocation"]["region"]
    return region


def units(text: str, start: int, end: int) -> str:
    """Return the text between two columns, which count UTF-16 code units from 1."""
    return text.encode("utf-16-le")[2 * (start - 1) : 2 * (end - 1)].decode("utf-16-le")
