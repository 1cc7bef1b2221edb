"""`relint cache`: what is kept for the next run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.commands.exit_codes import CLEAN
from relint.report.terminal import printable
from relint.run.findings_cache import folder_in
from relint.storage.file_store import disk_usage, evict
from relint.system import cache_directory

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
    count, size = evict(folder, 0) if clears else disk_usage(folder)
    entries = f"{count:,} entr{'y' if count == 1 else 'ies'}, {size:,} bytes"
    print(f"removed {entries}" if clears else printable(f"{folder}: {entries}"))
    return CLEAN
