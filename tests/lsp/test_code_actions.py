"""Code actions for reports, in this process."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("pygls")

from lsprotocol.types import CodeAction, CodeActionContext, Diagnostic, Position, Range

from relint.finding import Failure, Report
from relint.lsp.code_actions import code_actions
from relint.lsp.diagnostics import build_diagnostics
from relint.lsp.editor import Editor
from relint.lsp.positions import PositionConverter
from relint.lsp.session import CheckedDocument, OpenDocument
from tests.helpers.report_builder import ORDERS, find_span, make_finding, make_queue_finding, make_report

FILE, URI = "stacks/orders.yaml", "file:///project/orders.yaml"
EVERYTHING = Range(Position(0, 0), Position(30, 0))


def suppressions(report: Report, text: str = ORDERS, selection: Range = EVERYTHING, **context: Any) -> list[CodeAction]:
    """Return the actions that accept findings."""
    diagnostics = tuple(build_diagnostics(report, FILE, URI, PositionConverter(text, None)))
    editor = Editor(None, renders_markdown=True, takes_versions=False, resolves_edits=True)
    opened = OpenDocument(editor, URI, 1, CheckedDocument(FILE, text, None, report, diagnostics))
    actions = code_actions(opened, selection, CodeActionContext(**{"diagnostics": [], **context}))
    return [action for action in actions if action.title.startswith("Accept ")]


def codes(actions: list[CodeAction]) -> set[object]:
    return {diagnostic.code for action in actions for diagnostic in action.diagnostics or ()}


def test_suppressions_are_offered_for_each_finding_in_the_selection() -> None:
    failure = Failure(FILE, "check", "x", find_span(ORDERS, "MultiAZ: false"))
    actions = suppressions(make_report([make_finding(), make_queue_finding()], [failure]))
    assert codes(actions) == {"RDS-701", "SQS-702"}
    first = actions[0]
    assert first.title == "Accept RDS-701 on this line"
    assert first.kind == "quickfix"
    assert [one.code for one in first.diagnostics or ()] == ["RDS-701"]
    assert first.edit is not None
    ((uri, (edit,)),) = (first.edit.changes or {}).items()
    assert uri == URI
    assert edit.range == Range(Position(7, 0), Position(7, 0))
    assert edit.new_text == "      # relint: ignore[RDS-701] TODO: say why\n"


def test_suppression_needs_a_finding_that_may_be_suppressed_in_a_readable_text() -> None:
    report = make_report([make_finding()])
    assert suppressions(report)
    assert suppressions(report._replace(mandatory_ids=frozenset({"RDS-701"}))) == []
    assert suppressions(make_report()) == []
    assert suppressions(report, f"{ORDERS}  A: [") == []
    assert suppressions(report, selection=Range(Position(8, 0), Position(8, 5))) == []


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (None, True),
        ([], True),
        (["quickfix"], True),
        (["refactor", "quickfix"], True),
        ([""], True),
        (["refactor"], False),
        (["quick"], False),
        (["source.fixAll"], False),
    ],
)
def test_kinds_that_the_editor_asks_for_include_quick_fixes(only: Any, expected: bool) -> None:
    assert bool(suppressions(make_report([make_finding()]), only=only)) is expected


def test_diagnostics_that_the_editor_names_choose_among_the_findings_in_the_selection() -> None:
    report = make_report([make_finding(), make_queue_finding()])
    (queue,) = (
        entry.diagnostic
        for entry in build_diagnostics(report, FILE, URI, PositionConverter(ORDERS, None))
        if entry.diagnostic.code == "SQS-702"
    )
    other = Diagnostic(range=EVERYTHING, message="Of another server", source="yaml")
    assert codes(suppressions(report, diagnostics=[other, queue])) == {"SQS-702"}
    assert codes(suppressions(report, diagnostics=[other])) == {"RDS-701", "SQS-702"}
