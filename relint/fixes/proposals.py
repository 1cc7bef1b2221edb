"""Fixes as proposals, of which a person or a program takes one: each has the edits of the text that it needs alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.fixes.apply import apply_fixes
from relint.fixes.objections import blamed_resources, has_finding, objection_to, uncovered_by
from relint.fixes.text_edits import edit_together
from relint.fixes.trials import Offer

if TYPE_CHECKING:
    from relint.finding import Finding, Report
    from relint.fixes.edit import TextEdit
    from relint.fixes.plan import Fix
    from relint.fixes.trials import Check
    from relint.source.document import Document

_FEW = 8
"""Fixes that are verified one by one, because another resource may be the cause of what speaks against them."""

_Choice = tuple["Finding", "Fix"]


class Proposal(NamedTuple):
    """A fix of a finding in a document, and the edits of its text, of which no two touch, that carry it out."""

    document: Document
    finding: Finding
    fix: Fix
    text_edits: Sequence[TextEdit]


def propose_fixes(document: Document, choices: Sequence[_Choice], before: Report, check: Check) -> Iterator[Proposal]:
    """Yield proposals for the fixes that nothing speaks against; what they uncover may stay.

    Fixes of several findings are verified together, by one check. If that fails, those of the resources where something
    speaks against them are verified one by one, of all these resources together, and others by halves. `before` is the
    report on the text as it is.
    """
    if len(choices) == 1:
        [(finding, fix)] = choices
        text = document.source.text
        fixed = apply_fixes(document, [Offer(finding, [fix])], lambda new: before if new == text else check(new))
        if fixed.applied:
            yield Proposal(document, finding, fix, fixed.text_edits)
        return
    findings = [finding for finding, _ in choices]
    together = edit_together(document, [fix.edits for _, fix in choices])
    if together and all(has_finding(before, finding) for finding in findings):
        edited, text_edits = together
        after = check(edited.source.text)
        if not objection_to(findings, before, after) or uncovered_by(findings, before, after):
            for (finding, fix), edits in zip(choices, text_edits, strict=True):
                yield Proposal(document, finding, fix, edits)
            return
        parts = _divided(choices, blamed_resources(findings, before, after))
        if len(parts) == 2 and len(parts[1]) > _FEW:
            parts.pop()  # each is the only fix of its resource, and something there speaks against it
    else:
        parts = [choices]
    if parts == [choices] or (not parts[0] and len(parts) == 2):
        middle = len(choices) // 2
        parts = [choices[:middle], choices[middle:]]
    for part in filter(None, parts):
        yield from propose_fixes(document, part, before, check)


def _divided(choices: Sequence[_Choice], blamed: Collection[str]) -> list[Sequence[_Choice]]:
    """Return the choices for other resources, then for those that are blamed: the first ones, the second ones, ..."""
    groups: list[list[_Choice]] = [[]]
    numbers: Counter[str] = Counter()
    for choice in choices:
        logical_id = choice[0].logical_id or ""
        if logical_id in blamed:
            numbers[logical_id] += 1
        if numbers[logical_id] == len(groups):
            groups.append([])
        groups[numbers[logical_id]].append(choice)
    return [*groups]
