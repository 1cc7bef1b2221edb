"""Application of fixes to the text of a template, verified by checking the edited text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.fixes.edit import EditError
from relint.fixes.plan import Fix, fixes_of
from relint.fixes.text_edits import edit_document

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.source.document import Document

Check = Callable[[str], Sequence["Finding"]]
"""The check of a text in the place of the file: all findings that it has then."""


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
    """A document after its fixes."""

    document: Document
    applied: tuple[AppliedFix, ...]
    unfixed: tuple[Unfixed, ...]


def fix_document(document: Document, findings: Iterable[Finding], check: Check, *, unsafe: bool) -> FixedDocument:
    """Return a document in which the fixes of findings are applied: the safe ones, and if asked for the unsafe ones.

    A fix after which the finding is still there, or which brings a finding that was not there, is left out, and the
    next one that the rule offers is tried.
    """
    offers: list[tuple[Finding, list[Fix]]] = []
    unfixed: list[Unfixed] = []
    for finding in findings:
        allowed, refused = _allowed(document, finding, unsafe=unsafe)
        if allowed:
            offers.append((finding, allowed))
        elif refused:
            unfixed.append(refused)
    if not offers:
        return FixedDocument(document, (), tuple(unfixed))
    before = check(document.source.text)
    first = [AppliedFix(finding, fixes[0]) for finding, fixes in offers]
    edited = _apply_all(document, first)
    if edited is not None:
        after = check(edited.source.text)
        if not _objection(before, after, [finding for finding, _ in offers]):
            return FixedDocument(edited, tuple(first), tuple(unfixed))
    applied: list[AppliedFix] = []
    for finding, fixes in offers:
        reason = ""
        for fix in fixes:
            if applied and not _contains(before, finding):
                applied.append(AppliedFix(finding, fix))  # the fix of another finding made it go away, too
                break
            try:
                edited = _apply(document, fix)
            except EditError as error:
                reason = reason or str(error)
                continue
            after = check(edited.source.text)
            objection = _objection(before, after, [finding])
            if not objection:
                document, before = edited, after
                applied.append(AppliedFix(finding, fix))
                break
            reason = reason or objection
        else:
            unfixed.append(Unfixed(finding, reason))
    return FixedDocument(document, tuple(applied), tuple(unfixed))


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


def _apply(document: Document, fix: Fix) -> Document:
    for edit in fix.edits:
        document, _ = edit_document(document, edit)
    return document


def _apply_all(document: Document, chosen: Iterable[AppliedFix]) -> Document | None:
    """Return the document after all fixes; None if one of them is not possible. Equal edits are applied once."""
    done: list[object] = []
    try:
        for one in chosen:
            for edit in one.fix.edits:
                if edit not in done:
                    document, _ = edit_document(document, edit)
                    done.append(edit)
    except EditError:
        return None
    return document


def _objection(before: Sequence[Finding], after: Sequence[Finding], fixed: Sequence[Finding]) -> str:
    """Return why the fixes of findings are no good, as a part of a sentence; "" if nothing speaks against them.

    A finding that is reported at another place of the same resource afterwards is still there.
    """
    expected = Counter(map(_kind, filter(_counts, before))) - Counter(map(_kind, fixed))
    more = Counter(map(_kind, filter(_counts, after))) - expected
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
