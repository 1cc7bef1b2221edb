"""Trials of fixes: each is verified by a check of the edited text, and left out if something speaks against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.fixes.circles import has_new_circle
from relint.fixes.edit import EditError, join_edits
from relint.fixes.objections import BRINGS, blamed_resources, brought_by, has_finding, objection_to, uncovered_by
from relint.fixes.text_edits import edit_document
from relint.fixes.unused import newly_unused

if TYPE_CHECKING:
    from relint.finding import Finding, Report
    from relint.fixes.edit import Edit, TextEdit
    from relint.fixes.plan import Fix
    from relint.source.document import Document

Check = Callable[[str], "Report"]
"""The check of a text in the place of the file."""

FixesOf = Callable[["Document", "Finding"], Sequence["Fix"]]
"""What returns the fixes to try for a finding that the fix of another one uncovers or brings."""

_MOST_UNCOVERED = 3
"""How many findings of a rule, one hidden behind the other, are fixed together."""


_MANY = 8
"""More offers of one rule than this are not tried one by one if they have other fixes."""


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


class State(NamedTuple):
    """A document with fixes, the report about it, and what speaks against them, as a part of a sentence.

    `is_better`: nothing does but findings that the fixes have uncovered, which are no worse and may stay.
    """

    document: Document
    report: Report
    text_edits: tuple[TextEdit, ...] = ()
    applied: tuple[AppliedFix, ...] = ()
    objection: str = ""
    is_better: bool = False


class Trials:
    """A document with the fixes that nothing speaks against, as fixes are tried one after the other."""

    def __init__(self, document: Document, check: Check, fixes_of_uncovered: FixesOf | None) -> None:
        self.state = State(document, check(document.source.text))
        self._check = check
        self._fixes_of_uncovered = fixes_of_uncovered

    def fix(self, offers: Sequence[Offer]) -> Iterator[Unfixed]:
        """Apply the fixes that are offered: all at once, or else by halves; yield the findings that none fixes."""
        finding, fixes = offers[0]
        if len(offers) == 1 and self.state.applied and not has_finding(self.state.report, finding):
            mended = AppliedFix(finding, fixes[0])  # the fix of another finding made it go away, too
            self.state = self.state._replace(applied=(*self.state.applied, mended))
            return
        tried = self._try(self.state, offers)
        has_choices = len(offers) > 1 and any(len(offer.fixes) > 1 for offer in offers)
        if not tried.objection or (tried.is_better and not has_choices):
            self.state = tried._replace(objection="", is_better=False)
        elif len(offers) == 1:
            yield Unfixed(finding, tried.objection)
        else:
            for part in self._divided(offers, tried):
                yield from self.fix(part)

    def _divided(self, offers: Sequence[Offer], tried: State) -> list[Sequence[Offer]]:
        """Return parts of some offers that failed together, so that few trials find those that fail alone.

        The offers for resources where nothing speaks against them come first, then those of each rule. Of many offers
        of one rule that fail alike, the next fixes are tried; all others are halved.
        """
        guilty: set[str] = set()
        if tried.document is not self.state.document:
            guilty = blamed_resources([offer.finding for offer in offers], self.state.report, tried.report)
        blamed = [offer for offer in offers if (offer.finding.logical_id or "") in guilty]
        others = [offer for offer in offers if offer not in blamed]
        if blamed and others:
            return [others, blamed]
        by_rule: dict[str, list[Offer]] = {}
        for offer in offers:
            by_rule.setdefault(offer.finding.rule.id, []).append(offer)
        if len(by_rule) > 1:
            return [*by_rule.values()]
        if blamed and len(offers) > _MANY and all(len(offer.fixes) > 1 for offer in offers):
            return [[offer._replace(fixes=offer.fixes[1:]) for offer in offers]]
        middle = len(offers) // 2
        return [offers[:middle], offers[middle:]]

    def fix_again(self, unfixed: Sequence[Unfixed]) -> list[Unfixed]:
        """Return the findings that are not fixed after another trial of those whose fixes brought others.

        The fixes that were applied since may have mended these: what is copied has no faults any more.
        """
        if self._fixes_of_uncovered is None or not self.state.applied:
            return list(unfixed)
        left: list[Unfixed] = []
        for one in unfixed:
            brings = one.reason.startswith(BRINGS)
            fixes = self._fixes_of_uncovered(self.state.document, one.finding) if brings else ()
            left += self.fix([Offer(one.finding, fixes)]) if fixes else [one]
        return left

    def _try(self, state: State, offers: Sequence[Offer], depth: int = 0) -> State:
        """Return the state after the first fix of each finding, or after any good fix of a single one.

        A fix is good after which nothing of the rule is left for the resource, with the fixes of what it uncovers or
        brings; if there is none, the first one that uncovers what may stay.
        """
        fixes = offers[0].fixes if len(offers) == 1 else offers[0].fixes[:1]
        ways = [(Offer(offers[0].finding, [fix]), *offers[1:]) for fix in fixes]
        tried: list[State] = []
        for way in ways:
            tried.append(self._apply(state, way))
            if not tried[-1].objection:
                return tried[-1]
        best = tried[0]
        for way, after in zip(ways, tried, strict=True):
            fixed = [offer.finding for offer in way]
            uncovered = uncovered_by(fixed, state.report, after.report)
            mended = self._mend(after, uncovered or brought_by(fixed, state.report, after.report), depth)
            if not mended.objection:
                return mended
            if uncovered:
                is_chosen = self._fixes_of_uncovered is None
                if not best.is_better and (is_chosen or all(offer.fixes[0].safety == "safe" for offer in way)):
                    best = mended._replace(is_better=True)
        return best

    def _mend(self, state: State, others: Sequence[Finding], depth: int) -> State:
        """Return the state after the fixes of other findings; the objection stays unless all of them are fixed."""
        if self._fixes_of_uncovered is None or depth == _MOST_UNCOVERED:
            return state
        found = [(finding, self._fixes_of_uncovered(state.document, finding)) for finding in others]
        offers = [Offer(finding, fixes) for finding, fixes in found if fixes]
        further = self._try(state, offers, depth + 1) if offers else state
        if further.objection and not further.is_better:
            return state
        return further if len(offers) == len(others) else further._replace(objection=state.objection)

    def _apply(self, state: State, offers: Sequence[Offer]) -> State:
        """Return the state after the first fix of each finding, applied together."""
        fixes = [AppliedFix(offer.finding, offer.fixes[0]) for offer in offers]
        edits: list[Edit] = []
        for edit in (edit for one in fixes for edit in one.fix.edits):
            if edit not in edits:
                edits.append(edit)
        try:
            edited, text_edits = edit_document(state.document, edits)
        except EditError as error:
            return state._replace(objection=str(error))
        unused = newly_unused(state.document.data, edited.data)
        if unused:
            return state._replace(objection=f"it would leave '{unused}' unused; change both by hand")
        if has_new_circle(state.document.data, edited.data, edits):
            return state._replace(objection="resources would depend on one another in a circle")
        report = self._check(edited.source.text)
        return State(
            edited,
            report,
            tuple(join_edits(state.text_edits, text_edits)),
            (*state.applied, *fixes),
            objection_to([one.finding for one in fixes], state.report, report),
        )
