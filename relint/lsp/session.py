"""The open documents of an editor: what was last said of each, and the checks under way."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from lsprotocol.types import PublishDiagnosticsParams

from relint._named_tuple import NamedTuple
from relint.lsp.check import safe_report
from relint.lsp.diagnostics import Mark, marks
from relint.lsp.positions import Places

if TYPE_CHECKING:
    from lsprotocol.types import Range
    from pygls.lsp.server import LanguageServer


class Checked(NamedTuple):
    """A text that was checked, what was said of it, and the ids of rules that nobody can suppress."""

    text: str
    marks: tuple[Mark, ...]
    mandatory: frozenset[str]

    def within(self, range_: Range) -> tuple[Mark, ...]:
        """The marks that touch a range of the text."""
        return tuple(
            mark
            for mark in self.marks
            if mark.diagnostic.range.start <= range_.end and range_.start <= mark.diagnostic.range.end
        )


class Session:
    """Checks documents in a thread, one at a time; a newer text of a document takes the place of an older one."""

    def __init__(self, server: LanguageServer) -> None:
        self._server = server
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._checks: dict[str, asyncio.Task[None]] = {}
        self._checked: dict[str, Checked] = {}

    def open(self, uri: str, delay: float = 0.0) -> None:
        """Checks a document after `delay` seconds, unless it is changed or closed before."""
        self._cancel(uri)
        self._checks[uri] = asyncio.get_running_loop().create_task(self._check(uri, delay))

    def check(self, uri: str, delay: float = 0.0) -> None:
        """Checks a document again if it is open."""
        if uri in self._checks:
            self.open(uri, delay)

    def check_all(self) -> None:
        """Checks every open document again."""
        for uri in list(self._checks):
            self.check(uri)

    def close(self, uri: str) -> None:
        """Forgets a document, and has the editor forget what was said of it."""
        self._cancel(uri)
        self._checked.pop(uri, None)
        self._server.text_document_publish_diagnostics(PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    def checked(self, uri: str) -> Checked | None:
        """What was last said of a document; None when nothing was yet, or when its text has changed since."""
        found = self._checked.get(uri)
        return found if found and found.text == self._server.workspace.get_text_document(uri).source else None

    async def _check(self, uri: str, delay: float) -> None:
        await asyncio.sleep(delay)
        workspace = self._server.workspace
        document = workspace.get_text_document(uri)
        path, text, version = document.path, document.source, document.version
        report = await asyncio.get_running_loop().run_in_executor(self._thread, safe_report, path, text)
        said = marks(report, path, uri, Places(text, workspace.position_encoding))
        found = Checked(text, tuple(said), report.mandatory_ids)
        self._checked[uri] = found
        diagnostics = [mark.diagnostic for mark in found.marks]
        self._server.text_document_publish_diagnostics(PublishDiagnosticsParams(uri, diagnostics, version))

    def _cancel(self, uri: str) -> None:
        check = self._checks.pop(uri, None)
        if check is not None:
            check.cancel()
