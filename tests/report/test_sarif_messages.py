"""Messages and fingerprints in SARIF logs."""

from __future__ import annotations

import re

import pytest

from relint.finding import Report
from tests.helpers.report_builder import (
    ONE_LINE,
    ORDERS,
    RDS,
    SQS,
    find_span,
    make_finding,
    make_queue_finding,
    make_report,
)
from tests.helpers.sarif import results_of, run_of


def filled(result, run):
    """The message string of a result with its arguments."""
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    template = rule["messageStrings"][result["message"]["id"]]["text"]
    return re.sub(r"\{(\d+)\}", lambda match: result["message"]["arguments"][int(match[1])], template)


@pytest.mark.parametrize("profile", ["full", "github", "gitlab", "azure"])
def test_message_is_its_template_with_arguments(mixed: Report, profile: str) -> None:
    run = run_of(mixed, profile=profile)
    for result in run["results"]:
        assert result["message"]["text"] == filled(result, run)
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_placeholders_of_messages_stand_between_two_quotes_or_none(mixed: Report) -> None:
    for rule in run_of(mixed)["tool"]["driver"]["rules"]:
        for message in rule["messageStrings"].values():
            assert message["text"].endswith(".")
            assert all(before == after for before, after in re.findall(r"('?)\{\d+\}('?)", message["text"]))


def test_related_locations_are_linked_and_part_of_the_code_flow() -> None:
    (result,) = results_of(make_report([make_queue_finding()]))
    assert result["message"]["text"].endswith("gets it twice. See '[OrdersWorker, line 17](1)'.")
    (related,) = result["relatedLocations"]
    assert related["id"] == 1
    assert related["message"]["text"] == "The consumer may run for 120 seconds."
    assert related["physicalLocation"]["region"]["snippet"]["text"] == "Timeout: 120"
    flow = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["physicalLocation"]["region"]["startLine"] for step in flow] == [13, 17]


def test_at_most_five_related_locations_are_linked() -> None:
    queue = make_queue_finding()
    (result,) = results_of(make_report([make_finding(related=queue.related * 7)]))
    assert result["message"]["text"].endswith("[OrdersWorker, line 17](5) and 2 more'.")
    assert len(result["relatedLocations"]) == 7


def test_link_syntax_in_a_template_is_escaped() -> None:
    (result,) = results_of(make_report([make_finding(RDS, "t", None, "[x](1)")]))
    assert result["message"]["text"].startswith("'[x] (1)' has no standby")


def test_message_length_is_limited() -> None:
    report = make_report([make_finding(RDS, "stacks/orders.yaml", None, "x" * 5000)])
    run = run_of(report)
    assert len(run["results"][0]["message"]["text"]) == 2048
    assert run["results"][0]["message"]["text"] == filled(run["results"][0], run)


def test_findings_of_a_rule_on_one_line_have_different_fingerprints() -> None:
    findings = [make_finding(file="t.json", at=find_span(ONE_LINE, piece)) for piece in ('"A"', '"B"')]
    other = make_finding(SQS, "t.json", find_span(ONE_LINE, '"B"'), "B", "1", "C", "2")
    results = results_of(make_report([*findings, other], sources={"t.json": ONE_LINE}))
    first, second, third = (result["partialFingerprints"]["primaryLocationLineHash"] for result in results)
    assert first.endswith(":1")
    assert second == f"{first}.2"
    assert third == first, "the result of another rule keeps GitHub's own value"


def test_fingerprints_equal_those_of_github() -> None:
    results = results_of(
        make_report([make_finding(file=file) for file in ("a", "b")], sources={"a": ORDERS, "b": ORDERS})
    )
    hashes = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    assert hashes[0] == hashes[1]
    assert hashes[0].endswith(":1")


def test_fingerprint_does_not_depend_on_the_line() -> None:
    moved = make_report([make_finding(at=find_span("\n" * 7 + ORDERS, "MultiAZ: false"))])
    prints = [results_of(report)[0]["partialFingerprints"] for report in (make_report([make_finding()]), moved)]
    assert prints[0]["relintLogicalPath/v1"] == prints[1]["relintLogicalPath/v1"]
