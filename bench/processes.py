"""python -m bench.processes FOLDER: from how many bytes of templates on do several processes pay?

FOLDER holds templates; they are taken again and again until there is enough. For each size, runs with one process and
with two take turns. What counts is the median of their ratios, beside that of two independent programs at once, which
is all that the machine can give: where it is near 1, its cores are busy elsewhere, and the answer must wait.
`ENOUGH` in relint/commands/check.py is half of the least size whose ratio is clearly above 1.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import run
from relint import check

_SIZES = (500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000)
_ROUNDS = 5
_LOOP = [sys.executable, "-c", "for n in range(5_000_000): str(n)"]


def main(folder: str) -> None:
    """Prints a line for each size: median, minimum and maximum of what two processes gain, and what they cost."""
    print(f"two programs at once: {_told([_ceiling() for _ in range(_ROUNDS)])} times one core")
    templates = [Path(file).read_bytes() for file in check(folder, config=None).templates]
    for size in _SIZES:
        with tempfile.TemporaryDirectory() as made:
            _write(Path(made), templates, size)
            command = [sys.executable, "-m", "relint", "check", made, "--no-config", "--no-cache", "--format", "sarif"]
            pairs = [(run([*command, "--jobs", "1"]), run([*command, "--jobs", "2"])) for _ in range(_ROUNDS)]
        gain = _told([one.seconds / two.seconds for one, two in pairs])
        cost = _told([two.processor / one.processor for one, two in pairs])
        print(f"{size / 1e6:4.1f} MB: {gain} times as fast, for {cost} times the processor time", flush=True)


def _write(folder: Path, templates: list[bytes], size: int) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield from templates

    for number, content in enumerate(endless()):
        if size <= 0:
            return
        (folder / f"{number}.{'json' if content.lstrip().startswith(b'{') else 'yaml'}").write_bytes(content)
        size -= len(content)


def _ceiling() -> float:
    """How many times as much two programs get done as one, in the same time."""
    return 2 * _seconds(1) / _seconds(2)


def _seconds(programs: int) -> float:
    started = time.perf_counter()
    running = [subprocess.Popen(_LOOP) for _ in range(programs)]
    for one in running:
        one.wait()
    return time.perf_counter() - started


def _told(found: list[float]) -> str:
    return f"{statistics.median(found):.2f} ({min(found):.2f} to {max(found):.2f})"


if __name__ == "__main__":
    main(sys.argv[1])
