"""The open documents of an editor: their last results, and the checks in progress."""

from __future__ import annotations

import asyncio
import posixpath
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote

from lsprotocol.types import PublishDiagnosticsParams
from pygls.uris import from_fs_path

from relint._typing import TYPE_CHECKING, NamedTuple, TypeVar
from relint.discover.template_detection import may_include
from relint.lsp.check import check_document_safely
from relint.lsp.diagnostics import RelintDiagnostic, build_diagnostics
from relint.lsp.editor import Editor, read_editor
from relint.lsp.positions import PositionConverter
from relint.stacks.cross_stack import may_deploy_stacks, may_share_exports

if TYPE_CHECKING:
    from lsprotocol.types import Range
    from pygls.lsp.server import LanguageServer

    from relint.finding import Report

_Answer = TypeVar("_Answer")


class CheckedDocument(NamedTuple):
    """The text of the file `path`, the report on it and its diagnostics; `unsaved` are the other open texts by path."""

    path: str
    text: str
    unsaved: Mapping[str, str] | None
    report: Report
    diagnostics: tuple[RelintDiagnostic, ...]

    def check(self, text: str) -> Report:
        """Return the report on another text in its place."""
        return self.report if text == self.text else check_document_safely(self.path, text, self.unsaved)

    def diagnostics_within(self, selection: Range) -> tuple[RelintDiagnostic, ...]:
        """Return the diagnostics that overlap or touch a range of the text."""
        return tuple(
            entry
            for entry in self.diagnostics
            if entry.diagnostic.range.start <= selection.end and selection.start <= entry.diagnostic.range.end
        )


class OpenDocument(NamedTuple):
    """A checked document as it is open in the editor, which names it `uri`."""

    editor: Editor
    uri: str
    version: int | None
    checked: CheckedDocument


def _is_file(uri: str) -> bool:
    return uri.startswith("file:")


