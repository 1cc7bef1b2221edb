from __future__ import annotations

import re
from typing import Any

import pytest

from relint.finding import Failure, Finding, Report, Suppression
from relint.report.layout import Layout
from relint.report.one_line import render_concise
from relint.report.summary import format_summary, summarize
from relint.report.terminal import excerpt, printable, width, wrap
from relint.report.text import render_text
from relint.source.location import Position, Span
from tests.helpers.command_line import run_python
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


def text_of(report: Report, *, colour: bool = False, show_open: bool = False) -> str:
    return "\n".join(render_text(report, show_open=show_open, layout=Layout(colour=colour)))


def test_finding_shows_the_line_the_reason_and_the_remedy() -> None:
    assert (
        text_of(make_report([make_finding()]))
        == """\
error[RDS-701] rds-multi-az: Run database instances Multi-AZ
 --> stacks/orders.yaml:8:7  OrdersDb (AWS::RDS::DBInstance)
  |
8 |       MultiAZ: false
  |       ^^^^^^^^^^^^^^
  |       'OrdersDb' has no standby, so it is down for as long as its Availability Zone is.
  |
  = why: A zone fails about once a year. Then the service waits until the zone is back.
  = fix: Set the property, which interrupts nothing:

           Zones: 2
  = ref: REL10-BP01 https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html
  = off: # relint: ignore[RDS-701] <reason>

1 finding in 1 of 1 template (1 error)"""
    )


def test_related_location_has_its_own_block() -> None:
    assert """\
   |
  ::: stacks/orders.yaml:17:7  OrdersWorker
   |
17 |       Timeout: 120
   |       ------------ The consumer may run for 120 seconds
   |
""" in text_of(make_report([make_queue_finding()]))


def test_reason_and_remedy_of_a_rule_are_shown_once() -> None:
    text = text_of(make_report([make_finding(), make_finding()]))
    assert text.count("= why:") == text.count("= fix:") == text.count("= ref:") == text.count("= off:") == 1


def test_further_findings_of_a_rule_take_six_lines_each() -> None:
    assert len(list(render_text(make_report([make_finding()] * 50), show_open=False))) < 50 * 7 + 12


def test_scenario_has_its_own_line() -> None:
    text = text_of(make_report([make_finding(scenario='IsProd is false (Environment is "dev")')]))
    assert text.startswith("review[RDS-701]")
    assert '  = when: IsProd is false (Environment is "dev")\n' in text
    assert "This happens when" not in text


def test_open_findings_are_shown_on_request() -> None:
    report = make_report([make_finding(reason="parameter MultiAz has no default")])
    assert "open[RDS-701]" not in text_of(report)
    assert text_of(report) == "no findings in 1 template; 1 open: --show-open lists them"
    assert text_of(report, show_open=True).startswith("open[RDS-701]")


def test_suppressed_findings_are_counted_and_not_shown() -> None:
    report = make_report([make_finding(suppression=Suppression("a copy"))])
    assert text_of(report) == "no findings in 1 template; 1 suppressed"


def test_hint_about_suppressions_in_json_names_metadata() -> None:
    report = make_report(
        [make_finding(file="t.template", at=find_span(ONE_LINE, '"A"'))], sources={"t.template": ONE_LINE}
    )
    assert '= off: "Metadata": {"relint": {"ignore": {"RDS-701": "<reason>"}}}' in text_of(report)


def test_hint_about_suppressions_in_yaml_names_comments() -> None:
    findings = [make_finding(file="a.json", at=find_span(ONE_LINE, '"A"')), make_finding(file="b.yaml")]
    text = text_of(make_report(findings, sources={"a.json": ONE_LINE, "b.yaml": ORDERS}))
    assert text.count("= off:") == 2
    assert text.count("= why:") == 1


def test_failures_are_reported_with_their_location() -> None:
    broken = Failure("b.yaml", "load", "A mapping is indented wrongly.", Span(Position(4, 2), Position(4, 3)))
    crashed = Failure("stacks/orders.yaml", "check", "Rule 'RDS-602' crashed.")
    lines = text_of(make_report(failures=[broken, crashed])).splitlines()
    assert lines[0] == "b.yaml:4:2: error: not analysed: A mapping is indented wrongly."
    assert lines[1] == "stacks/orders.yaml: error: Rule 'RDS-602' crashed."


