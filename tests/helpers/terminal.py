"""Relint in a pseudo-terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

from tests.helpers.paths import ROOT

_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;;.*?\x1b\\")


def run_in_terminal(*arguments: str, columns: int, cwd: str | Path, **environment: str) -> str:
    """Return what a command of relint prints in a terminal of so many columns, both streams together."""
    names = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM_PROGRAM", "VTE_VERSION", "TMUX", "GITHUB_ACTIONS")
    variables = {name: value for name, value in os.environ.items() if name not in names}
    variables.update({"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **environment})
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    command = [sys.executable, "-m", "relint", *arguments]
    process = subprocess.Popen(command, cwd=cwd, env=variables, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    parts: list[bytes] = []
    try:
        while part := os.read(ours, 65536):
            parts.append(part)
    except OSError:  # Linux reports the end of the terminal as an error
        pass
    os.close(ours)
    process.wait(timeout=60)
    return b"".join(parts).decode("utf-8").replace("\r\n", "\n")


def without_sequences(text: str) -> str:
    """Return a text without colours and links."""
    return _SEQUENCE.sub("", text)
