"""Measurements -> tables of Markdown, in docs/performance.md between marks; the essay around them stays."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.measure import Times, median, ratio
from bench.tools import Tool

_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"


def tables(times: Times, tools: Sequence[Tool], sizes: Mapping[str, int]) -> Iterator[str]:
    """The lines: a table of the tools by their ratio to relint for each workload."""
    for workload, runs in times.items():
        yield f"### {workload} ({sizes[workload] / 1000:,.1f} kB)"
        yield ""
        yield "| | median | times relint | times `yaml.load` | memory |"
        yield "|---|---:|---:|---:|---:|"
        for tool in tools:
            if tool.name not in runs:
                yield f"| {tool.name} | not asked | | | |"
                continue
            mine = runs[tool.name]
            memory = max(one.megabytes for one in mine)
            against = ["1" if tool.name == to else str(ratio(runs, tool.name, to)) for to in ("relint", "yaml.load")]
            failed = "" if all(one.code in tool.codes for one in mine) else " (failed)"
            yield f"| {tool.name}{failed} | {median(mine):.3f} s | {against[0]} | {against[1]} | {memory:.0f} MB |"
        yield ""


def growth(curves: Mapping[str, Sequence[tuple[int, float]]], start: float) -> Iterator[str]:
    """The lines: seconds for each size, and what one more costs above the start-up, in milliseconds."""
    for name, points in curves.items():
        yield f"| {name} | " + " | ".join(f"{number:,}" for number, _ in points) + " |"
        yield "|---|" + "---:|" * len(points)
        yield "| seconds | " + " | ".join(f"{seconds:.2f}" for _, seconds in points) + " |"
        each = [1000 * (seconds - start) / number for number, seconds in points]
        yield "| ms for each | " + " | ".join(f"{one:.2f}" for one in each) + " |"
        yield ""


def throughput(groups: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The lines: megabytes a second of processor time of relint and of yaml.load."""
    yield "| | files | MB | relint, MB/s | `yaml.load`, MB/s | relint / `yaml.load` |"
    yield "|---|---:|---:|---:|---:|---:|"
    for one in groups:
        share = f"{one['middle']:.2f} ({one['low']:.2f} to {one['high']:.2f})"
        yield (
            f"| {one['group']} | {one['files']} | {one['megabytes']:.2f} | {one['relint']:.2f} | {one['yaml']:.2f} "
            f"| {share} |"
        )
    yield ""


def curves_above(curves: Mapping[str, Sequence[tuple[int, float]]], start: float) -> dict[str, list[tuple[int, float]]]:
    """Curves without the seconds that a start costs."""
    return {name: [(n, max(seconds - start, 1e-3)) for n, seconds in points] for name, points in curves.items()}


def start_of(times: Times) -> float:
    """Seconds for the smallest template: what every run costs."""
    return statistics.median(one.seconds for one in times["small template"]["relint, one process"])


def put(file: Path, lines: Sequence[str]) -> None:
    """Replaces what stands between the marks of a file; raises ValueError where there are none."""
    text = file.read_text()
    if _BEGIN not in text or _END not in text:
        raise ValueError(f"'{file}' has no place between '{_BEGIN}' and '{_END}'")
    between = "\n".join([_BEGIN, "", *lines, _END])
    file.write_text(re.sub(f"{_BEGIN}.*{_END}", lambda _: between, text, flags=re.DOTALL))
