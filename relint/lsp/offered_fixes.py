"""The fixes that an editor offers: of a finding, of all findings of a rule, and all safe ones of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol.types import CodeActionKind

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.fixes.plan import Fix, fixes_of
from relint.fixes.refusals import generator_of, generator_of_folder
from relint.fixes.trials import Offer

if TYPE_CHECKING:
    from relint.lsp.diagnostics import RelintDiagnostic
    from relint.lsp.session import CheckedDocument
    from relint.source.document import Document

FIX_ALL = "source.fixAll.relint"
"""The kind of the action that applies all safe fixes, which editors do on saving if the user wants it."""


class OfferedFix(NamedTuple):
    """A choice of the user: fixes of one finding, in `resource`, or of several.

    `key` is the same whenever the text is the same.
    """

    key: list[str]
    title: str
    kind: CodeActionKind | str
    offers: Sequence[Offer]
    entries: Sequence[RelintDiagnostic]
    resource: str | None = None
    is_preferred: bool = False


def offered_fixes(checked: CheckedDocument, document: Document) -> Iterator[OfferedFix]:
    """Yield the fixes of each finding, then those of rules with several findings, then all safe ones of the file.

    They are not verified yet. A template that a program writes has none, and neither has a finding of the part of a
    template that this file is.
    """
    findings = [entry.finding for entry in checked.diagnostics if entry.finding]
    if generator_of_folder(checked.path) or generator_of(document.source.text, findings):
        return
    by_rule: dict[str, list[tuple[RelintDiagnostic, Offer]]] = {}
    for entry, offer in _offers(checked.diagnostics, document):
        finding, fixes = offer
        by_rule.setdefault(finding.rule.id, []).append((entry, offer))
        preferred = next((fix for fix in fixes if fix.safety == "safe"), None)
        for fix in fixes:
            key = [finding.fingerprint, fix.description]
            yield OfferedFix(
                key,
                fix.description,
                CodeActionKind.QuickFix,
                [Offer(finding, [fix])],
                [entry],
                resource=finding.logical_id,
                is_preferred=fix is preferred,
            )
    for rule_id, pairs in by_rule.items():
        if len(pairs) > 1:
            entries, offers = zip(*pairs, strict=True)
            title = f"Fix all {rule_id} in this file{_reasons(offers)}"
            yield OfferedFix([rule_id], title, CodeActionKind.QuickFix, offers, entries)
    safe = [(entry, safe) for pairs in by_rule.values() for entry, offer in pairs if (safe := _safe(offer)).fixes]
    if safe:
        entries, offers = zip(*safe, strict=True)
        title = f"Apply the {len(safe)} safe fixes in this file" if len(safe) > 1 else "Apply the safe fix in this file"
        yield OfferedFix([], title, FIX_ALL, offers, entries)


def _offers(entries: Iterable[RelintDiagnostic], document: Document) -> Iterator[tuple[RelintDiagnostic, Offer]]:
    """Yield the diagnostics for which a rule offers fixes that the template allows, with these."""
    for entry in entries:
        finding = entry.finding
        if finding and (not finding.path or finding.path[0] in document.data):
            fixes = [fix for fix in fixes_of(document, finding) if isinstance(fix, Fix)]
            if fixes:
                yield entry, Offer(finding, fixes)


def _safe(offer: Offer) -> Offer:
    return offer._replace(fixes=[fix for fix in offer.fixes if fix.safety == "safe"])


def _reasons(offers: Sequence[Offer]) -> str:
    """Return in brackets what the first fixes of findings cost, interrupt or change; "" if they are safe."""
    reasons = dict.fromkeys(fixes[0].because for _, fixes in offers if fixes[0].safety == "unsafe")
    return f" ({'; '.join(reasons)})" if reasons else ""
