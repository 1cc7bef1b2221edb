"""Text about many findings: by file, short, without repetition, with the worst rules at the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relint.finding import Finding, Report
from relint.report.layout import PLAIN, Layout
from relint.report.terminal import excerpt, width
from relint.report.text import render_text
from tests.helpers.report_builder import (
    ONE_LINE,
    ORDERS,
    RDS,
    S3,
    SQS,
    find_span,
    make_finding,
    make_queue_finding,
    make_report,
    make_rule,
)


def text_of(report: Report, layout: Layout = PLAIN, **options: bool) -> str:
    return "\n".join(render_text(report, **{"show_open": False, **options}, layout=layout))


def many(count: int) -> list[Finding]:
    return [make_queue_finding(), *[make_finding(S3)] * (count - 1)]


def test_findings_of_several_files_have_a_heading_for_each() -> None:
    findings = [make_finding(file="a.yaml"), make_finding(S3, file="a.yaml", scenario="x"), make_finding(file="b.yaml")]
    report = make_report(findings, sources={"a.yaml": ORDERS, "b.yaml": ORDERS})
    text = text_of(report)
    assert [line for line in text.splitlines() if line.startswith("===")] == [
        "=== a.yaml: 1 error, 1 to review",
        "=== b.yaml: 1 error",
    ]
    assert "\x1b[1;4ma.yaml: 1 error, 1 to review\x1b[0m" in text_of(report, Layout(colour=True))
    assert "===" not in text_of(make_report(findings[:2], sources={"a.yaml": ORDERS}))


def test_source_line_of_several_findings_is_shown_once() -> None:
    text = text_of(
        make_report([make_finding(), make_finding(S3), make_finding(SQS, "stacks/orders.yaml", None, *"abcd")])
    )
    assert text.count("8 |       MultiAZ: false") == 1
    assert text.count(" --> stacks/orders.yaml:8:7") == 3
    assert " | 'OrdersDb' breaks when its zone does." in text


def test_findings_on_one_line_at_different_places_have_their_own_marks() -> None:
    findings = [
        make_finding(rule, "a.json", find_span(ONE_LINE, f'"{name}"')) for rule, name in ((RDS, "A"), (S3, "B"))
    ]
    text = text_of(make_report(findings, sources={"a.json": ONE_LINE}))
    assert sum("^^^" in line for line in text.splitlines()) == 2


@pytest.mark.parametrize(
    ("count", "is_terminal", "is_short"),
    [(20, True, False), (21, True, True), (21, False, False)],
    ids=["20 on a terminal", "21 on a terminal", "21 in a file"],
)
def test_more_than_twenty_findings_on_a_terminal_are_short(count: int, is_terminal: bool, is_short: bool) -> None:
    text = text_of(make_report(many(count)), Layout(is_terminal=is_terminal))
    assert ("\n  |\n" not in text and "\n   |\n" not in text) is is_short
    assert (
        "::: stacks/orders.yaml:17:7 OrdersWorker: The consumer may run for 120 seconds" in " ".join(text.split())
    ) is is_short
    assert (text.count("= off:") == 0) is is_short
    assert text.count("= why:") == text.count("= fix:") == 2


def test_table_names_the_worst_and_most_frequent_rules_first() -> None:
    rules = [make_rule(f"NET-{number}", "n", f"Title {number}", "note") for number in range(201, 212)]
    findings = [
        *[make_finding(S3)] * 2,
        make_finding(RDS, scenario="x"),
        make_finding(RDS, reason="y"),
        make_finding(RDS),
    ]
    findings += [make_finding(rule) for rule in rules]
    text = text_of(make_report(findings, rules=(RDS, S3, *rules)))
    table = text[text.index("Fix these first") :].splitlines()
    assert table[1:4] == [
        "  2  error  RDS-701  Run database instances Multi-AZ",
        "  2  note   S3-601   Keep old versions of objects",
        "  1  note   NET-201  Title 201",
    ]
    assert table[11] == "  and 3 more rules: --statistics lists them"
    assert "Fix these first" not in text_of(make_report(findings[:5]))
    assert "Fix these first" not in text_of(make_report([make_finding()] * 30))


def test_report_without_summary_ends_with_the_last_finding() -> None:
    text = text_of(make_report(many(7)), with_summary=False)
    assert "Fix these first" not in text
    assert "7 findings" not in text


def test_id_of_a_rule_is_a_link_where_the_terminal_has_them() -> None:
    url = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html"
    own = make_rule("ACME-701", "acme", "Title", "error", file="mine/acme.yaml", references=(url,))
    linked = text_of(make_report([make_finding(own)]), Layout(links=True))
    assert linked.startswith(f"\x1b]8;;{url}\x1b\\error[ACME-701]\x1b]8;;\x1b\\ acme: Title")
    hostile = make_rule("ACME-701", "acme", "Title", "error", file="a.yaml", references=("https://a/\x1b]0;x\x07",))
    assert "\x1b" not in text_of(make_report([make_finding(hostile)]), Layout(links=True))


@given(
    line=st.text(st.characters(exclude_characters="\n\r"), max_size=300),
    start=st.integers(0, 299),
    size=st.integers(1, 300),
    columns=st.integers(30, 130),
)
def test_excerpt_and_its_marks_fit(line: str, start: int, size: int, columns: int) -> None:
    start = min(start, len(line))
    shown, column, marks = excerpt(line, start, min(start + size, len(line)), columns)
    assert width(shown) <= columns
    assert column + marks <= max(width(shown), column + 1)