class Session:
    """Checks documents in a thread, one at a time; a check of a newer text replaces that of an older one."""

    def __init__(self, server: LanguageServer) -> None:
        self._server = server
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._answering_thread = ThreadPoolExecutor(max_workers=1)
        self._check_tasks: dict[str, asyncio.Task[None]] = {}
        self._checked_documents: dict[str, CheckedDocument] = {}
        self._nested_uris: dict[str, set[str]] = {}

    @property
    def editor(self) -> Editor:
        """The abilities of the connected editor."""
        return read_editor(self._server.client_capabilities, self._server.workspace.position_encoding)

    def open(self, uri: str, delay: float = 0.0) -> None:
        """Check a document after `delay` seconds, unless the editor changes or closes it before."""
        self._start_check(uri, delay, with_related=True)

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
        checked = self._checked_documents.pop(uri, None)
        self._publish(uri, [])
        self._publish_nested(uri, {})
        if checked:
            self._check_related_documents(uri, checked.text)

    def checked_document(self, uri: str) -> CheckedDocument | None:
        """Return the last result of a document; None if there is none, or if the text has changed since."""
        checked = self._checked_documents.get(uri)
        is_current = checked is not None and checked.text == self._server.workspace.get_text_document(uri).source
        return checked if is_current else None

    async def answer(self, uri: str, answer: Callable[[OpenDocument], _Answer]) -> _Answer | None:
        """Return what `answer`, which runs in another thread, makes of a document, once its text has been checked.

        None if it is not open, or if its text changes meanwhile.
        """
        if self.checked_document(uri) is None and uri in self._check_tasks:
            await asyncio.wait({self._check_tasks[uri]})
        opened = self._open_document(uri)
        if opened is None:
            return None
        answered = await asyncio.get_running_loop().run_in_executor(self._answering_thread, answer, opened)
        now = self._open_document(uri)
        return answered if now and now.version == opened.version else None

    def _open_document(self, uri: str) -> OpenDocument | None:
        checked = self.checked_document(uri)
        if checked is None:
            return None
        return OpenDocument(self.editor, uri, self._server.workspace.get_text_document(uri).version, checked)

    def _start_check(self, uri: str, delay: float, *, with_related: bool) -> None:
        self._cancel_check(uri)
        check = self._check(uri, delay, with_related=with_related)
        self._check_tasks[uri] = asyncio.get_running_loop().create_task(check)

    async def _check(self, uri: str, delay: float, *, with_related: bool) -> None:
        await asyncio.sleep(delay)
        if with_related:
            self._check_related_documents(uri, self._server.workspace.get_text_document(uri).source)
        workspace = self._server.workspace
        document = workspace.get_text_document(uri)
        path, text, version = document.path, document.source, document.version
        others = [workspace.get_text_document(other) for other in self._check_tasks if other != uri and _is_file(other)]
        unsaved = {other.path: other.source for other in others} if _is_file(uri) else None
        loop = asyncio.get_running_loop()
        report = await loop.run_in_executor(self._thread, check_document_safely, path, text, unsaved)
        converter = PositionConverter(text, workspace.position_encoding)
        diagnostics = tuple(build_diagnostics(report, path, uri, converter))
        checked = CheckedDocument(path, text, unsaved, report, diagnostics)
        self._checked_documents[uri] = checked
        self._publish(uri, checked.diagnostics, version)
        self._publish_nested(uri, self._nested_diagnostics(report, {path, *(unsaved or ())}))

    def _nested_diagnostics(self, report: Report, open_paths: set[str]) -> dict[str, list[RelintDiagnostic]]:
        """Return the diagnostics of nested stacks that are not open, by URI."""
        encoding = self._server.workspace.position_encoding
        diagnostics = {}
        for file in {finding.file for finding in report.findings} - open_paths:
            uri = from_fs_path(file)
            if uri is not None and uri not in self._check_tasks:
                converter = PositionConverter(report.sources.get(file, ""), encoding)
                diagnostics[uri] = list(build_diagnostics(report, file, uri, converter, with_failures=False))
        return diagnostics

    def _publish_nested(self, parent_uri: str, diagnostics: dict[str, list[RelintDiagnostic]]) -> None:
        """Publish the diagnostics of nested stacks that are not open, and remove those of earlier ones."""
        previous = self._nested_uris.pop(parent_uri, set())
        for uri in sorted(previous.union(diagnostics)):
            if uri not in self._check_tasks:
                self._publish(uri, diagnostics.get(uri, []))
        if diagnostics:
            self._nested_uris[parent_uri] = set(diagnostics)

    def _publish(self, uri: str, diagnostics: Iterable[RelintDiagnostic], version: int | None = None) -> None:
        published = [entry.diagnostic for entry in diagnostics]
        self._server.text_document_publish_diagnostics(PublishDiagnosticsParams(uri, published, version))

    def _check_related_documents(self, uri: str, text: str) -> None:
        """Check the open documents again on which a changed or closed one may have an effect.

        These are the files that it deploys or includes, those that deploy or include it, the other nested stacks of
        these, and those with which it shares exports.
        """
        texts = {
            other: self._server.workspace.get_text_document(other).source for other in self._check_tasks if other != uri
        }
        wholes = [other for other in texts if _may_contain(texts[other], uri)]
        for other in list(texts):
            is_part = any(_may_contain(whole, other) for whole in (text, *(texts[whole] for whole in wholes)))
            if is_part or other in wholes or may_share_exports(text, texts[other]):
                self._start_check(other, 0.0, with_related=False)

    def _cancel_check(self, uri: str) -> None:
        task = self._check_tasks.pop(uri, None)
        if task is not None:
            task.cancel()


def _may_contain(text: str, uri: str) -> bool:
    """Whether a text may deploy or include a file, judging by keywords and by the name of the file."""
    return posixpath.basename(unquote(uri)) in text and (may_deploy_stacks(text) or may_include(text))
