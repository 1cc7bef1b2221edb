"""A progress line on the terminal for runs that take longer than a second."""

from __future__ import annotations

import time
from collections.abc import Callable

from relint._typing import TYPE_CHECKING
from relint.report.terminal import printable

if TYPE_CHECKING:
    from typing import TextIO


class Progress:
    """A callable that takes the name of each file and rewrites one line, at most ten times a second.

    The first line appears after a second, so that short runs print none. Then `count_files` returns the number of all
    files, or None if it is not known.
    """

    def __init__(self, stream: TextIO, count_files: Callable[[], int | None]) -> None:
        self._stream = stream
        self._count_files = count_files
        self._total = ""
        self._next_update = time.monotonic() + 1
        self._file_count = 0
        self._has_written = False

    def __call__(self, file: str) -> None:
        """Count a file, and show its name if the line is due for an update."""
        self._file_count += 1
        now = time.monotonic()
        if now >= self._next_update:
            self._next_update = now + 0.1
            if not self._has_written and (total := self._count_files()):
                self._total = f" of {total}"
            self._has_written = True
            self._stream.write(f"\r\x1b[Krelint: file {self._file_count}{self._total}, {printable(file)[-50:]}")
            self._stream.flush()

    def clear(self) -> None:
        """Remove the line, if one was written."""
        if self._has_written:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
