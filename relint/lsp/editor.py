"""Abilities of the connected editor."""

from __future__ import annotations

from lsprotocol.types import ClientCapabilities, MarkupKind

from relint._typing import NamedTuple


class Editor(NamedTuple):
    """The abilities of an editor.

    `encoding` is that of its positions. `takes_versions`: it rejects an edit of an older version of the text.
    `resolves_edits`: it asks for the edit of an action when the user has chosen it, so that no other is computed.
    """

    encoding: str | None
    renders_markdown: bool
    takes_versions: bool
    resolves_edits: bool


def read_editor(capabilities: ClientCapabilities, encoding: str | None) -> Editor:
    """Return the abilities of an editor; one that lists no formats is assumed to render Markdown, as most do."""
    documents, workspace = capabilities.text_document, capabilities.workspace
    formats = documents.hover.content_format if documents and documents.hover else None
    edits = workspace.workspace_edit if workspace else None
    actions = documents.code_action if documents else None
    resolved = actions.resolve_support.properties if actions and actions.resolve_support else ()
    return Editor(
        encoding=encoding,
        renders_markdown=not formats or MarkupKind.Markdown in formats,
        takes_versions=bool(edits and edits.document_changes),
        resolves_edits=bool(actions and actions.data_support and "edit" in resolved),
    )
