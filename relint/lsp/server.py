"""The language server, built on pygls: registers the handlers of the editor's requests and notifications."""

from __future__ import annotations

import os
from functools import partial

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from relint._about import __version__
from relint.lsp.code_actions import OUTDATED, code_actions, resolve_edit
from relint.lsp.hover import build_hover
from relint.lsp.offered_fixes import FIX_ALL
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
        return build_hover(checked, params.position, markdown=session.editor.renders_markdown) if checked else None

    _add_code_actions(server, session)
    return server


def _add_code_actions(server: LanguageServer, session: Session) -> None:
    """Let a server answer requests for code actions, and for the edit of one that the user has chosen."""

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True),
    )
    async def on_code_action(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        answer = partial(code_actions, selection=params.range, context=params.context)
        return await session.answer(params.text_document.uri, answer) or []

    @server.feature(lsp.CODE_ACTION_RESOLVE)
    async def on_resolve(action: lsp.CodeAction) -> lsp.CodeAction:
        match action.data:
            case {"uri": str(uri), "version": version, "fix": key}:
                answer = partial(resolve_edit, version=version, key=key)
                action.edit, reason = await session.answer(uri, answer) or (None, OUTDATED)
                if reason and action.kind == lsp.CodeActionKind.QuickFix:
                    text = f"{action.title}: not done, because {reason}"
                    server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, text))
        return action


def _watcher_registration() -> lsp.RegistrationParams:
    watchers = [lsp.FileSystemWatcher(glob_pattern=pattern) for pattern in _CONFIGURATION_FILES]
    options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
    method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
    return lsp.RegistrationParams([lsp.Registration(id="configuration", method=method, register_options=options)])
