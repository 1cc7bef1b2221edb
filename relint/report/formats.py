"""Every format that is made of lines, by its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.finding import Report


def lines(report: Report, kind: str, *, colour: bool = False, show_open: bool = False) -> Iterator[str]:
    """The lines of a report in a format: text or concise."""
    if kind == "text":
        from relint.report.text import full

        return full(report, colour=colour, show_open=show_open)
    from relint.report.concise import concise

    return concise(report, show_open=show_open)
