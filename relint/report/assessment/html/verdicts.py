"""Verdicts of policies."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.report.assessment.html.markup import NOTHING, Markup, element, join, table

if TYPE_CHECKING:
    from relint.assessment.disruption import Disruption
    from relint.assessment.records import Verdict
    from relint.assessment.result import EntryResult

_ORDER = ("not_judged", "met", "undetermined", "breached")
_GLYPHS = {"met": "\u25cf", "undetermined": "?", "breached": "\u2715", "not_judged": "\u2013"}
_CONDITIONS = {"met": "up", "undetermined": "unknown", "breached": "down", "not_judged": "none"}


def verdict_mark(entry: EntryResult, disruption: Disruption) -> Markup:
    """Return the verdicts on a type of disruption, which are about its worst event; nothing without a policy."""
    marks = [_mark(verdict) for verdict in entry.verdicts if verdict.disruption == disruption]
    return element("span", join(marks, " "), class_="verdicts") if marks else NOTHING


def _mark(verdict: Verdict) -> Markup:
    typical = " (typically)" if verdict.is_typical and verdict.verdict == "met" else ""
    words = verdict.verdict.replace("_", " ")
    glyph = element("span", _GLYPHS[verdict.verdict], aria_hidden="true")
    name = _CONDITIONS[verdict.verdict]
    return element("span", glyph, f" {verdict.measure.upper()} {words}{typical}", class_=f"verdict {name}")


def worst_verdict(entry: EntryResult, disruption: Disruption) -> str:
    """Return the state of the worst verdict on a type of disruption: a name of a style, "" without one."""
    found = [verdict.verdict for verdict in entry.verdicts if verdict.disruption == disruption]
    return _CONDITIONS[max(found, key=_ORDER.index)] if found else ""


def verdict_table(entry: EntryResult) -> Markup:
    """Return the table of all verdicts on an entry."""
    head = ("Policy", "Failure", "Measure", "Target", "Verdict", "What would decide it")
    return table(f"Policy verdicts on {entry.id}", head, _rows(entry))


def _rows(entry: EntryResult) -> Iterator[list[Markup | str]]:
    for verdict in entry.verdicts:
        unit = " %" if verdict.measure == "availability" else " s"
        target = "none" if verdict.target is None else f"{verdict.target:g}{unit}"
        yield [
            verdict.policy,
            verdict.disruption,
            verdict.measure.upper() if verdict.measure != "availability" else "availability",
            target,
            _mark(verdict),
            "; ".join(verdict.needs),
        ]
