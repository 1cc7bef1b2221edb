"""The server itself, on pygls (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17)."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from relint import __version__
from relint.lsp.documents import check_document, shown, suppression
from relint.report.pages import page
from relint.report.severities import severity

if TYPE_CHECKING:
    from pygls.workspace import TextDocument

    from relint.finding import Finding, Report
    from relint.source.location import Position, Span

DEBOUNCE = 0.2
"""Seconds without a further change before a changed document is checked."""

_SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "info": lsp.DiagnosticSeverity.Information,
}


def serve() -> None:
    """Serves one editor on standard input and output, until it says goodbye."""
    # pygls closes the streams that it is given; the command line still has to flush its own.
    with open(os.dup(sys.stdin.fileno()), "rb") as requests, open(os.dup(sys.stdout.fileno()), "wb") as answers:
        server().start_io(requests, answers)


def server() -> LanguageServer:
    """A server that publishes diagnostics on open, change and save, and answers hovers and code actions."""
    ls = LanguageServer("relint", __version__)
    reports: dict[str, Report] = {}
    versions: dict[str, int] = {}

    def check(uri: str) -> None:
        document = ls.workspace.get_text_document(uri)
        reports[uri] = check_document(_path(uri), document.source)
        ls.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri, _diagnostics(reports[uri], document), document.version)
        )

    @ls.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: lsp.DidOpenTextDocumentParams) -> None:
        check(params.text_document.uri)

    @ls.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: lsp.DidSaveTextDocumentParams) -> None:
        check(params.text_document.uri)

    @ls.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def did_change(params: lsp.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        versions[uri] = params.text_document.version
        await asyncio.sleep(DEBOUNCE)
        if versions.get(uri) == params.text_document.version:
            check(uri)

    @ls.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: lsp.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        reports.pop(uri, None)
        versions.pop(uri, None)
        ls.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))

    @ls.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        uri = params.text_document.uri
        document = ls.workspace.get_text_document(uri)
        for finding in shown(reports[uri]) if uri in reports else ():
            where = _range(finding.span, document)
            if where.start <= params.position <= where.end:
                text = f"{finding.message}\n\n---\n\n{page(finding.rule)}"
                return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text), where)
        return None

    @ls.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix]))
    def code_actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri = params.text_document.uri
        document = ls.workspace.get_text_document(uri)
        actions = []
        for finding in shown(reports[uri]) if uri in reports else ():
            where = _range(finding.span, document)
            if where.start.line <= params.range.end.line and where.end.line >= params.range.start.line:
                actions += _accepting(finding, uri, document)
        return actions

    return ls


def _accepting(finding: Finding, uri: str, document: TextDocument) -> list[lsp.CodeAction]:
    edit = suppression(_path(uri), document.source, finding)
    if edit is None:
        return []
    place = _position(edit.line, edit.column, document)
    change = lsp.TextEdit(lsp.Range(place, place), edit.text)
    return [
        lsp.CodeAction(
            f"Accept {finding.rule.id} here, with a reason",
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[_diagnostic(finding, document)],
            edit=lsp.WorkspaceEdit({uri: [change]}),
        )
    ]


def _diagnostics(report: Report, document: TextDocument) -> list[lsp.Diagnostic]:
    found = [_diagnostic(finding, document) for finding in shown(report)]
    for failure in report.failures:
        where = _range(failure.span, document) if failure.span else lsp.Range(lsp.Position(0, 0), lsp.Position(0, 1))
        found.append(lsp.Diagnostic(where, failure.message, lsp.DiagnosticSeverity.Error, source="relint"))
    return found


def _diagnostic(finding: Finding, document: TextDocument) -> lsp.Diagnostic:
    related = [
        lsp.DiagnosticRelatedInformation(lsp.Location(document.uri, _range(one.span, document)), one.message)
        for one in finding.related
    ]
    page_of_rule = next(iter(finding.rule.references), None)
    return lsp.Diagnostic(
        _range(finding.span, document),
        finding.message,
        severity=_SEVERITIES[severity(finding)],
        code=finding.rule.id,
        code_description=lsp.CodeDescription(page_of_rule) if page_of_rule else None,
        source="relint",
        related_information=related or None,
        data={"name": finding.rule.name, "fingerprint": finding.fingerprint},
    )


def _range(span: Span, document: TextDocument) -> lsp.Range:
    """The span in the units of the client; what goes on over several lines is marked on its first."""
    start, end = _at(span.start, document), _at(span.end, document)
    if end.line > start.line:
        lines = document.lines
        line = lines[start.line].rstrip("\r\n") if start.line < len(lines) else ""
        end = _position(start.line, len(line), document)
    return lsp.Range(start, end)


def _at(position: Position, document: TextDocument) -> lsp.Position:
    return _position(position.line - 1, position.column - 1, document)


def _position(line: int, column: int, document: TextDocument) -> lsp.Position:
    return document.position_codec.position_to_client_units(document.lines, lsp.Position(line, column))


def _path(uri: str) -> str:
    """The file that a URI names; what is no file (an unsaved document) keeps the URI as its name."""
    return (to_fs_path(uri) if uri.startswith("file:") else None) or uri
