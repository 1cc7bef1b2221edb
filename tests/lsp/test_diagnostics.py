"""Diagnostics and hovers of reports, in this process."""

from __future__ import annotations

import pytest

pytest.importorskip("pygls")

from lsprotocol.types import DiagnosticSeverity, MarkupKind, Position, Range

from relint.catalog.loader import load_rules
from relint.catalog.message_template import find_placeholders
from relint.finding import Failure, Report
from relint.lsp import check
from relint.lsp.diagnostics import build_diagnostics
from relint.lsp.hover import build_hover
from relint.lsp.positions import PositionConverter
from relint.lsp.session import CheckedDocument
from relint.report.rule_pages import render_page
from relint.report.rule_text import render_rule
from relint.source.location import Position as SourcePosition
from relint.source.location import Span
from tests.helpers.report_builder import (
    ORDERS,
    RDS,
    SQS,
    find_span,
    make_finding,
    make_mixed_report,
    make_queue_finding,
    make_report,
)

RULES = [rule for rule in load_rules() if find_placeholders(rule.messages.get("default", "")) == ("resource",)]
FIRST, SECOND = RULES[:2]
FILE, URI = "stacks/orders.yaml", "file:///project/orders.yaml"


@pytest.fixture
def mixed() -> Report:
    return make_mixed_report()


def checked_document(report: Report, text: str = ORDERS) -> CheckedDocument:
    diagnostics = tuple(build_diagnostics(report, FILE, URI, PositionConverter(text, None)))
    return CheckedDocument(FILE, text, None, report, diagnostics)


def test_every_finding_and_failure_is_a_diagnostic(mixed: Report) -> None:
    shown = [entry.diagnostic for entry in checked_document(mixed).diagnostics]
    assert [(one.code, one.severity, one.range.start.line, one.range.start.character) for one in shown] == [
        ("RDS-701", DiagnosticSeverity.Error, 7, 6),
        ("RDS-701", DiagnosticSeverity.Warning, 3, 2),
        ("SQS-702", DiagnosticSeverity.Warning, 12, 6),
        ("RELINT", DiagnosticSeverity.Error, 0, 0),
        ("RELINT", DiagnosticSeverity.Error, 7, 6),
        ("RELINT", DiagnosticSeverity.Error, 0, 0),
    ]
    assert [one.message for one in shown[3:]] == [
        "stacks/broken.yaml:4: A mapping entry is indented by 3, not by 2.",
        "Rule 'RDS-602' crashed on 'OrdersDb'.",
        "--parameters: Parameter 'Size' was given a value, but no template declares it.",
    ]
    assert {one.source for one in shown} == {"relint"}
    assert [entry.finding is None for entry in checked_document(mixed).diagnostics] == [False] * 3 + [True] * 3


def test_diagnostic_has_data_and_related_places() -> None:
    finding = make_queue_finding()
    (entry,) = checked_document(make_report([finding])).diagnostics
    diagnostic = entry.diagnostic
    assert entry.finding == finding
    assert diagnostic.message == finding.message
    assert diagnostic.data == {
        "rule": "SQS-702",
        "name": "sqs-visibility-over-timeout",
        "verdict": "fail",
        "fingerprint": finding.fingerprint,
        "logicalId": "OrdersQueue",
        "path": ["Resources", "OrdersQueue", "Properties", "VisibilityTimeout"],
    }
    assert diagnostic.code_description is not None
    assert diagnostic.code_description.href == SQS.references[0]
    (related,) = diagnostic.related_information or ()
    assert related.message == "The consumer may run for 120 seconds"
    assert related.location.uri == URI
    assert related.location.range == Range(Position(16, 6), Position(16, 18))


def test_finding_in_another_file_is_left_out() -> None:
    report = make_report([make_finding(file="other.yaml"), make_finding()])
    assert [entry.finding and entry.finding.file for entry in checked_document(report).diagnostics] == [FILE]
    assert checked_document(report).diagnostics[0].diagnostic.related_information is None


