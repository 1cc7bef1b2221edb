"""Application of fixes to the text of a template, verified by checking the edited text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.finding import finding_sort_key
from relint.fixes.edit import EditError
from relint.fixes.objections import has_finding
from relint.fixes.place import find_place
from relint.fixes.plan import Fix, fixes_of
from relint.fixes.trials import Offer, Trials, Unfixed

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.fixes.edit import TextEdit
    from relint.fixes.trials import AppliedFix, Check, FixesOf
    from relint.source.document import Document

_UNSEEN = "only a check of all templates together shows it, so relint cannot tell whether it would go away"


class FixedDocument(NamedTuple):
    """A document after its fixes, and the edits of its text that did them."""

    document: Document
    text_edits: tuple[TextEdit, ...]
    applied: tuple[AppliedFix, ...]
    unfixed: tuple[Unfixed, ...]


def _always(_: Finding) -> bool:
    return True


def fix_document(
    document: Document,
    findings: Iterable[Finding],
    check: Check,
    *,
    unsafe: bool,
    may_fix: Callable[[Finding], bool] = _always,
) -> FixedDocument:
    """Return a document in which the fixes of findings are applied: the safe ones, and if asked for the unsafe ones.

    A fix after which the finding is still there, or which brings a finding that was not there, is left out, and the
    next one that the rule offers is tried. A rule reports the first fault of a resource, so the fix of one may uncover
    the next: that is fixed, too, and if it cannot be, only a safe fix is applied without. What a fix brings is fixed
    with it where `may_fix` is true of it. The order of the findings makes no difference.
    """

    def fixes_of_other(changed: Document, finding: Finding) -> Sequence[Fix]:
        return _allowed(changed, finding, unsafe=unsafe)[0] if may_fix(finding) else ()

    offers: list[Offer] = []
    unfixed: list[Unfixed] = []
    for finding in sorted(findings, key=finding_sort_key):
        allowed, refused = _allowed(document, finding, unsafe=unsafe)
        if allowed:
            offers.append(Offer(finding, allowed))
        elif refused:
            unfixed.append(refused)
    fixed = apply_fixes(document, offers, check, fixes_of_other)
    return fixed._replace(unfixed=(*unfixed, *fixed.unfixed))


def apply_fixes(
    document: Document, offers: Sequence[Offer], check: Check, fixes_of_uncovered: FixesOf | None = None
) -> FixedDocument:
    """Return a document in which each finding is fixed by the first of its fixes that nothing speaks against.

    `fixes_of_uncovered` returns the fixes to try for a finding that a fix uncovers. Without it that finding stays, even
    behind an unsafe fix, which the user has chosen then.
    """
    if not offers:
        return FixedDocument(document, (), (), ())
    trials = Trials(document, check, fixes_of_uncovered)
    seen = [offer for offer in offers if has_finding(trials.state.report, offer.finding)]
    unfixed = [Unfixed(offer.finding, _UNSEEN) for offer in offers if offer not in seen]
    if seen:
        unfixed += trials.fix(seen)
        unfixed = trials.fix_again(unfixed)
    state = trials.state
    return FixedDocument(state.document, state.text_edits, state.applied, tuple(unfixed))


def _allowed(document: Document, finding: Finding, *, unsafe: bool) -> tuple[list[Fix], Unfixed | None]:
    """Return the fixes of a finding that are allowed, and why the first other one is not, if there is one."""
    allowed: list[Fix] = []
    refused: Unfixed | None = None
    for fix in fixes_of(document, finding):
        if isinstance(fix, EditError):
            refused = refused or Unfixed(finding, str(fix))
        elif fix.safety == "safe" or unsafe:
            allowed.append(fix)
        else:
            refused = refused or _unsafe(document, finding, fix)
    return allowed, refused


def _unsafe(document: Document, finding: Finding, fix: Fix) -> Unfixed:
    """Return that a fix is unsafe, or why not even an unsafe one can be written where the author writes the value."""
    try:
        for edit in fix.edits:
            find_place(document, edit.path)
    except EditError as reason:
        return Unfixed(finding, str(reason))
    return Unfixed(finding, fix.because, needs_unsafe=True)
