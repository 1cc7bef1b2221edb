"""A line on the terminal for runs that take a while."""

from __future__ import annotations

import time
from typing import TextIO

from relint.report.terminal import printable


class Progress:
    """Called with the name of each file; after a second it writes one line over itself, at most ten times a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._next = time.monotonic() + 1
        self._count = 0
        self._written = False

    def __call__(self, file: str) -> None:
        """Tells that a file is being checked."""
        self._count += 1
        now = time.monotonic()
        if now >= self._next:
            self._next = now + 0.1
            self._written = True
            self._stream.write(f"\r\x1b[Krelint: template {self._count}, {printable(file)[-60:]}")
            self._stream.flush()

    def clear(self) -> None:
        """Takes the line away, if there is one."""
        if self._written:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
