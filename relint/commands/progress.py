"""A progress line on the terminal for runs that take longer than a second."""

from __future__ import annotations

import time

from relint._typing import TYPE_CHECKING
from relint.report.terminal import printable

if TYPE_CHECKING:
    from typing import TextIO


class Progress:
    """A callable that takes the name of each file and rewrites one line, at most ten times a second.

    The first line appears after a second, so that short runs print none.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._next_update = time.monotonic() + 1
        self._file_count = 0
        self._has_written = False

    def __call__(self, file: str) -> None:
        """Count a file, and show its name if the line is due for an update."""
        self._file_count += 1
        now = time.monotonic()
        if now >= self._next_update:
            self._next_update = now + 0.1
            self._has_written = True
            self._stream.write(f"\r\x1b[Krelint: template {self._file_count}, {printable(file)[-60:]}")
            self._stream.flush()

    def clear(self) -> None:
        """Remove the line, if one was written."""
        if self._has_written:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
