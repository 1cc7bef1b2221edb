"""Run a command, and print the time and the memory that it took.

Prints seconds, processor seconds, peak memory in bytes, the exit code, and 1 if the command exceeded its limit.

A program of its own, for `python -I -S`: Linux counts the memory of the process that starts another one into the peak
of the started one, so the starter has to be small. This one has less than any other Python program.
"""

import os
import signal
import sys
import time

UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


def main(limit: int, command: list[str]) -> None:
    """Run the command without its output, and kill its process group after `limit` seconds."""
    late = False
    quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    started = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=quiet, setpgroup=0)

    def end(*_: object) -> None:
        nonlocal late
        late = True
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, end)
    signal.alarm(limit)
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - started
    signal.alarm(0)
    code = os.waitstatus_to_exitcode(status)
    print(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * UNIT, code, int(late))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
