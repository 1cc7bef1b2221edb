"""Tables of measurements in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bench.measure import Run, Runs, median, ratios, spread
from bench.results import Figures, targets
from bench.tools import ALL, ONE_LOOP, RELINT, TWO, TWO_LOOPS, YAML


def target_table(figures: Figures) -> Iterator[str]:
    """Yield the lines of a table of targets and of their measurements."""
    yield from ("| target | bound | measured | |", "|---|---:|---:|---|")
    for target in targets(figures):
        bound = f"{'at least' if target.at_least else 'at most'} {target.bound:g}"
        if target.values:
            verdict = "met" if target.is_met() else "**missed**"
            yield f"| {target.name} | {bound} | {spread(target.values)} | {verdict} |"
        else:
            yield f"| {target.name} | {bound} | not measured | |"
    yield ""


def tools(figures: Figures) -> Iterator[str]:
    """Yield the lines of a table for each workload: the tools compared with relint and yaml.load."""
    for name, runs in figures.tools.items():
        yield f"### {name} ({figures.workloads[name].size / 1000:,.1f} kB)"
        yield ""
        yield f"| | median | processor | times `{ALL}` | times `{YAML}` | memory | rounds |"
        yield "|---|---:|---:|---:|---:|---:|---:|"
        for tool, tool_runs in runs.items():
            time = tool_runs[-1].trouble or f"{median(tool_runs):.3f} s"
            relative = (_ratio(runs, tool, reference) for reference in (ALL, YAML))
            costs = f"{median(tool_runs, 'processor'):.3f} s | {' | '.join(relative)} | {_memory(tool_runs)} MB"
            yield f"| {tool} | {time} | {costs} | {len(tool_runs)} |"
        yield ""


def throughput(figures: Figures) -> Iterator[str]:
    """Yield the lines about megabytes a second of relint and yaml.load on one core."""
    yield from (
        "| | MB | | MB/s | time / `yaml.load` | processor time / `yaml.load` |",
        "|---|---:|---|---:|---:|---:|",
    )
    for name, runs in figures.throughput.items():
        megabytes = figures.workloads[name].size / 1e6
        for tool, tool_runs in runs.items():
            shares = (_ratio(runs, tool, YAML, key) for key in ("seconds", "processor"))
            speed = tool_runs[-1].trouble or f"{megabytes / median(tool_runs):.2f}"
            yield f"| {name} | {megabytes:.2f} | {tool} | {speed} | {' | '.join(shares)} |"
    yield ""


def processes(figures: Figures) -> Iterator[str]:
    """Yield the lines about the speed of two processes, and the most that this machine allows."""
    for name, runs in figures.processes.items():
        limit = [2 * ratio for ratio in ratios(runs, ONE_LOOP, TWO_LOOPS)]
        yield f"| {name}, {figures.workloads[name].size / 1e6:.1f} MB | times as fast as one |"
        yield "|---|---:|"
        yield f"| two processes of relint | {_ratio(runs, RELINT, TWO) or 'not measured'} |"
        yield f"| two loops that only count, which is what this machine can gain | {spread(limit) if limit else ''} |"
        yield ""


def growth(figures: Figures) -> Iterator[str]:
    """Yield the lines about seconds for each size, and milliseconds for one more."""
    for name, curve in points(figures).items():
        steps = [1000 * (after - before) / (more - number) for (number, before), (more, after) in pairwise(curve)]
        yield f"| {name} | " + " | ".join(f"{number:,}" for number, _ in curve) + " |"
        yield "|---|" + "---:|" * len(curve)
        yield "| seconds of processor time | " + " | ".join(f"{seconds:.2f}" for _, seconds in curve) + " |"
        yield "| ms for one more | | " + " | ".join(f"{step:.2f}" for step in steps) + " |"
        yield ""


def points(figures: Figures) -> dict[str, list[tuple[int, float]]]:
    """Return the points of each curve: a number, and the median of the processor time in seconds."""
    return {
        name: [(number, median(runs, "processor")) for number, runs in curve.items()]
        for name, curve in figures.growth.items()
    }


def library(figures: Figures) -> Iterator[str]:
    """Yield the lines about a loop over templates in one process."""
    files = figures.library[0]["files"]
    yield from (f"{files} files, each as a text, with the recommended rules, in processor time:", "")
    yield from ("| | ms a file |", "|---|---:|")
    for key, name in {"yaml": "`yaml.load(text, CSafeLoader)`", "relint": "`relint.check_text(text)`"}.items():
        yield f"| {name} | {spread([1000 * seconds[key] / files for seconds in figures.library])} |"
    yield ""


def log(figures: Figures) -> Iterator[str]:
    """Yield the lines about the time and the memory for writing 100,000 results."""
    seconds, megabytes = (spread([round[key] for round in figures.log]) for key in ("seconds", "megabytes"))
    size = figures.log[0]["size"] / 1e6
    yield from (f"{seconds} seconds, {megabytes} MB above the analysis, {size:.0f} MB of text.", "")


def _ratio(runs: Runs, tool: str, reference: str, key: str = "seconds") -> str:
    values = ratios(runs, tool, reference, key)
    if not values:
        return ""
    return "1" if tool == reference else str(spread(values))


def _memory(runs: Sequence[Run]) -> str:
    return f"{max(run.megabytes for run in runs):.0f}"
