"""`relint cache`: what is kept for the next run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.cache import folder_in
from relint.discover import cache_directory
from relint.exits import CLEAN
from relint.report.terminal import printable
from relint.store import held, trim

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Prints what is kept, or removes it; nothing kept is no failure."""
    base = cache_directory()
    if base is None:
        print("there is no home folder to keep anything in")
        return CLEAN
    folder = folder_in(base)
    clears = options.action == "clear"
    count, size = trim(folder, 0) if clears else held(folder)
    entries = f"{count:,} entr{'y' if count == 1 else 'ies'}, {size:,} bytes"
    print(f"removed {entries}" if clears else printable(f"{folder}: {entries}"))
    return CLEAN
