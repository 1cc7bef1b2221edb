"""The open documents of an editor: their last results, and the checks in progress."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from lsprotocol.types import PublishDiagnosticsParams

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.lsp.check import check_document_safely
from relint.lsp.diagnostics import RelintDiagnostic, build_diagnostics
from relint.lsp.positions import PositionConverter

if TYPE_CHECKING:
    from lsprotocol.types import Range
    from pygls.lsp.server import LanguageServer


class CheckedDocument(NamedTuple):
    """A text, its diagnostics, and the ids of the rules that no suppression applies to."""

    text: str
    diagnostics: tuple[RelintDiagnostic, ...]
    mandatory_ids: frozenset[str]

    def diagnostics_within(self, selection: Range) -> tuple[RelintDiagnostic, ...]:
        """Return the diagnostics that overlap or touch a range of the text."""
        return tuple(
            entry
            for entry in self.diagnostics
            if entry.diagnostic.range.start <= selection.end and selection.start <= entry.diagnostic.range.end
        )


class Session:
    """Checks documents in a thread, one at a time; a check of a newer text replaces that of an older one."""

    def __init__(self, server: LanguageServer) -> None:
        self._server = server
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._check_tasks: dict[str, asyncio.Task[None]] = {}
        self._checked_documents: dict[str, CheckedDocument] = {}

    def open(self, uri: str, delay: float = 0.0) -> None:
        """Check a document after `delay` seconds, unless the editor changes or closes it before."""
        self._cancel_check(uri)
        self._check_tasks[uri] = asyncio.get_running_loop().create_task(self._check(uri, delay))

    def check(self, uri: str, delay: float = 0.0) -> None:
        """Check a document again after `delay` seconds, if it is open."""
        if uri in self._check_tasks:
            self.open(uri, delay)

    def check_all(self) -> None:
        """Check every open document again."""
        for uri in list(self._check_tasks):
            self.check(uri)

    def close(self, uri: str) -> None:
        """Remove a document and its diagnostics in the editor."""
        self._cancel_check(uri)
        self._checked_documents.pop(uri, None)
        self._server.text_document_publish_diagnostics(PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    def checked_document(self, uri: str) -> CheckedDocument | None:
        """Return the last result of a document; None if there is none, or if the text has changed since."""
        checked = self._checked_documents.get(uri)
        is_current = checked is not None and checked.text == self._server.workspace.get_text_document(uri).source
        return checked if is_current else None

    async def _check(self, uri: str, delay: float) -> None:
        await asyncio.sleep(delay)
        workspace = self._server.workspace
        document = workspace.get_text_document(uri)
        path, text, version = document.path, document.source, document.version
        report = await asyncio.get_running_loop().run_in_executor(self._thread, check_document_safely, path, text)
        converter = PositionConverter(text, workspace.position_encoding)
        checked = CheckedDocument(
            text=text,
            diagnostics=tuple(build_diagnostics(report, path, uri, converter)),
            mandatory_ids=report.mandatory_ids,
        )
        self._checked_documents[uri] = checked
        diagnostics = [entry.diagnostic for entry in checked.diagnostics]
        self._server.text_document_publish_diagnostics(PublishDiagnosticsParams(uri, diagnostics, version))

    def _cancel_check(self, uri: str) -> None:
        task = self._check_tasks.pop(uri, None)
        if task is not None:
            task.cancel()
