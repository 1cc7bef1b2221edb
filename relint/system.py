"""Facts about the machine: the date, the processor cores, the cache folder."""

from __future__ import annotations

import os


def today() -> str:
    """The day, in UTC and ISO 8601, that decides what has expired; SOURCE_DATE_EPOCH sets it for reproducible runs.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    import time

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return time.strftime("%Y-%m-%d", time.gmtime(int(epoch) if epoch.isdigit() else None))


def available_cpus() -> int:
    """How many processor cores this process may use, which in a container may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def cache_directory() -> str | None:
    """The folder in which relint keeps compiled rules, beside the user's other caches; None if there is no home."""
    if base := os.environ.get("XDG_CACHE_HOME"):
        return os.path.join(base, "relint")
    if base := os.environ.get("LOCALAPPDATA"):
        return os.path.join(base, "relint", "Cache")
    home = os.path.expanduser("~")
    return None if home == "~" else os.path.join(home, ".cache", "relint")


def package_directory() -> str:
    """Return the folder of relint's own code."""
    return os.path.dirname(os.path.abspath(__file__))
