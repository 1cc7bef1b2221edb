"""The language server, built on pygls: registers the handlers of the editor's requests and notifications."""

from __future__ import annotations

import os

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from relint._about import __version__
from relint.lsp.code_actions import quick_fixes
from relint.lsp.hover import build_hover
from relint.lsp.session import Session

_TYPING_PAUSE = 0.2
"""Seconds without a keystroke after which the server checks a text."""
_CONFIGURATION_FILES = ("**/relint.yaml", "**/pyproject.toml")


def serve() -> None:
    """Serve the editor on standard input and output until the editor sends `exit` or closes the input."""
    # Anything else that is printed would corrupt the protocol, so descriptor 1 becomes standard error.
    with open(os.dup(0), "rb") as requests, open(os.dup(1), "wb") as responses:
        os.dup2(2, 1)
        build_server().start_io(requests, responses)


def build_server() -> LanguageServer:
    """Return a server that has not been started.

    The editor sends whole texts, because pygls applies partial changes by Unicode's line breaks, of which editors
    recognise only some.
    """
    server = LanguageServer("relint", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
    session = Session(server)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def on_open(params: lsp.DidOpenTextDocumentParams) -> None:
        session.open(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def on_change(params: lsp.DidChangeTextDocumentParams) -> None:
        session.check(params.text_document.uri, _TYPING_PAUSE)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def on_save(params: lsp.DidSaveTextDocumentParams) -> None:
        session.check(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def on_close(params: lsp.DidCloseTextDocumentParams) -> None:
        session.close(params.text_document.uri)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def on_configuration_change(_: lsp.DidChangeWatchedFilesParams) -> None:
        session.check_all()

    @server.feature(lsp.INITIALIZED)
    async def on_initialized(_: lsp.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        capability = workspace and workspace.did_change_watched_files
        if capability and capability.dynamic_registration:
            await server.client_register_capability_async(_watcher_registration())

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def on_hover(params: lsp.HoverParams) -> lsp.Hover | None:
        checked = session.checked_document(params.text_document.uri)
        return build_hover(checked, params.position, markdown=_accepts_markdown(server)) if checked else None

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    )
    def on_code_action(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri = params.text_document.uri
        checked = session.checked_document(uri)
        if checked is None or not _includes_quick_fixes(params.context.only):
            return []
        path = server.workspace.get_text_document(uri).path
        return list(quick_fixes(checked, params.range, path, uri, server.workspace.position_encoding))

    return server


def _watcher_registration() -> lsp.RegistrationParams:
    watchers = [lsp.FileSystemWatcher(glob_pattern=pattern) for pattern in _CONFIGURATION_FILES]
    options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
    method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
    return lsp.RegistrationParams([lsp.Registration(id="configuration", method=method, register_options=options)])


def _accepts_markdown(server: LanguageServer) -> bool:
    """Whether the editor renders Markdown; an editor that lists no formats is assumed to, as most do."""
    documents = server.client_capabilities.text_document
    formats = documents.hover.content_format if documents and documents.hover else None
    return not formats or lsp.MarkupKind.Markdown in formats


def _includes_quick_fixes(only: object) -> bool:
    """Whether the kinds that the editor requests include quick fixes; the kind "" includes all kinds."""
    return not isinstance(only, (list, tuple)) or not only or any(kind in ("", "quickfix") for kind in only)
