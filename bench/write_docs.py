"""Writer of docs/benchmarks.md: the text between two markers, the charts and the figures."""

from __future__ import annotations

import datetime
import json
import os
import platform
import re
from collections.abc import Iterator
from pathlib import Path

from bench import chart, report
from bench.measure import median
from bench.results import Figures
from bench.tools import GUARD, Tools

_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"


def write(docs: Path, figures: Figures, tools: Tools, rounds: int) -> None:
    """Write the measurements so far; raises ValueError if the page lacks the markers."""
    folder = docs / "benchmarks"
    folder.mkdir(exist_ok=True)
    small = figures.tools.get("25 KB template")
    if small:
        seconds = {name: median(runs) for name, runs in small.items() if not runs[-1].trouble}
        (folder / "tools.svg").write_text(chart.bars("Cold start on a template of 25 KB", seconds))
    if figures.growth:
        title = "Processor time of relint, one process, all rules"
        (folder / "growth.svg").write_text(chart.curves(title, report.points(figures)))
    sizes = {
        name: {"bytes": workload.size, "largest": workload.largest} for name, workload in figures.workloads.items()
    }
    (folder / "figures.json").write_text(json.dumps(figures._asdict() | {"workloads": sizes}, indent=1) + "\n")
    _put(docs / "benchmarks.md", "\n".join([_BEGIN, "", *measured(figures, tools, rounds), _END]))


def measured(figures: Figures, tools: Tools, rounds: int) -> Iterator[str]:
    """Yield the lines of the measured part of the page."""
    versions = {tool.name: tool.version for tool in tools.every if not tool.name.startswith("relint,")}
    yield (
        f"{datetime.date.today()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python "
        f"{platform.python_version()}, up to {rounds} rounds; median, and minimum to maximum in brackets."
    )
    yield from ("", "Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".")
    if GUARD not in versions:
        yield "cfn-guard was not measured: it needs a file of rules, and its binary or npm."
    yield from ("", "### Targets", "", *report.target_table(figures))
    yield from ("![Seconds on a template of 25 KB](benchmarks/tools.svg)", "", *report.tools(figures))
    if figures.throughput:
        yield from ("### A corpus on one core", "", *report.throughput(figures))
    if figures.library:
        yield from ("### A loop over a corpus in one process", "", *report.library(figures))
    if figures.processes:
        yield from ("### Two processes", "", *report.processes(figures))
    if figures.growth:
        yield from ("### Growth, one process, all rules", "", "![Growth of the cost](benchmarks/growth.svg)", "")
        yield from report.growth(figures)
    if figures.log:
        yield from ("### A SARIF log of 100,000 results", "", *report.log(figures))


def _put(file: Path, between: str) -> None:
    text = file.read_text()
    if _BEGIN not in text or _END not in text:
        raise ValueError(f"'{file}' has no place between '{_BEGIN}' and '{_END}'")
    file.write_text(re.sub(f"{_BEGIN}.*{_END}", lambda _: between, text, flags=re.DOTALL))
