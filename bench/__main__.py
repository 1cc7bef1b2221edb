"""python -m bench: measures everything, and writes docs/performance.md, its charts and the figures."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench import chart, report
from bench.library import LOG, THROUGHPUT
from bench.measure import Times, growth, inside, measure, median
from bench.tools import Tool, tools
from bench.workloads import curves, of_size, workloads, write

PROJECT = Path(__file__).resolve().parent.parent


class Library(NamedTuple):
    """What is measured of relint alone: its growth, a large log, and its throughput."""

    growth: dict[str, list[tuple[int, float]]]
    log: dict[str, Any]
    throughput: list[dict[str, Any]]


def main() -> None:
    """Measures and writes; what has been measured is written again after each workload, because a run is long."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        kept = options.tools or made / "tools"
        kept.mkdir(parents=True, exist_ok=True)
        chosen = tools(PROJECT, kept, options.cfn_guard, options.guard_rules)
        found = workloads(made, quick=options.quick)
        sizes = {one.name: one.size for one in found}
        times: Times = {}
        if options.quick:
            times = {one.name: measure(chosen, one, 1) for one in found}
            print("\n".join(report.tables(times, chosen, sizes)))
            return
        library = _library(chosen, made, kept / "relint" / "bin" / "python", options)
        for one in found:
            times[one.name] = measure(chosen, one, options.rounds)
            lines = [*_head(chosen, options.rounds), *report.tables(times, chosen, sizes), *_tail(library, times)]
            report.put(PROJECT / "docs" / "performance.md", lines)
            _files(PROJECT / "docs" / "performance", times, library)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    add = parser.add_argument
    add("--rounds", type=int, default=5, help="how often each tool runs on each workload")
    add("--quick", action="store_true", help="four small workloads once, and nothing is written")
    add("--tools", type=Path, help="a folder in which the environments of the tools are kept")
    add("--corpus", help="a folder of templates, for the throughput")
    add("--cfn-guard", help="its binary; else the one on PATH")
    add("--guard-rules", help="its file of rules: the Well-Architected reliability set")
    return parser.parse_args()


def _library(chosen: Sequence[Tool], made: Path, python: Path, options: argparse.Namespace) -> Library:
    relint = next(tool for tool in chosen if tool.name == "relint, one process")
    large = write(made, "log", [of_size(100_000)])
    said = inside(python, THROUGHPUT, options.corpus, str(options.rounds)) if options.corpus else ""
    return Library(
        {name: growth(relint, curve, options.rounds) for name, curve in curves(made).items()},
        json.loads(inside(python, LOG, str(large.path))),
        [json.loads(line) for line in said.splitlines()],
    )


def _head(chosen: Sequence[Tool], rounds: int) -> Iterator[str]:
    yield (
        f"{datetime.date.today()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python "
        f"{platform.python_version()}, {rounds} rounds; minimum to maximum in brackets."
    )
    yield ""
    yield "Versions: " + ", ".join(f"{tool.name} {tool.version}" for tool in chosen if tool.version != "the same") + "."
    if not any(tool.name == "cfn-guard" for tool in chosen):
        yield "cfn-guard was not at hand."
    yield from ("", "![Seconds on a template of 25 KB](performance/tools.svg)", "")
    yield from ("![Growth of the cost](performance/growth.svg)", "")


def _tail(library: Library, times: Times) -> Iterator[str]:
    yield from ("### Growth, one process", "", *report.growth(library.growth, report.start_of(times)))
    if library.throughput:
        yield from ("### Throughput of one core", "", *report.throughput(library.throughput))
    seconds, megabytes, size = (library.log[key] for key in ("seconds", "megabytes", "size"))
    yield from ("### A SARIF log of 100,000 results", "")
    yield from (f"{seconds:.2f} s, {megabytes:.0f} MB above the analysis, {size / 1e6:.0f} MB of text.", "")


def _files(folder: Path, times: Times, library: Library) -> None:
    folder.mkdir(exist_ok=True)
    small = times.get("25 KB template")
    if small:
        seconds = {name: median(runs) for name, runs in small.items()}
        (folder / "tools.svg").write_text(chart.bars("Cold start on a template of 25 KB", seconds))
    above = report.curves_above(library.growth, report.start_of(times))
    (folder / "growth.svg").write_text(chart.lines("Cost of relint, above its start-up", above))
    figures = {"times": times, **library._asdict()}
    (folder / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
