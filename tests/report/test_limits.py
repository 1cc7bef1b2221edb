"""Limits of readers of reports, at the limit and one beyond it."""

from __future__ import annotations

import pytest

from relint.finding import Failure, Finding, Related
from relint.report import markdown
from relint.report.formats import render
from relint.report.sarif import log as sarif_log
from relint.report.sarif.log import to_sarif
from relint.report.text import render_text
from relint.source.location import Position, Span
from tests.helpers.report_builder import RDS, S3, make_finding, make_report, make_rule
from tests.helpers.sarif import run_of


def span(line: int, column: int, end: int) -> Span:
    return Span(Position(line, column), Position(line, end))


def graded_findings() -> list[Finding]:
    """Return five findings on lines 1 to 5: a note, an error, a review of an error, a warning, and an open error."""
    kinds = [("fail", "note"), ("fail", "error"), ("review", "error"), ("fail", "warning"), ("open", "error")]
    return [
        make_finding(RDS, at=span(line, 1, 2), verdict=verdict, level=level)
        for line, (verdict, level) in enumerate(kinds, 1)
    ]


def test_limits_of_results_are_those_of_the_readers() -> None:
    assert sarif_log._MAX_RESULTS == {"github": 25_000, "gitlab": 5_000}


@pytest.mark.parametrize(
    ("room", "lines"), [(5, [1, 2, 3, 4, 5]), (4, [1, 2, 3, 4]), (3, [1, 2, 4]), (2, [2, 4]), (1, [2])]
)
def test_most_severe_results_are_kept_in_their_order(
    monkeypatch: pytest.MonkeyPatch, room: int, lines: list[int]
) -> None:
    monkeypatch.setitem(sarif_log._MAX_RESULTS, "github", room)
    run = to_sarif(make_report(graded_findings()), profile="github", show_open=True)["runs"][0]
    places = [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in run["results"]]
    assert places == lines
    notifications = run["invocations"][0].get("toolExecutionNotifications", [])
    problem = f"{5 - room} results of lesser severity are left out, because its reader takes no more"
    text = f'In "the log": "{problem}".'
    assert [entry["message"]["text"].replace("'", '"') for entry in notifications] == ([text] if room < 5 else [])
    assert [entry["descriptor"]["id"] for entry in notifications] == (["RELINT-007"] if room < 5 else [])


@pytest.mark.parametrize(
    ("rationale", "expected"),
    [
        ("x" * 1024, "x" * 1024),
        ("x" * 1025, "x" * 1021 + "..."),
        ("One. Two. " + "x" * 1020, "One. Two."),
        ("A b.\n  C d.", "A b. C d."),
    ],
    ids=["the limit", "one more", "sentences", "lines"],
)
def test_description_of_a_rule_has_at_most_1024_characters(rationale: str, expected: str) -> None:
    rule = make_rule("RDS-701", "rds-multi-az", "Title", "error", rationale=rationale)
    run = run_of(make_report([make_finding(rule)], rules=(rule,)))
    assert run["tool"]["driver"]["rules"][0]["fullDescription"]["text"] == expected


@pytest.mark.parametrize("length", [2048, 2049])
def test_message_has_at_most_2048_characters(length: int) -> None:
    rest = len("'' has no standby, so it is down for as long as its Availability Zone is.")
    name = "A" * (length - rest)
    (result,) = run_of(make_report([make_finding(RDS, "a.yaml", None, name)]))["results"]
    expected = name if length == 2048 else "A" * (len(name) - 4) + "..."
    assert result["message"]["arguments"] == [expected]
    assert len(result["message"]["text"]) == 2048


@pytest.mark.parametrize(("count", "end"), [(1, ""), (5, ""), (6, " and 1 more"), (8, " and 3 more")])
def test_message_links_five_related_places(count: int, end: str) -> None:
    related = tuple(Related("There", ("Resources", "A"), span(line, 1, 2), None) for line in range(1, count + 1))
    (result,) = run_of(make_report([make_finding(related=related)]))["results"]
    links = ", ".join(f"[line {line}]({line})" for line in range(1, min(count, 5) + 1))
    assert result["message"]["arguments"][-1] == links + end


@pytest.mark.parametrize(("length", "is_whole"), [(1000, True), (1001, False)], ids=["the limit", "one more"])
def test_context_has_at_most_a_thousand_characters(length: int, is_whole: bool) -> None:
    text = "A" + "x" * (length - 1)
    report = make_report([make_finding(file="a.yaml", at=span(1, 1, 2))], sources={"a.yaml": text})
    (result,) = run_of(report)["results"]
    context = result["locations"][0]["physicalLocation"]["contextRegion"]
    assert (context["snippet"]["text"] == text) is is_whole
    assert ("endColumn" in context) is not is_whole
    assert text.startswith(context["snippet"]["text"])


@pytest.mark.parametrize(
    ("column", "end", "snippet"), [(7, 8, "M"), (21, 21, "")], ids=["within a line", "at the end of a line"]
)
def test_place_without_width_is_marked_with_one_character(column: int, end: int, snippet: str) -> None:
    place = span(8, column, column)
    failure = Failure("stacks/orders.yaml", "load", "It is here.", place)
    report = make_report([make_finding(at=place)], [failure])
    text = "\n".join(render_text(report, show_open=False))
    assert f"\n8 |       MultiAZ: false\n  | {' ' * (column - 1)}^" in text
    assert "^^" not in text
    assert f"stacks/orders.yaml:8:{column}: error: It is here." in text
    run = run_of(report)
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    for entry in (notification, run["results"][0]):
        region = entry["locations"][0]["physicalLocation"]["region"]
        columns = {"startColumn": column, "endColumn": end}
        assert region == {"startLine": 8, **columns, "endLine": 8, "snippet": {"text": snippet}}


def test_table_takes_as_many_bytes_as_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    report = make_report([make_finding(S3._replace(title="T"), "a.yaml", span(1, 1, 2))] * 3)
    *_, row = render(report, "markdown")
    for room, shown in ((3, 3), (2, 2)):
        monkeypatch.setattr(markdown, "MAX_BYTES", room * (len(row.encode()) + 1))
        lines = list(render(report, "markdown"))
        assert lines.count(row) == shown
    assert lines[-2:] == ["", "1 more do not fit here; another format has them all."]


def test_failures_beyond_the_limit_of_github_are_lines_of_the_log() -> None:
    failures = [Failure(f"{number}.yaml", "load", "x") for number in range(11)]
    lines = list(render(make_report([make_finding()], failures), "github"))
    assert [line.partition(" ")[0] for line in lines[:10]] == ["::error"] * 10
    assert lines[10] == "10.yaml: error: x"
    assert lines[11].startswith("stacks/orders.yaml:8:7: error RDS-701 ")
    assert lines[12] == "GitHub shows 10 annotations of a kind for a step; 1 more stand in this log only."