@pytest.mark.parametrize(("markdown", "separator"), [(True, "\n\n---\n\n"), (False, "\n\n")])
def test_hover_has_the_page_of_each_rule_at_the_position_once(markdown: bool, separator: str) -> None:
    span = find_span(ORDERS, "MultiAZ: false")
    report = make_report([make_finding(rule, at=span) for rule in (FIRST, SECOND, FIRST)])
    hover = build_hover(checked_document(report), Position(7, 8), markdown=markdown)
    assert hover is not None
    render = render_page if markdown else render_rule
    assert hover.contents.kind == (MarkupKind.Markdown if markdown else MarkupKind.PlainText)
    assert hover.contents.value == separator.join([render(FIRST), render(SECOND)])
    assert hover.range == Range(Position(7, 6), Position(7, 20))


@pytest.mark.parametrize(
    ("line", "character", "is_shown"),
    [(7, 5, False), (7, 6, True), (7, 20, True), (7, 21, False), (6, 8, False), (8, 8, False)],
)
def test_hover_is_shown_within_the_range_and_at_its_ends(line: int, character: int, is_shown: bool) -> None:
    report = make_report([make_finding(FIRST)])
    hover = build_hover(checked_document(report), Position(line, character), markdown=True)
    assert (hover is not None) is is_shown


def test_failure_has_no_hover() -> None:
    report = make_report(failures=[Failure(FILE, "load", "x", find_span(ORDERS, "MultiAZ: false"))])
    assert build_hover(checked_document(report), Position(7, 8), markdown=True) is None


@pytest.mark.parametrize(
    ("encoding", "end"), [(None, 5), ("utf-16", 5), ("utf-8", 8), ("utf-32", 4)], ids=["default", "16", "8", "32"]
)
def test_range_is_in_the_units_of_the_editor(encoding: str | None, end: int) -> None:
    span = Span(SourcePosition(1, 4), SourcePosition(1, 5))
    converter = PositionConverter("a🙂éb", encoding)
    assert converter.to_editor_range(span).start.character == end - 1
    assert converter.to_editor_position(SourcePosition(1, 99)).character == end
    assert converter.to_editor_position(SourcePosition(9, 3)) == Position(8, 0)


def test_range_of_several_lines_ends_with_the_first() -> None:
    converter = PositionConverter("ab  \ncd\n", None)
    span = Span(SourcePosition(1, 2), SourcePosition(2, 2))
    assert converter.to_editor_range(span) == Range(Position(0, 1), Position(0, 2))
    assert converter.to_editor_range(None) == Range(Position(0, 0), Position(0, 0))
    assert converter.to_editor_range(Span(SourcePosition(7, 1), SourcePosition(7, 2))).start == Position(0, 0)


def test_byte_order_mark_counts_on_the_first_line_only() -> None:
    converter = PositionConverter("\ufeffab\ncd", None)
    assert converter.to_editor_position(SourcePosition(1, 2)) == Position(0, 2)
    assert converter.to_editor_position(SourcePosition(2, 2)) == Position(1, 1)


def test_exception_of_a_check_is_a_failure_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Report:
        raise IndexError("list index out of range")

    monkeypatch.setattr(check, "check_document", fail)
    (failure,) = check.check_document_safely("a.yaml", ORDERS).failures
    assert (failure.file, failure.stage, failure.span) == ("a.yaml", "check", None)
    address = "this is a defect of relint, please report it at https://github.com/cfn-relint/cfn-relint/issues."
    assert failure.message == f"The check crashed (IndexError: list index out of range); {address}"


def test_rules_of_findings_are_those_of_the_report(mixed: Report) -> None:
    rules = {entry.finding.rule.id for entry in checked_document(mixed).diagnostics if entry.finding}
    assert rules == {RDS.id, SQS.id}
