"""Facts about the machine: date, processors, folders of the cache and the package."""

from __future__ import annotations

import os

from relint.errors import OptionError


def today() -> str:
    """Return the current date in UTC and ISO 8601, with which suppressions expire.

    SOURCE_DATE_EPOCH (seconds since 1970) replaces the clock, for reproducible runs; raises OptionError if it is
    anything else, as its specification recommends: https://reproducible-builds.org/specs/source-date-epoch/
    """
    import time

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        now = time.gmtime(int(epoch) if epoch else None)
    except (ValueError, OverflowError, OSError) as error:  # no number, or beyond the years of the system
        raise OptionError(f"SOURCE_DATE_EPOCH is the number of seconds since 1970, not '{epoch}'") from error
    return time.strftime("%Y-%m-%d", now)


def available_cpus() -> int:
    """Return the number of processors that this process may use, which a container may limit."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def cache_directory() -> str | None:
    """Return the folder of relint's caches, in the user's folder of caches. None without a home directory."""
    if base := os.environ.get("XDG_CACHE_HOME"):
        return os.path.join(base, "relint")
    if base := os.environ.get("LOCALAPPDATA"):
        return os.path.join(base, "relint", "Cache")
    home = os.path.expanduser("~")
    return None if home == "~" else os.path.join(home, ".cache", "relint")


def package_directory() -> str:
    """Return the folder of relint's own code."""
    return os.path.dirname(os.path.abspath(__file__))
