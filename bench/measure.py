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

_LAUNCH = Path(__file__).with_name("measure_process.py")

_BYTECODE = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
"""Without byte code a start compiles everything: nobody's installed tool does that."""

_ENOUGH = 60
"""Seconds that a tool may take for a workload in all; after that it is not asked again, and has fewer rounds."""


class Run(NamedTuple):
    """Wall time and processor time in seconds, the peak of memory in megabytes, and why it did not do its work, or "".

    Where a command starts others, the memory is that of the largest process, and the processor time that of all.
    """

    seconds: float
    processor: float
    megabytes: float
    trouble: str = ""


class Spread(NamedTuple):
    """Minimum, median and maximum of what several rounds gave."""

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
    """Runs a command to its end, or to the limit of the workload; its output is thrown away."""
    launch = [sys.executable, "-I", "-S", str(_LAUNCH), str(workload.limit), *tool.command(workload.path)]
    done = subprocess.run(launch, capture_output=True, text=True, check=True, env=_environment())
    seconds, processor, memory, code, late = done.stdout.split()
    trouble = "" if int(code) in tool.codes else f"ended with exit code {code}"
    if late == "1":
        trouble = f"took longer than {workload.limit} s"
    return Run(float(seconds), float(processor), int(memory) / 1e6, trouble)


def measure(tools: Sequence[Tool], workload: Workload, rounds: int) -> Runs:
    """Tool -> its runs: in each round each once, in a new order; slow tools have fewer rounds, those in trouble one."""
    found: Runs = {tool.name: [] for tool in tools}
    order = random.Random(1)
    started = time.perf_counter()
    for number in range(rounds):
        for tool in order.sample(tools, len(tools)):
            mine = found[tool.name]
            if mine and (mine[-1].trouble or sum(one.seconds for one in mine) > _ENOUGH):
                continue
            mine.append(run(tool, workload))
            if mine[-1].trouble:
                say(f"{workload.name}: {tool.name} {mine[-1].trouble}")
        say(f"{workload.name}: round {number + 1} of {rounds}, {time.perf_counter() - started:.0f} s")
    return found


def growth(tool: Tool, curve: Mapping[int, Workload], rounds: int) -> dict[int, list[Run]]:
    """Number -> runs of a tool along a curve, of which each round takes all points."""
    found: dict[int, list[Run]] = {number: [] for number in curve}
    for number_of_round in range(rounds):
        for number, workload in curve.items():
            found[number].append(run(tool, workload))
        say(f"growth, up to {max(curve)}: round {number_of_round + 1} of {rounds}")
    return found


def ratios(runs: Mapping[str, Sequence[Run]], tool: str, to: str, key: str = "seconds") -> list[float]:
    """How many times as much one tool took as another, in each round in which both did their work."""
    pairs = zip(runs.get(tool, ()), runs.get(to, ()), strict=False)
    return [getattr(one, key) / getattr(other, key) for one, other in pairs if not one.trouble and not other.trouble]


def spread(values: Sequence[float]) -> Spread:
    """Minimum, median and maximum; raises ValueError where there are no values."""
    return Spread(min(values), statistics.median(values), max(values))


def median(runs: Sequence[Run], key: str = "seconds") -> float:
    """The middle of what the runs took, in seconds or megabytes."""
    return float(statistics.median(getattr(one, key) for one in runs))


def inside(python: Path, program: str, *arguments: str) -> str:
    """What a program of the library prints, run by the Python that has relint installed."""
    command = [str(python), "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=_environment()).stdout


def say(line: str) -> None:
    """Tells the person who waits."""
    print(line, file=sys.stderr, flush=True)


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in _BYTECODE}
