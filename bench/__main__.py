"""python -m bench: measures everything, and writes docs/benchmarks.md, its charts and the figures."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import write_docs
from bench.library import LOG, LOOP, TEMPLATES
from bench.measure import growth, inside, measure, run
from bench.results import Figures
from bench.templates import of_size
from bench.tools import Tools, tools
from bench.workloads import Workload, corpus, curves, made, workloads

PROJECT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Measures and writes; what has been measured is written again after each step, because a run is long."""
    options = _options()
    tried = options.quick or options.only
    figures = Figures({}, {}, {}, {}, [], [], {})
    with tempfile.TemporaryDirectory() as folder:
        kept = options.tools or Path(folder, "tools")
        kept.mkdir(parents=True, exist_ok=True)
        chosen = tools(PROJECT, kept.resolve(), options.cfn_guard, options.guard_rules)
        os.environ["XDG_CACHE_HOME"] = str(
            kept.resolve() / "cache"
        )  # another version of relint writes to the usual one
        for _ in _steps(figures, chosen, Path(folder), options):
            if not tried:
                write_docs.write(PROJECT / "docs", figures, chosen, options.rounds)
    if tried:
        print("\n".join(write_docs.measured(figures, chosen, options.rounds)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    add = parser.add_argument
    add("--rounds", type=int, default=5, help="how often each tool runs on each workload")
    add("--quick", action="store_true", help="four small workloads once; printed, and nothing is written")
    add("--only", default="", help="the workloads whose name holds this; printed, and nothing is written")
    add("--tools", type=Path, help="a folder in which the environments of the tools are kept")
    add("--corpus", help="a folder of templates, for the throughput and for two processes")
    add("--cfn-guard", help="its binary; else the one on PATH, else the one of an npm package")
    add("--guard-rules", type=Path, help="its file of rules: the Well-Architected reliability set; else it is left out")
    return parser.parse_args()


def _steps(figures: Figures, chosen: Tools, folder: Path, options: argparse.Namespace) -> Iterator[None]:
    """Measures one workload after the other."""
    rounds = 1 if options.quick else options.rounds

    def wanted(workload: Workload) -> bool:
        figures.workloads[workload.name] = workload
        return options.only in workload.name

    found = workloads(folder, quick=options.quick)
    for tool in chosen.every:
        run(tool, found[0])  # so that the files of the tools are in memory, and the rules of relint compiled
    for one in filter(wanted, found):
        figures.tools[one.name] = measure(chosen.every, one, rounds)
        yield
    if options.quick:
        return
    apart, together = _corpus(chosen, folder, options.corpus) if options.corpus else ([], [])
    for one in filter(wanted, apart):
        figures.throughput[one.name] = measure(chosen.throughput, one, rounds)
        yield
    for one in apart[:1]:
        if options.only in "library":
            figures.library.extend(json.loads(inside(chosen.python, LOOP, str(one.path))) for _ in range(rounds))
            yield
    for one in filter(wanted, together):
        figures.processes[one.name] = measure(chosen.processes, one, rounds)
        yield
    for name, curve in curves(folder).items():
        if all(wanted(one) for one in curve.values()):
            figures.growth[name] = growth(chosen.throughput[-1], curve, rounds)
            yield
    if options.only in "log":
        large = made(folder, "log", of_size(100_000))
        figures.log.extend(json.loads(inside(chosen.python, LOG, str(large.path))) for _ in range(rounds))
        yield


def _corpus(chosen: Tools, folder: Path, place: str) -> tuple[list[Workload], list[Workload]]:
    found = json.loads(inside(chosen.python, TEMPLATES, place))
    return corpus(folder, [Path(file) for file in found], 10)


if __name__ == "__main__":
    main()
