"""The fixes that an editor offers: of a finding, of all findings of a rule, and all safe ones of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol.types import CodeActionKind

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.fixes.apply import apply_fixes, fix_document
from relint.fixes.plan import Fix, fixes_of
from relint.fixes.refusals import generator_of, generator_of_folder
from relint.fixes.trials import Offer
from relint.lsp.suppression_edit import is_of_document

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.fixes.apply import FixedDocument
    from relint.fixes.trials import Check
    from relint.lsp.diagnostics import RelintDiagnostic
    from relint.lsp.session import CheckedDocument
    from relint.source.document import Document

FIX_ALL = "source.fixAll.relint"
"""The kind of the action that applies all safe fixes, which editors do on saving if the user wants it."""


class OfferedFix(NamedTuple):
    """A choice of the user: a fix of one finding, or without `fix` what `relint check --fix` does for several findings.

    `key` is the same whenever the text is the same. `entries` are the diagnostics to show the fix with.
    """

    key: list[str]
    title: str
    kind: CodeActionKind | str
    findings: Sequence[Finding]
    entries: Sequence[RelintDiagnostic]
    fix: Fix | None = None
    is_preferred: bool = False

    def apply(self, document: Document, check: Check) -> FixedDocument:
        """Return the document with the fixes that nothing speaks against."""
        if self.fix:
            return apply_fixes(document, [Offer(self.findings[0], [self.fix])], check)
        if self.kind == FIX_ALL:
            return fix_document(document, self.findings, check, unsafe=False)
        rules = {finding.rule.id for finding in self.findings}
        return fix_document(
            document, self.findings, check, unsafe=True, may_fix=lambda finding: finding.rule.id in rules
        )


def offered_fixes(checked: CheckedDocument, document: Document) -> Iterator[OfferedFix]:
    """Yield the fixes of each finding, then those of rules with several findings, then all safe ones of the file.

    They are not verified yet. A template that a program writes has none, and neither has a finding of the part of a
    template that this file is.
    """
    findings = [entry.finding for entry in checked.diagnostics if entry.finding]
    if generator_of_folder(checked.path) or generator_of(document.source.text, findings):
        return
    by_rule: dict[str, list[_Fixable]] = {}
    for fixable in _fixable(checked.diagnostics, document):
        entry, finding, fixes = fixable
        by_rule.setdefault(finding.rule.id, []).append(fixable)
        preferred = next((fix for fix in fixes if fix.safety == "safe"), None)
        for fix in fixes:
            key, title = [finding.fingerprint, fix.description], fix.description
            yield OfferedFix(key, title, CodeActionKind.QuickFix, [finding], [entry], fix, fix is preferred)
    for rule_id, several in by_rule.items():
        if len(several) > 1:
            title = f"Fix all {rule_id} in this file{_reasons(several)}"
            yield _together([rule_id], title, CodeActionKind.QuickFix, several)
    safe = [one for several in by_rule.values() for one in several if any(fix.safety == "safe" for fix in one.fixes)]
    if safe:
        title = f"Apply the {len(safe)} safe fixes in this file" if len(safe) > 1 else "Apply the safe fix in this file"
        yield _together([], title, FIX_ALL, safe)


class _Fixable(NamedTuple):
    """A finding, its diagnostic, and the fixes that its rule offers and the template allows."""

    entry: RelintDiagnostic
    finding: Finding
    fixes: Sequence[Fix]


def _fixable(entries: Iterable[RelintDiagnostic], document: Document) -> Iterator[_Fixable]:
    for entry in entries:
        finding = entry.finding
        if finding and is_of_document(finding, document):
            fixes = [fix for fix in fixes_of(document, finding) if isinstance(fix, Fix)]
            if fixes:
                yield _Fixable(entry, finding, fixes)


def _together(key: list[str], title: str, kind: CodeActionKind | str, several: Sequence[_Fixable]) -> OfferedFix:
    return OfferedFix(key, title, kind, [one.finding for one in several], [one.entry for one in several])


def _reasons(several: Iterable[_Fixable]) -> str:
    """Return in brackets what the first fixes of findings cost, interrupt or change; "" if they are safe."""
    reasons = dict.fromkeys(one.fixes[0].because for one in several if one.fixes[0].safety == "unsafe")
    return f" ({'; '.join(reasons)})" if reasons else ""
