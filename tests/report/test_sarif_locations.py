"""Locations in SARIF logs: regions, context, URIs, logical locations."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from relint.finding import Failure
from relint.report.sarif.log import to_sarif
from relint.source.location import Position, Span
from tests.helpers.report_builder import (
    ONE_LINE,
    ORDERS,
    find_span,
    make_finding,
    make_report,
)
from tests.helpers.sarif import region_of, results_of, units

TEXTS = [
    pytest.param(ORDERS, "MultiAZ: false", id="YAML"),
    pytest.param(ORDERS, "Value: orders", id="after an emoji"),
    pytest.param("A:\n\tB: 1\n\tC: 2\n", "C: 2", id="after a tab"),
    pytest.param("A:\r\n  B: 1\r\n  C: 2\r\n", "B: 1", id="with CRLF"),
    pytest.param(ONE_LINE, '"B":{"Type"', id="in one-line JSON"),
    pytest.param('{\n  "A": "\N{PACKAGE}\N{PACKAGE}", "B": 1\n}\n', '"B": 1', id="in JSON after two emojis"),
    pytest.param("A: 1\nB: 2", "B: 2", id="on a last line without line break"),
]


@pytest.mark.parametrize(("text", "piece"), TEXTS)
def test_region_equals_the_snippet(text: str, piece: Any) -> None:
    (result,) = results_of(make_report([make_finding(file="t", at=find_span(text, piece))], sources={"t": text}))
    region = region_of(result)
    line = re.split(r"\r\n|\r|\n", text)[region["startLine"] - 1]
    assert region["startLine"] == region["endLine"]
    assert units(line, region["startColumn"], region["endColumn"]) == region["snippet"]["text"] == piece


@pytest.mark.parametrize(("text", "piece"), TEXTS)
def test_context_contains_the_snippet(text: str, piece: Any) -> None:
    (result,) = results_of(make_report([make_finding(file="t", at=find_span(text, piece))], sources={"t": text}))
    context = result["locations"][0]["physicalLocation"]["contextRegion"]
    assert piece in context["snippet"]["text"] in text
    assert len(context["snippet"]["text"]) > len(piece)


def test_context_has_two_lines_on_either_side() -> None:
    text = "".join(f"L{n}: {n}\n" for n in range(1, 10))
    (result,) = results_of(make_report([make_finding(file="t", at=find_span(text, "L5"))], sources={"t": text}))
    assert result["locations"][0]["physicalLocation"]["contextRegion"] == {
        "startLine": 3,
        "endLine": 7,
        "snippet": {"text": "L3: 3\nL4: 4\nL5: 5\nL6: 6\nL7: 7"},
    }


@pytest.mark.parametrize("text", ["A: 1", "A: 1\n"], ids=["without line break", "with a line break"])
def test_file_of_one_line_has_no_context(text: str) -> None:
    (result,) = results_of(make_report([make_finding(file="t", at=find_span(text, "A: 1"))], sources={"t": text}))
    assert "contextRegion" not in result["locations"][0]["physicalLocation"]


def test_context_of_a_very_long_line_is_cut_around_the_finding() -> None:
    text = '{"A":"' + "x" * 5000 + '","B":1,"C":"' + "\N{PACKAGE}" * 5000 + '"}'
    (result,) = results_of(make_report([make_finding(file="t", at=find_span(text, '"B":1'))], sources={"t": text}))
    context = result["locations"][0]["physicalLocation"]["contextRegion"]
    assert context["snippet"]["text"] == text[text.index('"B":1') - 100 : text.index('"B":1') + 105]
    assert units(text, context["startColumn"], context["endColumn"]) == context["snippet"]["text"]


def test_span_of_several_lines_is_reported_on_its_first() -> None:
    text = "A:\n  B:  \n    C: 1\n"
    span = Span(Position(2, 3), Position(3, 9))
    region = region_of(results_of(make_report([make_finding(file="t", at=span)], sources={"t": text}))[0])
    assert region == {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 5, "snippet": {"text": "B:"}}


def test_no_column_is_past_the_end_of_the_line() -> None:
    span = Span(Position(1, 3), Position(1, 99))
    region = region_of(results_of(make_report([make_finding(file="t", at=span)], sources={"t": "A: 1\n"}))[0])
    assert region["endColumn"] == 5


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        pytest.param("stacks/a b#1.yaml", "stacks/a%20b%231.yaml", id="is percent-encoded"),
        pytest.param("st\N{LATIN SMALL LETTER A WITH DIAERESIS}.yaml", "st%C3%A4.yaml", id="is UTF-8"),
        pytest.param("./a.yaml", "a.yaml", id="has no dot"),
        pytest.param("../other/a.yaml", "other/a.yaml", id="stays within the root"),
        pytest.param("/home/someone/a.yaml", "a.yaml", id="tells nobody's home"),
        pytest.param("C:/Users/Someone/a.yaml", "a.yaml", id="tells nobody's home on Windows"),
        pytest.param("a:b.yaml", "a%3Ab.yaml", id="has no scheme"),
    ],
)
def test_file_name_becomes_a_uri(file: str, uri: str) -> None:
    location = results_of(make_report([make_finding(file=file)], sources={file: ORDERS}))[0]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_absolute_paths_stay_distinct() -> None:
    files = ["/home/someone/x/a.yaml", "/home/someone/xy/a.yaml"]
    results = results_of(make_report([make_finding(file=file) for file in files], sources=dict.fromkeys(files, ORDERS)))
    assert [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results] == [
        "x/a.yaml",
        "xy/a.yaml",
    ]


def test_failures_contain_no_home_directory() -> None:
    failure = Failure("/home/someone/a.yaml", "load", "'/home/someone/a.yaml' is empty.")
    assert "someone" not in json.dumps(to_sarif(make_report(failures=[failure])))


def test_resources_and_constructs_are_logical_locations() -> None:
    (result,) = results_of(make_report([make_finding(cdk_path="Orders/Db/Resource")]))
    assert result["locations"][0]["logicalLocations"] == [
        {"name": "OrdersDb", "fullyQualifiedName": "Resources.OrdersDb", "kind": "resource"},
        {"name": "Resource", "fullyQualifiedName": "Orders/Db/Resource", "kind": "cdkConstruct"},
    ]
