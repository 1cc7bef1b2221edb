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

FixesOf = Callable[["Document", "Finding"], Sequence[Fix]]
"""What returns the fixes to try for a finding in a document."""

_MOST_UNCOVERED = 3
"""How many findings of a rule, one hidden behind the other, are fixed together."""

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
    next one that the rule offers is tried. A rule reports the first fault of a resource, so the fix of one may uncover
    the next: that is fixed, too, and if it cannot be, only a safe fix is applied without.
    """
    offers: list[Offer] = []
    unfixed: list[Unfixed] = []
    for finding in findings:
        allowed, refused = _allowed(document, finding, unsafe=unsafe)
        if allowed:
            offers.append(Offer(finding, allowed))
        elif refused:
            unfixed.append(refused)
    fixed = apply_fixes(document, offers, check, lambda *uncovered: _allowed(*uncovered, unsafe=unsafe)[0])
    return fixed._replace(unfixed=(*unfixed, *fixed.unfixed))


def apply_fixes(
    document: Document, offers: Sequence[Offer], check: Check, fixes_of_uncovered: FixesOf | None = None
) -> FixedDocument:
    """Return a document in which each finding is fixed by the first of its fixes that makes it go away alone.

    `fixes_of_uncovered` returns the fixes to try for a finding that a fix uncovers.
    """
    if not offers:
        return FixedDocument(document, (), (), ())
    trials = _Trials(document, check, fixes_of_uncovered or (lambda *_: []))
    seen = [offer for offer in offers if _contains(trials.state.report.findings, offer.finding)]
    unfixed = [Unfixed(offer.finding, _UNSEEN) for offer in offers if offer not in seen]
    if seen:
        unfixed += trials.fix(seen)
    state = trials.state
    return FixedDocument(state.document, state.text_edits, state.applied, tuple(unfixed))


class _State(NamedTuple):
    """A document with fixes, the report about it, and what speaks against them, as a part of a sentence."""

    document: Document
    report: Report
    text_edits: tuple[TextEdit, ...] = ()
    applied: tuple[AppliedFix, ...] = ()
    objection: str = ""


class _Trials:
    """A document with the fixes that nothing speaks against, as fixes are tried one after the other."""

    def __init__(self, document: Document, check: Check, fixes_of_uncovered: FixesOf) -> None:
        self.state = _State(document, check(document.source.text))
        self._check = check
        self._fixes_of_uncovered = fixes_of_uncovered

    def fix(self, offers: Sequence[Offer]) -> Iterator[Unfixed]:
        """Apply the fixes that are offered: all at once, or else by halves; yield the findings that none fixes."""
        if len(offers) > 1:
            tried = self._try(self.state, [AppliedFix(offer.finding, offer.fixes[0]) for offer in offers])
            if not isinstance(tried, str) and not tried.objection:
                self.state = tried
                return
            middle = len(offers) // 2
            yield from self.fix(offers[:middle])
            yield from self.fix(offers[middle:])
            return
        finding, fixes = offers[0]
        if self.state.applied and not _contains(self.state.report.findings, finding):
            mended = AppliedFix(finding, fixes[0])  # the fix of another finding made it go away, too
            self.state = self.state._replace(applied=(*self.state.applied, mended))
            return
        mended_state = self._mend(self.state, finding, fixes)
        if isinstance(mended_state, str):
            yield Unfixed(finding, mended_state)
        else:
            self.state = mended_state._replace(objection="")

    def _mend(self, state: _State, finding: Finding, fixes: Iterable[Fix], depth: int = 0) -> _State | str:
        """Return the state after the first good fix of one finding, or why no fix is good.

        A fix is good after which nothing of the rule is left for the resource, with the fixes of what it uncovers; if
        there is none, the first safe one that uncovers what is no worse.
        """
        reasons: list[str] = []
        uncovering: list[tuple[Fix, _State, Finding]] = []
        for fix in fixes:
            tried = self._try(state, [AppliedFix(finding, fix)])
            if isinstance(tried, str):
                reasons.append(tried)
                continue
            if not tried.objection:
                return tried
            reasons.append(tried.objection)
            uncovered = _uncovered(state.report, tried.report, finding)
            if uncovered and depth < _MOST_UNCOVERED:
                uncovering.append((fix, tried, uncovered))
        incomplete: _State | None = None
        for fix, tried, uncovered in uncovering:
            further = self._mend(tried, uncovered, self._fixes_of_uncovered(tried.document, uncovered), depth + 1)
            mended = tried if isinstance(further, str) else further
            if not mended.objection:
                return mended
            if fix.safety == "safe":
                incomplete = incomplete or mended
        return incomplete or next(iter(reasons), "")

    def _try(self, state: _State, fixes: Sequence[AppliedFix]) -> _State | str:
        """Return the state after fixes that are applied together, or why the text does not allow them."""
        edits: list[Edit] = []
        for edit in (edit for one in fixes for edit in one.fix.edits):
            if edit not in edits:
                edits.append(edit)
        try:
            edited, text_edits = edit_document(state.document, edits)
        except EditError as error:
            return str(error)
        report = self._check(edited.source.text)
        return _State(
            edited,
            report,
            tuple(join_edits(state.text_edits, text_edits)),
            (*state.applied, *fixes),
            _objection(state.report, report, [one.finding for one in fixes]),
        )


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


def _uncovered(before: Report, after: Report, finding: Finding) -> Finding | None:
    """Return the finding that a fix has uncovered: another one of the rule for the resource, that is no worse."""
    if len(after.failures) > len(before.failures):
        return None
    if Counter(map(_kind, filter(_counts, after.findings))) - Counter(map(_kind, filter(_counts, before.findings))):
        return None
    known = {one.message_id for one in before.findings if _kind(one) == _kind(finding)}
    for one in filter(_counts, after.findings):
        if _kind(one) == _kind(finding) and one.message_id not in known:
            return one if one.severity_rank <= finding.severity_rank else None
    return None


def _contains(findings: Iterable[Finding], finding: Finding) -> bool:
    return any(_kind(other) == _kind(finding) and other.path == finding.path for other in findings if _counts(other))


def _counts(finding: Finding) -> bool:
    return finding.is_decided and finding.suppression is None


def _kind(finding: Finding) -> tuple[str, str, str]:
    return finding.rule.id, finding.file, finding.logical_id or ""
