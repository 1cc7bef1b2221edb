"""python -m bench.processes FOLDER: the expected work from which on two processes pay.

FOLDER contains templates; they are repeated until there is enough work by the estimate of relint/run/work_estimate.py.
For each amount, runs with one process and with two take turns. The result is the median of their ratios, to be compared
with the ratio of two independent programs, which is the most that the machine can give: if that is near 1, the cores
are busy with other programs, and only the processor times count. `SECONDS_PER_PROCESS` is half of the least work whose
ratio is clearly above 1.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

from bench.measure import run
from bench.tools import Tool
from bench.workloads import Workload
from relint import check
from relint.run.work_estimate import expected_seconds

_EXPECTED_SECONDS = (0.06, 0.12, 0.25, 0.5, 1.0, 2.0)
_ROUNDS = 5
_LOOP = [sys.executable, "-c", "for n in range(5_000_000): str(n)"]


def main(folder: str) -> None:
    """Print a line for each amount of work: the gain of two processes, and their cost in processor time."""
    print(f"two programs at once: {_spread([_ceiling() for _ in range(_ROUNDS)])} times one core")
    templates = [Path(file).read_bytes() for file in check(folder, config=None).templates]
    for seconds in _EXPECTED_SECONDS:
        with tempfile.TemporaryDirectory() as workload_folder:
            workload = _write_workload(Path(workload_folder), templates, seconds)
            pairs = [(run(_relint(1), workload), run(_relint(2), workload)) for _ in range(_ROUNDS)]
        gain = _spread([one.seconds / two.seconds for one, two in pairs])
        cost = _spread([two.processor / one.processor for one, two in pairs])
        processor = statistics.median(one.processor for one, _ in pairs)
        print(
            f"{seconds:4.2f} s expected, {processor:.2f} s of one process: "
            f"{gain} times as fast, for {cost} times the processor time",
            flush=True,
        )


def _relint(jobs: int) -> Tool:
    command = [sys.executable, "-m", "relint", "check", "--no-config", "--no-cache", "--format", "sarif"]
    return Tool(f"relint --jobs {jobs}", "", lambda path: [*command, "--jobs", str(jobs), str(path)])


def _write_workload(folder: Path, templates: Sequence[bytes], seconds: float) -> Workload:
    """Write templates until their expected work takes so many seconds."""
    sizes: list[int] = []
    for number, content in enumerate(cycle(templates)):
        if sum(map(expected_seconds, sizes)) >= seconds:
            break
        suffix = "json" if content.lstrip().startswith(b"{") else "yaml"
        sizes.append((folder / f"{number}.{suffix}").write_bytes(content))
    return Workload(name=f"{seconds} s", path=folder, size=sum(sizes), largest=max(sizes))


def _ceiling() -> float:
    """Return the ratio of the work that two programs and one do in the same time."""
    return 2 * _loop_seconds(1) / _loop_seconds(2)


def _loop_seconds(programs: int) -> float:
    start = time.perf_counter()
    processes = [subprocess.Popen(_LOOP) for _ in range(programs)]
    for process in processes:
        process.wait()
    return time.perf_counter() - start


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


if __name__ == "__main__":
    main(sys.argv[1])
