"""Expected work of a run, which decides how many processes pay for it."""

from __future__ import annotations

from collections.abc import Iterable

from relint.discover.files import file_sizes
from relint.system import available_cpus

SECONDS_PER_FILE = 0.000_4
SECONDS_PER_BYTE = 0.000_000_15
"""Expected processor time of a template: 0.9 ms for 3.3 KB of YAML, 2.9 ms for 17 KB.

Measured on 2026-11-28 with the rule set `recommended` on 360 templates that people wrote. Templates with many findings
take two or three times as long, JSON half as long; all rules twice as long.
"""

SECONDS_PER_PROCESS = 0.2
"""Expected work that pays for a process, so that two start at 0.4 s.

Measured on 2026-11-28 in processor time, as other programs used the machine: two processes took 0.15 to 0.25 s more
than one, half of it at the start of the pool and half where each process imports the same checks and reads the same
rules. 1,000 files of 2.6 KB took 3.0 s in one process and 3.5 s in two, templates that people wrote with 0.5 s of
expected work 0.7 s and 0.95 s. Two processes therefore gain if the work takes more than 0.25 s; `python -m
bench.processes` measures by how much.
"""


def expected_seconds(size: int) -> float:
    """Return the expected processor time for a template with so many bytes, in seconds."""
    return SECONDS_PER_FILE + size * SECONDS_PER_BYTE


def process_count(paths: Iterable[str]) -> int:
    """Return the number of processes that pay for the files at paths.

    It is at most the number of processor cores.
    """
    cores = available_cpus()
    seconds = 0.0
    for size in file_sizes(paths):
        seconds += expected_seconds(size)
        if seconds >= cores * SECONDS_PER_PROCESS:
            return cores
    return max(1, int(seconds / SECONDS_PER_PROCESS))