def test_template_with_a_failure_is_not_called_unread() -> None:
    report = make_report(failures=[Failure("stacks/orders.yaml", "load", "Key 'A' stands twice.")])
    assert text_of(report).splitlines()[0] == "stacks/orders.yaml: error: Key 'A' stands twice."


def under_marks(text: str) -> str:
    """Return the text above the carets, by terminal columns."""
    lines = text.splitlines()
    number = next(n for n, line in enumerate(lines) if re.match(r" +\| +\^+|\s+\| \^+", line))
    start, size = lines[number].index("^"), lines[number].count("^")
    cells = "".join(c + "\0" * (width(c) - 1) for c in lines[number - 1])
    return cells[start : start + size].replace("\0", "")


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        pytest.param(ORDERS, "Value: orders", id="an emoji, which is wide"),
        pytest.param("A:\n\tB:\tx\n", "x", id="tabs"),
        pytest.param("A: \N{CJK UNIFIED IDEOGRAPH-4E2D}\N{CJK UNIFIED IDEOGRAPH-6587} B\n", "B", id="ideographs"),
        pytest.param("A: e\N{COMBINING ACUTE ACCENT} B\n", "B", id="a combining accent"),
        pytest.param("A: \x1b[2J B\n", "B", id="a control character, which is escaped"),
    ],
)
def test_caret_is_below_the_value_after(source: Any, piece: Any) -> None:
    report = make_report([make_finding(file="t", at=find_span(source, piece))], sources={"t": source})
    text = text_of(report)
    if "\N{COMBINING ACUTE ACCENT}" in source:
        text = text.replace("\N{COMBINING ACUTE ACCENT}", "")
    assert under_marks(text) == piece


def test_very_long_line_is_cut_around_the_finding() -> None:
    source = '{"A":"' + "x" * 5000 + '","B":1,"C":"' + "y" * 5000 + '"}'
    text = text_of(make_report([make_finding(file="t", at=find_span(source, '"B":1'))], sources={"t": source}))
    assert under_marks(text) == '"B":1'
    assert "..." in text
    assert max(map(len, text.splitlines())) <= 100


def test_very_long_value_is_cut_too() -> None:
    source = "A: " + "x" * 5000
    text = text_of(make_report([make_finding(file="t", at=find_span(source, "x" * 5000))], sources={"t": source}))
    assert max(map(len, text.splitlines())) <= 100
    assert under_marks(text).endswith("...")


def test_no_line_is_wider_than_a_hundred_columns() -> None:
    long = make_rule("RDS-702", "long", "Long", "note", rationale="word " * 100, fix="Write this: " * 20)
    report = make_report([make_finding(long, "stacks/orders.yaml", None, "D" * 80)])
    assert max(map(len, text_of(report).splitlines())) <= 100


EVIL = "\x1b]0;owned\x07\x9b2J\u202e"


def test_templates_cannot_control_the_terminal() -> None:
    source = f"A: 1 # {EVIL}\nB: 2\n"
    finding = make_finding(RDS, f"a{EVIL}.yaml", find_span(source, "A: 1"), EVIL, resource=EVIL, resource_type=EVIL)
    review = make_finding(RDS, f"a{EVIL}.yaml", find_span(source, "A: 1"), scenario=EVIL)
    report = make_report([finding, review], [Failure(EVIL, "load", EVIL)], sources={f"a{EVIL}.yaml": source})
    for text in (text_of(report, show_open=True), "\n".join(render_concise(report, show_open=True))):
        assert text.replace("\n", "").isprintable()
        assert "owned" in text


def test_colours_are_reset_and_change_no_text() -> None:
    report = make_report([make_queue_finding(), make_finding(scenario="IsProd is false")])
    coloured = text_of(report, colour=True)
    assert coloured.count("\x1b[") == 2 * coloured.count("\x1b[0m")
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == text_of(report)


def test_finding_without_source_is_shown_without_an_excerpt() -> None:
    text = text_of(make_report([make_finding(file="gone.yaml")]))
    assert "  | 'OrdersDb' has no standby" in text


