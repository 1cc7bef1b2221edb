"""Application of fixes to the text of a template, verified by checking the edited text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.fixes.edit import EditError, join_edits
from relint.fixes.plan import Fix, fixes_of
from relint.fixes.text_edits import edit_document

if TYPE_CHECKING:
    from relint.finding import Finding, Report
    from relint.fixes.edit import Edit, TextEdit
    from relint.source.document import Document

Check = Callable[[str], "Report"]
"""The check of a text in the place of the file."""

_UNSEEN = "only a check of all templates together shows it, so relint cannot tell whether it would go away"


class Offer(NamedTuple):
    """A finding and the fixes to try for it, of which there is at least one."""

    finding: Finding
    fixes: Sequence[Fix]


class AppliedFix(NamedTuple):
    """A finding that went away, and the fix that did so."""

    finding: Finding
    fix: Fix


class Unfixed(NamedTuple):
    """A finding for which its rule offers a fix that was not applied, and the reason, as a part of a sentence."""

    finding: Finding
    reason: str
    needs_unsafe: bool = False


class FixedDocument(NamedTuple):
    """A document after its fixes, and the edits of its text that did them."""

    document: Document
    text_edits: tuple[TextEdit, ...]
    applied: tuple[AppliedFix, ...]
    unfixed: tuple[Unfixed, ...]


def fix_document(document: Document, findings: Iterable[Finding], check: Check, *, unsafe: bool) -> FixedDocument:
    """Return a document in which the fixes of findings are applied: the safe ones, and if asked for the unsafe ones.

    A fix after which the finding is still there, or which brings a finding that was not there, is left out, and the
    next one that the rule offers is tried.
    """
    offers: list[Offer] = []
    unfixed: list[Unfixed] = []
    for finding in findings:
        allowed, refused = _allowed(document, finding, unsafe=unsafe)
        if allowed:
            offers.append(Offer(finding, allowed))
        elif refused:
            unfixed.append(refused)
    fixed = apply_fixes(document, offers, check)
    return fixed._replace(unfixed=(*unfixed, *fixed.unfixed))


def apply_fixes(document: Document, offers: Sequence[Offer], check: Check) -> FixedDocument:
    """Return a document in which each finding is fixed by the first of its fixes that makes it go away alone."""
    if not offers:
        return FixedDocument(document, (), (), ())
    trials = _Trials(document, check)
    seen = [offer for offer in offers if _contains(trials.report.findings, offer.finding)]
    unfixed = [Unfixed(offer.finding, _UNSEEN) for offer in offers if offer not in seen]
    if seen:
        unfixed += _fix(trials, seen)
    return FixedDocument(trials.document, tuple(trials.text_edits), tuple(trials.applied), tuple(unfixed))


class _Trials:
    """A document with the fixes that nothing speaks against, as fixes are tried one after the other."""

    def __init__(self, document: Document, check: Check) -> None:
        self.document = document
        self.report = check(document.source.text)
        self.text_edits: list[TextEdit] = []
        self.applied: list[AppliedFix] = []
        self._check = check

    def apply(self, fixes: Sequence[AppliedFix]) -> str:
        """Apply fixes together; return what speaks against it, as a part of a sentence, and then apply none."""
        edits: list[Edit] = []
        for edit in (edit for one in fixes for edit in one.fix.edits):
            if edit not in edits:
                edits.append(edit)
        try:
            edited, text_edits = edit_document(self.document, edits)
        except EditError as error:
            return str(error)
        report = self._check(edited.source.text)
        objection = _objection(self.report, report, [one.finding for one in fixes])
        if not objection:
            self.document, self.report = edited, report
            self.text_edits = join_edits(self.text_edits, text_edits)
            self.applied += fixes
        return objection


def _fix(trials: _Trials, offers: Sequence[Offer]) -> Iterator[Unfixed]:
    """Apply the fixes that are offered: all at once, or else by halves; yield the findings that none fixes."""
    if len(offers) > 1:
        if trials.apply([AppliedFix(offer.finding, offer.fixes[0]) for offer in offers]):
            middle = len(offers) // 2
            yield from _fix(trials, offers[:middle])
            yield from _fix(trials, offers[middle:])
        return
    finding, fixes = offers[0]
    if trials.applied and not _contains(trials.report.findings, finding):
        trials.applied.append(AppliedFix(finding, fixes[0]))  # the fix of another finding made it go away, too
        return
    reasons = []
    for fix in fixes:
        objection = trials.apply([AppliedFix(finding, fix)])
        if not objection:
            return
        reasons.append(objection)
    yield Unfixed(finding, reasons[0])


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
            refused = refused or Unfixed(finding, fix.because, needs_unsafe=True)
    return allowed, refused


def _objection(before: Report, after: Report, fixed: Sequence[Finding]) -> str:
    """Return why the fixes of findings are no good, as a part of a sentence; "" if nothing speaks against them.

    A finding that is reported at another place of the same resource afterwards is still there.
    """
    if len(after.failures) > len(before.failures):
        return "relint could not check the template after it"
    expected = Counter(map(_kind, filter(_counts, before.findings))) - Counter(map(_kind, fixed))
    more = Counter(map(_kind, filter(_counts, after.findings))) - expected
    if not more:
        return ""
    rule_id = min(more)[0]
    return "the finding would still be there" if more.keys() & set(map(_kind, fixed)) else f"it would bring {rule_id}"


def _contains(findings: Iterable[Finding], finding: Finding) -> bool:
    return any(_kind(other) == _kind(finding) and other.path == finding.path for other in findings if _counts(other))


def _counts(finding: Finding) -> bool:
    return finding.is_decided and finding.suppression is None


def _kind(finding: Finding) -> tuple[str, str, str]:
    return finding.rule.id, finding.file, finding.logical_id or ""
