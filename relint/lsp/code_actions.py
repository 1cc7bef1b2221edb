"""Code actions of an editor: fixes, and suppressions of findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol.types import (
    CodeAction,
    CodeActionContext,
    CodeActionKind,
    OptionalVersionedTextDocumentIdentifier,
    Range,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from relint._typing import TYPE_CHECKING
from relint.errors import TemplateError
from relint.lsp.diagnostics import SOURCE
from relint.lsp.offered_fixes import FIX_ALL, OfferedFix, offered_fixes
from relint.lsp.positions import PositionConverter
from relint.lsp.suppression_edit import suppression_edits
from relint.source.read import read_document

if TYPE_CHECKING:
    from relint.lsp.diagnostics import RelintDiagnostic
    from relint.lsp.session import CheckedDocument, OpenDocument
    from relint.source.document import Document


OUTDATED = "the template has changed; ask again"
"""Why an action has no edit, as a part of a sentence."""


def code_actions(opened: OpenDocument, selection: Range, context: CodeActionContext) -> list[CodeAction]:
    """Return the actions for the findings in a selection, or for those of them that the editor names, fixes first.

    The edits of fixes are left out if the editor asks for that of the action that the user chooses; else each is
    verified by a check of the whole template.
    """
    document = _read(opened.checked)
    if document is None:
        return []
    chosen = _named(opened.checked.diagnostics_within(selection), context)
    wants_quick_fixes = bool(chosen) and _asks_for(CodeActionKind.QuickFix, context)
    wants_all = _asks_for(FIX_ALL, context) and bool(context.only or opened.editor.resolves_edits)
    offered = list(offered_fixes(opened.checked, document)) if wants_quick_fixes or wants_all else []
    actions: list[CodeAction] = []
    if wants_quick_fixes:
        for fix in _fixes_of_chosen(offered, chosen):
            actions += _fix_action(opened, document, fix)
        actions += _suppressions(opened, document, chosen)
    for fix in offered:
        if wants_all and fix.kind == FIX_ALL:
            actions += _fix_action(opened, document, fix._replace(entries=()))
    return actions


def resolve_edit(opened: OpenDocument, version: object, key: object) -> tuple[WorkspaceEdit | None, str]:
    """Return the edit of an action that was offered for a version; if there is none, why, as a part of a sentence."""
    document = _read(opened.checked) if opened.version == version else None
    for fix in offered_fixes(opened.checked, document) if document else ():
        if document and fix.key == key:
            return _verified_edit(opened, document, fix)
    return None, OUTDATED


def _read(checked: CheckedDocument) -> Document | None:
    try:
        return read_document(checked.text, checked.path)
    except TemplateError:
        return None


def _named(entries: Iterable[RelintDiagnostic], context: CodeActionContext) -> list[RelintDiagnostic]:
    """Return the diagnostics that an editor names; all of them if it names none."""
    named = [(entry.code, entry.range) for entry in context.diagnostics if entry.source == SOURCE]
    return [entry for entry in entries if not named or (entry.diagnostic.code, entry.diagnostic.range) in named]


def _asks_for(kind: str, context: CodeActionContext) -> bool:
    """Whether the kinds that an editor asks for include one; a kind includes those below it, and "" all."""
    return not context.only or any(asked in ("", kind) or kind.startswith(asked + ".") for asked in context.only)


def _fixes_of_chosen(offered: Iterable[OfferedFix], chosen: Sequence[RelintDiagnostic]) -> Iterator[OfferedFix]:
    """Yield the fixes for the chosen findings, each with these only; those of several resources name the resource."""
    has_several_resources = len({entry.finding.logical_id for entry in chosen if entry.finding}) > 1
    for fix in offered:
        entries = [entry for entry in fix.entries if entry in chosen]
        if entries and fix.kind == CodeActionKind.QuickFix:
            resource = fix.findings[0].logical_id if fix.fix else None
            title = f"{resource}: {fix.title}" if has_several_resources and resource else fix.title
            yield fix._replace(title=title, entries=entries)


def _fix_action(opened: OpenDocument, document: Document, fix: OfferedFix) -> Iterator[CodeAction]:
    """Yield the action for a fix, with its edit if the editor does not ask for it later; none if it fixes nothing."""
    action = CodeAction(fix.title, kind=fix.kind, is_preferred=fix.is_preferred or None)
    action.diagnostics = [entry.diagnostic for entry in fix.entries] or None
    if opened.editor.resolves_edits:
        action.data = {"uri": opened.uri, "version": opened.version, "fix": fix.key}
        yield action
    else:
        action.edit, _ = _verified_edit(opened, document, fix)
        if action.edit:
            yield action


def _verified_edit(opened: OpenDocument, document: Document, fix: OfferedFix) -> tuple[WorkspaceEdit | None, str]:
    """Return the edit of a fix after which its findings are gone and no other came, or else the reason."""
    fixed = fix.apply(document, opened.checked.check)
    if not fixed.applied:
        return None, fixed.unfixed[0].reason
    return _workspace_edit(opened, document, fixed.text_edits), ""


def _suppressions(opened: OpenDocument, document: Document, chosen: Iterable[RelintDiagnostic]) -> Iterator[CodeAction]:
    """Yield the actions that accept a finding on its line, in its resource, in the file."""
    for diagnostic, finding in chosen:
        if finding and finding.rule.id not in opened.checked.report.mandatory_ids:
            for offset, text, title in suppression_edits(document, finding):
                edit = _workspace_edit(opened, document, [(offset, offset, text)])
                yield CodeAction(title, kind=CodeActionKind.QuickFix, diagnostics=[diagnostic], edit=edit)


def _workspace_edit(opened: OpenDocument, document: Document, edits: Iterable[tuple[int, int, str]]) -> WorkspaceEdit:
    """Return edits of the text, each with its start and end in code points, in the form that the editor takes."""
    converter = PositionConverter(opened.checked.text, opened.editor.encoding)
    converted: list[TextEdit] = []
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        first, last = (converter.to_editor_position(document.source.position_at(offset)) for offset in (start, end))
        converted.append(TextEdit(Range(first, last), text))
    if not opened.editor.takes_versions:
        return WorkspaceEdit(changes={opened.uri: converted})
    identifier = OptionalVersionedTextDocumentIdentifier(opened.uri, opened.version)
    return WorkspaceEdit(document_changes=[TextDocumentEdit(identifier, converted)])
