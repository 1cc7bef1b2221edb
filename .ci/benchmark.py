"""Measures what the README promises: python .ci/benchmark.py FOLDER_OF_TEMPLATES [RUNS]

Start-up, the first fixture from the command line compared with a bare Python, and megabytes a second over the folder.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

FIXTURE = "fixtures/available-web/template.yaml"


def median_ms(command: list[str], runs: int) -> float:
    """The median wall time of a command in milliseconds, after one run to warm the caches."""
    times = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[1:])


def main() -> None:
    """Prints the measurements."""
    folder = sys.argv[1]
    script = os.path.join(os.path.dirname(sys.executable), "relint")
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    bare = median_ms([sys.executable, "-c", "pass"], runs)
    imported = median_ms([sys.executable, "-c", "import relint"], runs)
    api = median_ms([sys.executable, "-c", "import relint; relint.check"], runs)
    check = median_ms([script, "check", FIXTURE], runs)
    print(f"python -c pass            {bare:7.1f} ms")
    print(f"import relint             {imported - bare:7.1f} ms above it")
    print(f"import relint.check       {api - bare:7.1f} ms above it")
    print(f"relint check (fixture)    {check:7.1f} ms = {check / bare:.1f} times python -c pass")
    import relint

    started = time.process_time()
    report = relint.check(folder)
    seconds = time.process_time() - started
    megabytes = sum(os.path.getsize(file) for file in report.templates) / 1e6
    print(f"{len(report.templates)} templates, {megabytes:.2f} MB in {seconds:.2f} s: {megabytes / seconds:.1f} MB/s")
    print(f"{len(report.findings)} findings, {len(report.failures)} failures")


if __name__ == "__main__":
    main()
