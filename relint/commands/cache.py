"""`relint cache`: show the size of the findings cache, or clear it."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.commands.exit_codes import CLEAN
from relint.report.terminal import printable
from relint.run.findings_cache import findings_directory
from relint.storage.file_store import disk_usage, evict
from relint.system import cache_directory

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print the location and size of the cache, or remove its entries; an empty cache is not a failure."""
    cache = cache_directory()
    if cache is None:
        print("there is no home folder to keep anything in")
        return CLEAN
    folder = findings_directory(cache)
    is_clearing = options.action == "clear"
    count, size = evict(folder, 0) if is_clearing else disk_usage(folder)
    entries = f"{count:,} entr{'y' if count == 1 else 'ies'}, {size:,} bytes"
    print(f"removed {entries}" if is_clearing else printable(f"{folder}: {entries}"))
    return CLEAN
