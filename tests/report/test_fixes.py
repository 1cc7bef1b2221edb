"""Fixes in SARIF and JSON: applied as they stand, they change only what they say, and the finding is gone."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

import relint
from relint.report.json_report import render_json
from relint.source.read import read_document
from tests.helpers.paths import ROOT

TEMPLATES = sorted((ROOT / "fixtures").glob("*/template.*"))


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def offset_of(text: str, line: int, column: int) -> int:
    """Return the offset of a line and a column in UTF-16 units, both from 1."""
    start = sum(len(content) + 1 for content in lines_of(text)[: line - 1])
    prefix = lines_of(text)[line - 1].encode("utf-16-le")[: 2 * (column - 1)].decode("utf-16-le")
    return start + len(prefix)


def apply(text: str, replacements: list[dict[str, Any]]) -> str:
    edits = [
        (
            offset_of(text, region["startLine"], region["startColumn"]),
            offset_of(text, region["endLine"], region["endColumn"]),
            replacement["insertedContent"]["text"],
        )
        for replacement in replacements
        for region in [replacement["deletedRegion"]]
    ]
    for start, end, inserted in sorted(edits, reverse=True):
        text = text[:start] + inserted + text[end:]
    return text


def decided(text: str, rule: str, file: str) -> list[str | None]:
    report = relint.check_text(text, name=file, ruleset="all", config=None)
    return [finding.logical_id for finding in report.findings if finding.rule.id == rule]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.parent.name)
def test_fix_of_sarif_makes_its_finding_go_away(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    report = relint.check_text(text, name=path.name, ruleset="all", config=None)
    (run,) = relint.to_sarif(report)["runs"]
    fixed = [result for result in run["results"] if "fixes" in result]
    assert bool(fixed) == (path.parent.name != "nested-shop")  # whose findings have no fixes
    for result in fixed:
        (location,) = result["locations"]
        name = next((logical["name"] for logical in location.get("logicalLocations", ())), None)
        for fix in result["fixes"]:
            (change,) = fix["artifactChanges"]
            after = apply(text, change["replacements"])
            before_count, after_count = (decided(one, result["ruleId"], path.name).count(name) for one in (text, after))
            assert after_count < before_count, fix["description"]["text"]
            assert set(read_document(after, path.name).data["Resources"]) >= set(
                read_document(text, path.name).data["Resources"]
            )
            assert fix["description"]["text"]


def test_json_report_has_the_fixes_with_their_safety() -> None:
    template = "Resources:\n  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: 'ä'}}\n"
    report = relint.check_text(template, select=["DDB-601"], config=None)
    (finding,) = json.loads("".join(render_json(report)))["findings"]
    first = finding["fixes"][0]
    assert first["title"] == "Set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled: true"
    assert (first["safety"], first["because"]) == (
        "unsafe",
        "continuous backups are paid for by the size of the table",
    )
    (edit,) = first["edits"]
    assert edit["text"] == ", PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}"
    assert edit["span"] == {"start": {"line": 2, "column": 67}, "end": {"line": 2, "column": 67}}


def test_github_gets_no_fixes_because_it_ignores_them() -> None:
    template = "Resources:\n  Orders: {Type: AWS::DynamoDB::Table}\n"
    report = relint.check_text(template, select=["DDB-601"], config=None)
    assert "fixes" in relint.to_sarif(report)["runs"][0]["results"][0]
    assert "fixes" not in relint.to_sarif(report, profile="github")["runs"][0]["results"][0]


def test_fix_that_brings_a_finding_of_another_rule_is_left_out() -> None:
    queue = "Resources: {Work: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 60}}}\n"
    report = relint.check_text(queue, name="queue.yaml", config=None)
    [finding] = json.loads("".join(render_json(report)))["findings"]
    assert (finding["rule"], finding.get("fixes", [])) == ("SQS-601", [])


def test_time_for_the_fixes_of_a_large_template_is_bounded() -> None:
    kinds = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::RDS::DBInstance")
    resources = [f"  Store{number}: {{Type: {kinds[number % 4]}}}\n" for number in range(300)]
    report = relint.check_text("Resources:\n" + "".join(resources), config=None)
    start = time.process_time()

    findings = json.loads("".join(render_json(report)))["findings"]

    assert sum(1 for finding in findings if finding.get("fixes")) > 300
    assert time.process_time() - start < 10  # about 1.5 s; each fix alone takes a minute
