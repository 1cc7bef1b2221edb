"""Runs commands: seconds and memory of each, in rounds that meet every tool with the same load of the machine."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.tools import Tool
from bench.workloads import Workload

_BYTECODE = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
"""Without byte code a start compiles everything: nobody's installed tool does that."""


class Run(NamedTuple):
    """Wall time and processor time in seconds, and the peak of memory in megabytes, of a command."""

    seconds: float
    processor: float
    megabytes: float
    code: int


class Ratio(NamedTuple):
    """Minimum, median and maximum of the ratios of two tools, round by round."""

    low: float
    middle: float
    high: float

    def __str__(self) -> str:
        return f"{self.middle:.3g} ({self.low:.3g} to {self.high:.3g})"


Times = dict[str, dict[str, list[Run]]]
"""Workload -> tool -> its runs, one a round."""


def run(command: Sequence[str]) -> Run:
    """Runs a command to its end, its output thrown away."""
    environment = {key: value for key, value in os.environ.items() if key not in _BYTECODE}
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, child.returncode)


def measure(every: Sequence[Tool], workload: Workload, rounds: int) -> dict[str, list[Run]]:
    """Tool -> its runs: in each round each once, in a new order; before that, once to warm the caches of the disk."""
    tools = [tool for tool in every if workload.size <= tool.most]
    found: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    order = random.Random(1)
    for tool in tools:
        if tool.is_floor or tool.name.startswith("relint"):
            run(tool.command(workload.path))
    for number in range(rounds):
        for tool in order.sample(tools, len(tools)):
            done = run(tool.command(workload.path))
            if done.code not in tool.codes:
                print(f"{tool.name} ended with {done.code} on {workload.name}", file=sys.stderr)
            found[tool.name].append(done)
        print(f"{workload.name}: round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return found


def ratio(times: Mapping[str, Sequence[Run]], tool: str, to: str) -> Ratio:
    """How many times as long one tool took as another."""
    found = [one.seconds / other.seconds for one, other in zip(times[tool], times[to], strict=True)]
    return Ratio(min(found), statistics.median(found), max(found))


def median(runs: Sequence[Run]) -> float:
    """Seconds."""
    return statistics.median(one.seconds for one in runs)


def growth(tool: Tool, curve: Sequence[tuple[int, Workload]], rounds: int) -> list[tuple[int, float]]:
    """Number -> median of seconds along a curve, rounds taken in turn."""
    found: dict[int, list[float]] = {number: [] for number, _ in curve}
    for _ in range(rounds):
        for number, workload in curve:
            found[number].append(run(tool.command(workload.path)).seconds)
    return [(number, statistics.median(seconds)) for number, seconds in found.items()]


def inside(python: Path, program: str, *arguments: str) -> str:
    """What a program of the library prints, run by the Python that has relint installed."""
    environment = {key: value for key, value in os.environ.items() if key not in _BYTECODE}
    command = [str(python), "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
