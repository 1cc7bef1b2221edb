"""Quick fixes that suppress a finding."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import CodeAction, CodeActionKind, Range, TextEdit, WorkspaceEdit

from relint._typing import TYPE_CHECKING
from relint.errors import TemplateError
from relint.lsp.positions import PositionConverter
from relint.lsp.suppression_edit import suppression_edits
from relint.source.read import read_document

if TYPE_CHECKING:
    from relint.lsp.session import CheckedDocument


def quick_fixes(
    checked: CheckedDocument, selection: Range, path: str, uri: str, encoding: str | None
) -> Iterator[CodeAction]:
    """Yield the code actions for each finding in the selection: to accept it on its line, in its resource, in the file.

    `path` is the name of the file in the report, `uri` the name in the editor.
    """
    findings = [
        (entry.finding, entry.diagnostic)
        for entry in checked.diagnostics_within(selection)
        if entry.finding and entry.finding.rule.id not in checked.mandatory_ids
    ]
    if not findings:
        return
    try:
        document = read_document(checked.text, path)
    except TemplateError:
        return
    converter = PositionConverter(checked.text, encoding)
    for finding, diagnostic in findings:
        for insertion in suppression_edits(document, finding):
            position = converter.to_editor_position(document.source.position_at(insertion.offset))
            edit = TextEdit(Range(position, position), insertion.text)
            yield CodeAction(
                title=insertion.title,
                kind=CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                edit=WorkspaceEdit(changes={uri: [edit]}),
            )
