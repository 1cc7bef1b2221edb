"""Every format that is made of lines, by its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.finding import Report

FORMATS = ("text", "concise", "json", "sarif", "junit", "gitlab", "github", "markdown")
PROFILES = ("full", "github", "gitlab", "azure")
"""Variants of SARIF, by the consumer that they suit."""
_MODULES = {"concise": "one_line"}
"""Modules whose name differs from that of the format they write."""


def lines(report: Report, kind: str, *, colour: bool = False, show_open: bool = False) -> Iterator[str]:
    """The lines of a report in a format: text, concise, json, junit, gitlab, github or markdown.

    `show_open` lists what cannot be told; json has it always. Only text knows colour.
    """
    if kind == "text":
        from relint.report.text import full

        return full(report, colour=colour, show_open=show_open)
    if kind == "json":
        from relint.report.json_report import json_report

        return json_report(report)
    from importlib import import_module

    made: Iterator[str] = getattr(import_module(f"relint.report.{_MODULES.get(kind, kind)}"), kind)(
        report, show_open=show_open
    )
    return made
