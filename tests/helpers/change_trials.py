"""Trials of changes: two texts are compared in both directions, and a fault is a crash or a change of nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from relint.commands.exit_codes import exit_code
from relint.discover.candidate import Candidate
from relint.report.change import render_diff
from relint.run.comparison.compare_files import Diff
from relint.template_diff import diff

FORMATS = ("text", "json", "markdown", "sarif")


def compare_texts(old: str, new: str) -> Diff:
    """Return the comparison of two texts by all rules."""
    texts = (Candidate("old.json", old, is_explicit=True), Candidate("new.json", new, is_explicit=True))
    return diff(*texts, ruleset="all", config=None)


def faults_of_change(old: str, new: str, seconds: float) -> Iterator[str]:
    """Yield a sentence for each fault in the comparison of two texts, which may take so much processor time."""
    for left, right in ((old, new), (new, old)):
        began = time.process_time()
        result = compare_texts(left, right)
        for format_name in FORMATS:
            render_diff(result, format_name, show_open=True)
        taken = time.process_time() - began
        if taken > seconds:
            yield f"The comparison took {taken:.1f} seconds."
        yield from (failure.message for failure in result.report.failures if failure.stage == "check")
        if exit_code(result.report) not in (0, 1, 2):
            yield "The exit code has no meaning."
    for text in (old, new):
        same = compare_texts(text, text)
        if any(entry.comparison.changes for entry in same.comparisons) or same.report.results:
            yield "A template differs from itself."


def faults_of_change_set(change_set: str, templates: Sequence[str], seconds: float) -> Iterator[str]:
    """Yield a sentence for each fault in the judgement of a change set beside some templates, none, one or two."""
    names = ("old.json", "new.json")[2 - len(templates) :]
    sides = {
        name.removesuffix(".json"): Candidate(name, text, is_explicit=True)
        for name, text in zip(names, templates, strict=True)
    }
    began = time.process_time()
    result = diff(change_set=Candidate("plan.json", change_set, is_explicit=True), ruleset="all", config=None, **sides)
    for format_name in FORMATS:
        render_diff(result, format_name, show_open=True)
    taken = time.process_time() - began
    if taken > seconds:
        yield f"The comparison took {taken:.1f} seconds."
    yield from (failure.message for failure in result.report.failures if failure.stage == "check")
