"""Output of `relint check --fix` about its fixes: lines on standard error, and a diff on standard output."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.fixes.trials import AppliedFix, Unfixed


class FixResult(NamedTuple):
    """The fixes of a file: those that were applied and those that were not; or how many were `refused`, and why.

    `refusal` is a part of a sentence. It is a failure if the user could not expect it.
    """

    file: str
    text: str = ""
    applied: tuple[AppliedFix, ...] = ()
    unfixed: tuple[Unfixed, ...] = ()
    refused: int = 0
    refusal: str = ""
    is_failure: bool = False


def print_result(result: FixResult, *, is_dry_run: bool) -> None:
    """Print what was fixed in a file and what was not, but for failures, which the report contains."""
    verb = "would fix" if is_dry_run else "fixed"
    lines: Counter[str] = Counter()  # findings of a loop have one place
    for finding, fix in result.applied:
        lines[f"{finding.file}:{finding.span.start.line}: {verb} {finding.rule.id}: {fix.description}"] += 1
    for finding, reason, needs_unsafe in result.unfixed:
        hint = f"{reason}; --unsafe applies it" if needs_unsafe else reason
        lines[f"{finding.file}:{finding.span.start.line}: {finding.rule.id} not fixed: {hint}"] += 1
    if result.refusal and not result.is_failure:
        lines[f"{result.file}: {_count(result.refused, 'finding')} not fixed: {result.refusal}"] += 1
    for line, count in lines.items():
        _say(line if count == 1 else f"{line} ({count} findings)")


def print_counts(results: Sequence[FixResult], *, is_dry_run: bool) -> None:
    """Print how many findings were fixed, and how many were not although their rules offer fixes."""
    applied = [len(one.applied) for one in results if one.applied]
    others = sum(len(one.unfixed) + one.refused for one in results)
    counts = f"{_count(sum(applied), 'finding')} in {_count(len(applied), 'file')}"
    _say(f"{'would fix' if is_dry_run else 'fixed'} {counts}; not fixed: {others}")


def print_diff(file: str, before: str, after: str) -> None:
    """Print a unified diff of the lines that git and patch see, which end with LF."""
    from difflib import unified_diff

    old, new = (re.findall(r"[^\n]*\n|[^\n]+$", text) for text in (before, after))
    for line in unified_diff(old, new, f"a/{file}", f"b/{file}"):
        sys.stdout.write(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _say(line: str) -> None:
    print(printable(line), file=sys.stderr)
