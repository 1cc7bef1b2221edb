"""What the language server does for an editor: diagnostics, hovers and code actions; on pygls."""

from __future__ import annotations

import os

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from relint._version import __version__
from relint.lsp.code_actions import actions
from relint.lsp.hover import hover
from relint.lsp.session import Session

_PAUSE = 0.2
"""Seconds without a keystroke after which a text is checked."""
_CONFIGURATION = ("**/relint.yaml", "**/pyproject.toml")


def serve() -> None:
    """Serves the editor at standard input and output until it says exit or closes the input."""
    # The editor gets standard output for itself: whatever else might print there would end the conversation.
    with open(os.dup(0), "rb") as requests, open(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        language_server().start_io(requests, answers)


def language_server() -> LanguageServer:
    """A server that has not been started.

    It is sent whole texts: pygls applies partial changes by lines that also end where Unicode ends lines, which is not
    where editors end them.
    """
    server = LanguageServer("relint", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
    session = Session(server)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        session.open(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        session.check(params.text_document.uri, _PAUSE)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        session.check(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        session.close(params.text_document.uri)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def configured(_: lsp.DidChangeWatchedFilesParams) -> None:
        session.check_all()

    @server.feature(lsp.INITIALIZED)
    async def initialized(_: lsp.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watched = workspace and workspace.did_change_watched_files
        if watched and watched.dynamic_registration:
            await server.client_register_capability_async(_watching())

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        checked = session.checked(params.text_document.uri)
        return hover(checked, params.position, markdown=_reads_markdown(server)) if checked else None

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    )
    def code_actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri = params.text_document.uri
        checked = session.checked(uri)
        if checked is None or not _wants_quick_fixes(params.context.only):
            return []
        path = server.workspace.get_text_document(uri).path
        return list(actions(checked, params.range, path, uri, server.workspace.position_encoding))

    return server


def _watching() -> lsp.RegistrationParams:
    watchers = [lsp.FileSystemWatcher(glob_pattern=pattern) for pattern in _CONFIGURATION]
    options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
    method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
    return lsp.RegistrationParams([lsp.Registration(id="configuration", method=method, register_options=options)])


def _reads_markdown(server: LanguageServer) -> bool:
    """Whether the editor shows Markdown; one that does not say is taken to, as most do."""
    documents = server.client_capabilities.text_document
    formats = documents.hover.content_format if documents and documents.hover else None
    return not formats or lsp.MarkupKind.Markdown in formats


def _wants_quick_fixes(only: object) -> bool:
    """Kinds are a hierarchy: "" holds all, "quickfix" holds what is asked for here."""
    return not isinstance(only, (list, tuple)) or not only or any(kind in ("", "quickfix") for kind in only)
