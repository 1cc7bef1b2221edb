"""Fixes as proposals, of which a person or a program takes one: each has the edits of the text that it needs alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.fixes.apply import apply_fixes
from relint.fixes.objections import blamed_resources, objection_to, uncovered_by
from relint.fixes.text_edits import edit_together
from relint.fixes.trials import Offer

if TYPE_CHECKING:
    from relint.finding import Finding, Report
    from relint.fixes.edit import TextEdit
    from relint.fixes.plan import Fix
    from relint.fixes.trials import Check
    from relint.source.document import Document

_FEW = 4
"""Fixes of one rule that are tried one by one, because another fix may be the cause of what speaks against them."""

_Choice = tuple["Finding", "Fix"]


class Proposal(NamedTuple):
    """A fix of a finding in a document, and the edits of its text, of which no two touch, that carry it out."""

    document: Document
    finding: Finding
    fix: Fix
    text_edits: Sequence[TextEdit]


class _Trial(NamedTuple):
    """The outcome of fixes that were tried together.

    Something speaks against the `blamed` ones at their resources. The `untried` ones exclude each other, or the
    template cannot be checked after them.
    """

    proposals: Sequence[Proposal] = ()
    blamed: Sequence[_Choice] = ()
    untried: Sequence[_Choice] = ()


def propose_fixes(document: Document, choices: Sequence[_Choice], before: Report, check: Check) -> Iterator[Proposal]:
    """Yield proposals for the fixes that nothing speaks against; what they uncover may stay.

    All are tried together, with one check. Where something speaks against them, those of each rule are tried, and then
    each alone, unless many fixes of one rule fail alike. `before` is the report on the text as it is.
    """
    if len(choices) == 1:
        [(finding, fix)] = choices
        text = document.source.text
        fixed = apply_fixes(document, [Offer(finding, [fix])], lambda new: before if new == text else check(new))
        if fixed.applied:
            yield Proposal(document, finding, fix, fixed.text_edits)
        return
    trial = _try_together(document, choices, before, check)
    yield from trial.proposals
    by_rule: dict[str, list[_Choice]] = {}
    for choice in (*trial.blamed, *trial.untried):
        by_rule.setdefault(choice[0].rule.id, []).append(choice)
    parts: list[Sequence[_Choice]] = [*by_rule.values()]
    if len(parts) == 1:
        middle = (len(trial.untried) + 1) // 2
        parts = [trial.untried[:middle], trial.untried[middle:]]
        parts += [[choice] for choice in trial.blamed if len(trial.blamed) <= _FEW]
    for part in filter(None, parts):
        yield from propose_fixes(document, part, before, check)


def _try_together(document: Document, choices: Sequence[_Choice], before: Report, check: Check) -> _Trial:
    """Return proposals for the fixes whose resources have nothing against them, and the other fixes."""
    together = edit_together(document, [fix.edits for _, fix in choices])
    if together is None:
        return _Trial(untried=choices)
    edited, text_edits = together
    findings = [finding for finding, _ in choices]
    after = check(edited.source.text)
    if not objection_to(findings, before, after) or uncovered_by(findings, before, after):
        found = zip(choices, text_edits, strict=True)
        return _Trial([Proposal(document, finding, fix, edits) for (finding, fix), edits in found])
    guilty = blamed_resources(findings, before, after)
    blamed = [choice for choice in choices if (choice[0].logical_id or "") in guilty]
    others = [choice for choice in choices if choice not in blamed]
    if not blamed or not others:
        return _Trial(blamed=blamed, untried=others)
    trial = _try_together(document, others, before, check)
    return trial._replace(blamed=[*blamed, *trial.blamed])