@pytest.mark.parametrize(
    ("finding", "severity"),
    [
        (make_finding(level="error"), "error"),
        (make_finding(level="warning"), "warning"),
        (make_finding(level="note"), "info"),
        (make_finding(level="error", scenario="x"), "warning"),
        (make_finding(level="warning", scenario="x"), "info"),
        (make_finding(level="error", reason="x"), "info"),
    ],
    ids=["an error", "a warning", "a note", "a review of an error", "a review of a warning", "what is open"],
)
def test_concise_severity_follows_from_level_and_verdict(finding: Finding, severity: Any) -> None:
    (line,) = render_concise(make_report([finding]), show_open=True)
    assert line.startswith(f"stacks/orders.yaml:8:7: {severity} RDS-701 ")


def test_concise_line_matches_the_problem_matcher(mixed: Report) -> None:
    form = re.compile(r"(.+?):(\d+):(\d+): (error|warning|info) ([A-Z]{1,8}(?:-?[0-9]{1,6}){0,3}) (.*)")
    lines = list(render_concise(mixed, show_open=True))
    assert len(lines) == 7
    assert all(form.fullmatch(line) for line in lines)


def test_concise_omits_open_and_suppressed_findings() -> None:
    report = make_report([make_finding(reason="x"), make_finding(suppression=Suppression("y"))])
    assert list(render_concise(report, show_open=False)) == []


def test_concise_failure_without_location_is_at_the_first_character() -> None:
    (line,) = render_concise(make_report(failures=[Failure("a.yaml", "load", "It is empty.")]), show_open=False)
    assert line == "a.yaml:1:1: error RELINT It is empty."


def test_summary_contains_every_count(mixed: Report) -> None:
    assert format_summary(summarize(mixed), show_open=False) == (
        "3 findings in 1 of 1 template (1 error, 1 warning, 1 to review); 1 suppressed; "
        "1 open: --show-open lists them; 1 template could not be read; 2 other failures"
    )


def test_summary_of_a_clean_run_is_one_sentence() -> None:
    report = make_report(sources={"a": "", "b": ""})
    assert format_summary(summarize(report), show_open=False) == "no findings in 2 templates"


def test_template_with_only_open_findings_is_not_counted() -> None:
    report = make_report(
        [make_finding(), make_finding(file="b", reason="x")], sources={"stacks/orders.yaml": ORDERS, "b": ""}
    )
    assert format_summary(summarize(report), show_open=True) == "1 finding in 1 of 2 templates (1 error); 1 open"


def test_summary_counts_reported_findings_only() -> None:
    numbers = summarize(
        make_report([make_finding(), make_finding(S3), make_queue_finding(), make_finding(SQS, "t", None, *"abcd")])
    )
    assert (numbers.errors, numbers.warnings, numbers.notes, numbers.findings) == (1, 2, 1, 4)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb", "a    b"),
        ("\x1b[0m", "\\x1b[0m"),
        ("\u202e", "\\u202e"),
        ("\N{PACKAGE}", "\N{PACKAGE}"),
        ("\ud800", "\\ud800"),
    ],
    ids=["tabs as blanks", "escapes escaped", "direction marks escaped", "emojis as they are", "surrogates escaped"],
)
def test_control_characters_are_escaped(text: str, shown: Any) -> None:
    assert printable(text) == shown


def test_wrapping_breaks_between_words_only() -> None:
    assert list(wrap("one two  three\nfour", 8)) == ["one two", "three", "four"]
    assert list(wrap("unbreakable", 4)) == ["unbreakable"]
    assert list(wrap("", 4)) == []


@pytest.mark.parametrize("start", [0, 50, 195, 199])
def test_excerpt_fits_its_width(start: Any) -> None:
    line = "".join(chr(ord("a") + n % 26) for n in range(200))
    shown, column, size = excerpt(line, start, start + 1, 60)
    assert len(shown) <= 60
    assert shown[column : column + size] == line[start]


def test_text_needs_no_heavy_imports() -> None:
    code = (
        "import sys, relint.report.text, relint.report.one_line;"
        "print([m for m in ('json', 'textwrap', 'unicodedata', 'urllib') if m in sys.modules])"
    )
    assert run_python("-S", "-c", code).stdout == "[]\n"
