"""Measurements of commands, in rounds in which the load of the machine affects every tool."""

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

_MEASURE_PROCESS = Path(__file__).with_name("measure_process.py")

_BYTECODE = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
"""Variables without which Python writes byte code, as for every installed tool."""

_MAX_SECONDS = 60
"""Seconds after which a tool does not run again on a workload, so that a slow tool has fewer rounds."""


class Run(NamedTuple):
    """Wall and processor time in seconds, peak memory in megabytes, and the reason of a failure.

    Where a command starts others, the memory is that of the largest process, and the processor time that of all.
    """

    seconds: float
    processor: float
    megabytes: float
    trouble: str = ""


class Spread(NamedTuple):
    """Minimum, median and maximum of the values of several rounds."""

    low: float
    middle: float
    high: float

    def __str__(self) -> str:
        return f"{self.middle:.3g} ({self.low:.3g} to {self.high:.3g})"


Runs = dict[str, list[Run]]
"""Tool -> its runs, one a round."""

Times = dict[str, Runs]
"""Workload -> tool -> its runs."""


def run(tool: Tool, workload: Workload) -> Run:
    """Run a command, at most to the time limit of the workload, and discard its output."""
    command = [sys.executable, "-I", "-S", str(_MEASURE_PROCESS), str(workload.limit), *tool.command(workload.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_environment())
    seconds, processor, memory, code, late = done.stdout.split()
    trouble = "" if int(code) in tool.codes else f"ended with exit code {code}"
    if late == "1":
        trouble = f"took longer than {workload.limit} s"
    return Run(float(seconds), float(processor), int(memory) / 1e6, trouble)


def measure(tools: Sequence[Tool], workload: Workload, rounds: int) -> Runs:
    """Return the runs of each tool. In each round every tool runs once, in a new order.

    Slow tools have fewer rounds, a tool that fails only one.
    """
    runs: Runs = {tool.name: [] for tool in tools}
    order = random.Random(1)
    started = time.perf_counter()
    for number in range(rounds):
        for tool in order.sample(tools, len(tools)):
            tool_runs = runs[tool.name]
            if tool_runs and (tool_runs[-1].trouble or sum(run.seconds for run in tool_runs) > _MAX_SECONDS):
                continue
            tool_runs.append(run(tool, workload))
            if tool_runs[-1].trouble:
                print_progress(f"{workload.name}: {tool.name} {tool_runs[-1].trouble}")
        print_progress(f"{workload.name}: round {number + 1} of {rounds}, {time.perf_counter() - started:.0f} s")
    return runs


def measure_growth(tool: Tool, curve: Mapping[int, Workload], rounds: int) -> dict[int, list[Run]]:
    """Return the runs of a tool for each point of a curve; each round takes all points."""
    runs: dict[int, list[Run]] = {number: [] for number in curve}
    for number_of_round in range(rounds):
        for number, workload in curve.items():
            runs[number].append(run(tool, workload))
        print_progress(f"growth, up to {max(curve)}: round {number_of_round + 1} of {rounds}")
    return runs


def ratios(runs: Mapping[str, Sequence[Run]], tool: str, reference: str, key: str = "seconds") -> list[float]:
    """Return the ratio of two tools in each round in which neither failed."""
    pairs = zip(runs.get(tool, ()), runs.get(reference, ()), strict=False)
    return [getattr(left, key) / getattr(right, key) for left, right in pairs if not (left.trouble or right.trouble)]


def spread(values: Sequence[float]) -> Spread:
    """Return minimum, median and maximum; raises ValueError if there are no values."""
    return Spread(min(values), statistics.median(values), max(values))


def median(runs: Sequence[Run], key: str = "seconds") -> float:
    """Return the median of a field of runs, in seconds or megabytes."""
    return float(statistics.median(getattr(run, key) for run in runs))


def run_program(python: Path, program: str, *arguments: str) -> str:
    """Return the output of a program of `bench.library` in the environment of relint."""
    command = [str(python), "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=_environment()).stdout


def print_progress(line: str) -> None:
    """Print a line of progress."""
    print(line, file=sys.stderr, flush=True)


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in _BYTECODE}
