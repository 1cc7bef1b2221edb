"""Fixes as proposals, of which a person or a program takes one: each has the edits of the text that it needs alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.fixes.apply import apply_fixes
from relint.fixes.objections import has_finding, objection_to, uncovered_by
from relint.fixes.text_edits import edit_together
from relint.fixes.trials import Offer

if TYPE_CHECKING:
    from relint.finding import Finding, Report
    from relint.fixes.edit import TextEdit
    from relint.fixes.plan import Fix
    from relint.fixes.trials import Check
    from relint.source.document import Document


class Proposal(NamedTuple):
    """A fix of a finding in a document, and the edits of its text, of which no two touch, that carry it out."""

    document: Document
    finding: Finding
    fix: Fix
    text_edits: Sequence[TextEdit]


def propose_fixes(
    document: Document, choices: Sequence[tuple[Finding, Fix]], before: Report, check: Check
) -> Iterator[Proposal]:
    """Yield proposals for the fixes that nothing speaks against; what they uncover may stay.

    Fixes of several findings are verified together, by one check, or if that fails by halves. `before` is the report on
    the text as it is.
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
    middle = len(choices) // 2
    for half in filter(None, (choices[:middle], choices[middle:])):
        yield from propose_fixes(document, half, before, check)
