"""Quick fixes: accept what a diagnostic says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol.types import CodeAction, CodeActionKind, Range, TextEdit, WorkspaceEdit

from relint.errors import TemplateError
from relint.lsp.positions import Places
from relint.lsp.suppression_edit import acceptance
from relint.source.read import read_document

if TYPE_CHECKING:
    from relint.lsp.session import Checked


def actions(checked: Checked, range_: Range, path: str, uri: str, encoding: str | None) -> Iterator[CodeAction]:
    """An action for each finding in a range of the text that can be accepted where it stands."""
    found = [mark for mark in checked.within(range_) if mark.finding]
    here = [mark for mark in found if mark.diagnostic.code not in checked.mandatory]
    if not here:
        return
    try:
        document = read_document(checked.text, path)
    except TemplateError:
        return
    places = Places(checked.text, encoding)
    for mark in here:
        insertion = acceptance(document, mark.finding) if mark.finding else None
        if insertion:
            where = places.position(document.source.position_at(insertion.offset))
            yield CodeAction(
                title=insertion.title,
                kind=CodeActionKind.QuickFix,
                diagnostics=[mark.diagnostic],
                edit=WorkspaceEdit(changes={uri: [TextEdit(Range(where, where), insertion.text)]}),
            )
