"""Words for the targets of policies."""

from __future__ import annotations

_UNITS = ((86_400, "d"), (3600, "h"), (60, "min"))


def describe_seconds(seconds: float) -> str:
    """Return a time in the greatest unit that measures it in whole numbers."""
    for size, unit in _UNITS:
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
