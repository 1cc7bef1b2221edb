"""Measurements -> tables of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bench.measure import Run, Runs, median, ratios, spread
from bench.results import Figures, targets
from bench.tools import ALL, ONE_LOOP, RELINT, TWO, TWO_LOOPS, YAML


def aims(figures: Figures) -> Iterator[str]:
    """The lines: each target, what was measured, and whether it is met."""
    yield from ("| target | bound | measured | |", "|---|---:|---:|---|")
    for one in targets(figures):
        bound = f"{'at least' if one.at_least else 'at most'} {one.bound:g}"
        if one.values:
            yield f"| {one.name} | {bound} | {spread(one.values)} | {'met' if one.met() else '**missed**'} |"
        else:
            yield f"| {one.name} | {bound} | not measured | |"
    yield ""


def tools(figures: Figures) -> Iterator[str]:
    """The lines: for each workload a table of the tools, by their ratio to relint and to yaml.load."""
    for name, runs in figures.tools.items():
        yield f"### {name} ({figures.workloads[name].size / 1000:,.1f} kB)"
        yield ""
        yield f"| | median | processor | times `{ALL}` | times `{YAML}` | memory | rounds |"
        yield "|---|---:|---:|---:|---:|---:|---:|"
        for tool, mine in runs.items():
            said = mine[-1].trouble or f"{median(mine):.3f} s"
            against = (_ratio(runs, tool, to) for to in (ALL, YAML))
            used = f"{median(mine, 'processor'):.3f} s | {' | '.join(against)} | {_memory(mine)} MB"
            yield f"| {tool} | {said} | {used} | {len(mine)} |"
        yield ""


def throughput(figures: Figures) -> Iterator[str]:
    """The lines: megabytes a second of whole runs of relint and of yaml.load on one core."""
    yield from (
        "| | MB | | MB/s | time / `yaml.load` | processor time / `yaml.load` |",
        "|---|---:|---|---:|---:|---:|",
    )
    for name, runs in figures.throughput.items():
        megabytes = figures.workloads[name].size / 1e6
        for tool, mine in runs.items():
            shares = (_ratio(runs, tool, YAML, key) for key in ("seconds", "processor"))
            speed = mine[-1].trouble or f"{megabytes / median(mine):.2f}"
            yield f"| {name} | {megabytes:.2f} | {tool} | {speed} | {' | '.join(shares)} |"
    yield ""


def processes(figures: Figures) -> Iterator[str]:
    """The lines: how much faster two processes are than one, and how much faster they could be on this machine."""
    for name, runs in figures.processes.items():
        limit = [2 * one for one in ratios(runs, ONE_LOOP, TWO_LOOPS)]
        yield f"| {name}, {figures.workloads[name].size / 1e6:.1f} MB | times as fast as one |"
        yield "|---|---:|"
        yield f"| two processes of relint | {_ratio(runs, RELINT, TWO) or 'not measured'} |"
        yield f"| two loops that only count, which is what this machine can gain | {spread(limit) if limit else ''} |"
        yield ""


def growth(figures: Figures) -> Iterator[str]:
    """The lines: seconds for each size, and what one more costs between a size and the next, in milliseconds."""
    for name, curve in points(figures).items():
        steps = [1000 * (after - before) / (more - number) for (number, before), (more, after) in pairwise(curve)]
        yield f"| {name} | " + " | ".join(f"{number:,}" for number, _ in curve) + " |"
        yield "|---|" + "---:|" * len(curve)
        yield "| seconds of processor time | " + " | ".join(f"{seconds:.2f}" for _, seconds in curve) + " |"
        yield "| ms for one more | | " + " | ".join(f"{step:.2f}" for step in steps) + " |"
        yield ""


def points(figures: Figures) -> dict[str, list[tuple[int, float]]]:
    """What grows -> how many of them, and the median of the processor time in seconds."""
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
        yield f"| {name} | {spread([1000 * one[key] / files for one in figures.library])} |"
    yield ""


def log(figures: Figures) -> Iterator[str]:
    """The lines: what it takes to write 100,000 results."""
    seconds, megabytes = (spread([one[key] for one in figures.log]) for key in ("seconds", "megabytes"))
    size = figures.log[0]["size"] / 1e6
    yield from (f"{seconds} seconds, {megabytes} MB above the analysis, {size:.0f} MB of text.", "")


def _ratio(runs: Runs, tool: str, to: str, key: str = "seconds") -> str:
    values = ratios(runs, tool, to, key)
    if not values:
        return ""
    return "1" if tool == to else str(spread(values))


def _memory(runs: Sequence[Run]) -> str:
    return f"{max(one.megabytes for one in runs):.0f}"
