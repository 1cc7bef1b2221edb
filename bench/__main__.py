"""python -m bench: measure everything, and write docs/benchmarks.md, its charts and the figures."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import write_docs
from bench.library import LOG, LOOP, TEMPLATES
from bench.measure import measure, measure_growth, run, run_program
from bench.results import Figures
from bench.templates import template_of_size
from bench.tools import Tools, tools
from bench.workloads import Workload, corpus, curves, repeat_template, workloads

PROJECT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Measure, and write the results after each step, because a run is long."""
    options = _options()
    is_trial = options.quick or options.only
    figures = Figures({}, {}, {}, {}, [], [], {})
    with tempfile.TemporaryDirectory() as folder:
        tools_folder = options.tools or Path(folder, "tools")
        tools_folder.mkdir(parents=True, exist_ok=True)
        all_tools = tools(PROJECT, tools_folder.resolve(), options.cfn_guard, options.guard_rules)
        os.environ["XDG_CACHE_HOME"] = str(
            tools_folder.resolve() / "cache"
        )  # another version of relint writes to the usual one
        for _ in _steps(figures, all_tools, Path(folder), options):
            if not is_trial:
                write_docs.write(PROJECT / "docs", figures, all_tools, options.rounds)
    if is_trial:
        print("\n".join(write_docs.measured(figures, all_tools, options.rounds)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    add = parser.add_argument
    add("--rounds", type=int, default=5, help="how often each tool runs on each workload")
    add("--quick", action="store_true", help="four small workloads once; printed, and nothing is written")
    add("--only", default="", help="the workloads whose name holds this; printed, and nothing is written")
    add("--tools", type=Path, help="a folder in which the environments of the tools are tools_folder")
    add("--corpus", help="a folder of templates, for the throughput and for two processes")
    add("--cfn-guard", help="its binary; else the one on PATH, else the one of an npm package")
    add("--guard-rules", type=Path, help="its file of rules: the Well-Architected reliability set; else it is left out")
    return parser.parse_args()


def _steps(figures: Figures, all_tools: Tools, folder: Path, options: argparse.Namespace) -> Iterator[None]:
    """Measure the workloads one after another."""
    rounds = 1 if options.quick else options.rounds

    def is_wanted(workload: Workload) -> bool:
        figures.workloads[workload.name] = workload
        return options.only in workload.name

    all_workloads = workloads(folder, quick=options.quick)
    for tool in all_tools.every:
        run(tool, all_workloads[0])  # so that the files of the tools are in memory, and the rules of relint compiled
    for workload in filter(is_wanted, all_workloads):
        figures.tools[workload.name] = measure(all_tools.every, workload, rounds)
        yield
    if options.quick:
        return
    by_syntax, combined = _corpus(all_tools, folder, options.corpus) if options.corpus else ([], [])
    for workload in filter(is_wanted, by_syntax):
        figures.throughput[workload.name] = measure(all_tools.throughput, workload, rounds)
        yield
    for workload in by_syntax[:1]:
        if options.only in "library":
            outputs = [run_program(all_tools.python, LOOP, str(workload.path)) for _ in range(rounds)]
            figures.library.extend(map(json.loads, outputs))
            yield
    for workload in filter(is_wanted, combined):
        figures.processes[workload.name] = measure(all_tools.processes, workload, rounds)
        yield
    for name, curve in curves(folder).items():
        if all(is_wanted(point) for point in curve.values()):
            figures.growth[name] = measure_growth(all_tools.throughput[-1], curve, rounds)
            yield
    if options.only in "log":
        large = repeat_template(folder, "log", template_of_size(100_000))
        figures.log.extend(json.loads(run_program(all_tools.python, LOG, str(large.path))) for _ in range(rounds))
        yield


def _corpus(all_tools: Tools, folder: Path, path: str) -> tuple[list[Workload], list[Workload]]:
    files = json.loads(run_program(all_tools.python, TEMPLATES, path))
    return corpus(folder, [Path(file) for file in files], 10)


if __name__ == "__main__":
    main()
