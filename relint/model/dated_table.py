"""Dated tables: what AWS does to something from a day on, such as a runtime or a service.

A row has one shape in all tables: `what` it is about; `states`, from the mildest to the gravest, each with the first
day on which it holds, or "" if AWS names none; the page `source` that says so, and the day `looked_up` on which
somebody read it. A table with one page, or one day, for all rows states it once, beside the rows.
"""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import Any

Row = Mapping[str, Any]


def state_on(row: Row, day: str) -> str | None:
    """Return the gravest state of a row that holds on a day in ISO 8601, from its first day on; None before all."""
    begun = [state for state, first_day in row["states"].items() if str(first_day) <= day]
    return begun[-1] if begun else None
