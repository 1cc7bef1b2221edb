"""Reports for programs are complete, valid, and safe for hostile names and texts."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema
import pytest

import relint
from relint.finding import Failure, Report
from relint.report.formats import render
from relint.report.github import MAX_ANNOTATIONS
from relint.report.json_report import report_schema
from tests.helpers.command_line import run_relint

FORMATS = ("text", "concise", "json", "junit", "gitlab", "github", "markdown")
HOSTILE = "db::error::\x1b[31m|<script>`${{secrets}}`]]>"
TEMPLATE = """Parameters: {Zone: {Type: String}}
Resources:
  Database:
    {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, BackupRetentionPeriod: 14, DeletionProtection: true}}
  Kept: # relint: ignore[CFN-601, CFN-602, RDS-701] it is rebuilt nightly
    {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, BackupRetentionPeriod: 14, DeletionProtection: true}}
"""


def report_of_template() -> Report:
    report = relint.check_text(TEMPLATE, "stacks/a.yaml")
    assert report.findings
    return report


def render_as(report: Report, format_name: str) -> str:
    return "\n".join(render(report, format_name)) + "\n"


@pytest.mark.parametrize("format_name", FORMATS)
def test_failures_are_visible_in_every_format(format_name: str) -> None:
    text = render_as(relint.check_text("Resources: [", "broken.yaml"), format_name)
    assert "broken.yaml" in text
    assert "A value was expected here" in text


@pytest.mark.parametrize("format_name", FORMATS)
def test_unknown_rule_is_visible_in_every_format(tmp_path: Path, format_name: str) -> None:
    (tmp_path / "a.yaml").write_text(TEMPLATE, encoding="utf-8")
    done = run_relint("check", "a.yaml", "--select", "NOPE-1", "--output", f"{format_name}=out", cwd=tmp_path)
    assert done.exit_code == 2
    assert "NOPE-1" in done.stderr
    assert "NOPE" in (tmp_path / "out").read_text(encoding="utf-8")


@pytest.mark.parametrize("format_name", FORMATS)
def test_hostile_text_is_escaped_in_every_format(format_name: str) -> None:
    finding = (
        report_of_template()
        .findings[0]
        ._replace(file=f"a\n{HOSTILE}.yaml", message=f"'{HOSTILE}'\n::warning::x", logical_id=HOSTILE)
    )
    text = render_as(Report((finding,), (Failure(HOSTILE, "load", HOSTILE),), templates=(finding.file,)), format_name)
    assert "\x1b" not in text
    assert not re.search("^::warning::x", text, re.MULTILINE)
    assert not re.search("^::error::", text, re.MULTILINE)
    if format_name == "junit":
        ElementTree.fromstring(text)
    if format_name == "markdown":
        assert "<script>" not in re.sub("`[^`]*`", "", text)
    if format_name in ("json", "gitlab"):
        json.loads(text)


def test_json_report_is_complete_and_valid() -> None:
    report = report_of_template()
    data = json.loads(render_as(report, "json"))
    jsonschema.Draft7Validator(report_schema()).validate(data)
    assert len(data["findings"]) == len(report.findings)
    suppressed = next(finding for finding in data["findings"] if finding["suppression"])
    assert suppressed["suppression"] == {
        "kind": "inSource",
        "justification": "it is rebuilt nightly",
        "owner": None,
        "until": None,
    }
    assert suppressed["pointer"].startswith("/Resources/Kept")


def test_junit_report_has_the_structure_that_jenkins_requires() -> None:
    root = ElementTree.fromstring(render_as(report_of_template(), "junit"))
    assert root.tag == "testsuites"
    assert set(root.attrib) == {"name", "tests", "failures", "errors", "time"}
    cases = 0
    for suite in root:
        assert set(suite.attrib) == {"name", "tests", "failures", "errors", "skipped", "time"}
        assert [case.tag for case in suite] == ["testcase"] * int(suite.attrib["tests"])
        assert {case for one in suite for case in one.attrib} == {"classname", "name", "time"}
        for element, count in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert len(suite.findall(f"testcase/{element}")) == int(suite.attrib[count])
        cases += len(suite)
    assert root.attrib["tests"] == str(cases)
    assert [one.attrib["message"] for one in root.iter("skipped")] == ["suppressed: it is rebuilt nightly"]


def test_junit_of_a_clean_template_is_one_passed_test() -> None:
    report = relint.check_text("Resources: {Topic: {Type: AWS::SNS::Topic}}", "clean.yaml", select=["RDS-701"])
    root = ElementTree.fromstring(render_as(report, "junit"))
    assert [(suite.attrib["name"], suite.attrib["tests"], suite.attrib["failures"]) for suite in root] == [
        ("clean.yaml", "1", "0")
    ]


def test_gitlab_report_has_the_required_fields_and_unique_fingerprints() -> None:
    report = report_of_template()
    twice = report._replace(results=(*report.results, *report.results))
    entries = json.loads(render_as(twice, "gitlab"))
    assert {key for entry in entries for key in entry} == {
        "description",
        "check_name",
        "fingerprint",
        "severity",
        "location",
    }
    assert {entry["severity"] for entry in entries} <= {"info", "minor", "major", "critical", "blocker"}
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    assert all(not os.path.isabs(entry["location"]["path"]) for entry in entries)


def test_github_annotations_are_the_most_severe_findings_and_a_count() -> None:
    finding = report_of_template().findings[0]
    notes = tuple(finding._replace(level="note") for _ in range(2))
    warnings = tuple(finding._replace(level="warning") for _ in range(MAX_ANNOTATIONS + 3))
    text = render_as(Report((*notes, *warnings)), "github").splitlines()
    commands = [line.split(" ")[0] for line in text if line.startswith("::")]
    assert commands == ["::warning"] * MAX_ANNOTATIONS + ["::notice"] * 2
    assert "3 more stand in this log only" in text[-2]


def test_markdown_stays_within_the_size_limit_of_a_step() -> None:
    finding = report_of_template().findings[0]._replace(message="x" * 10_000)
    text = render_as(Report((finding,) * 200), "markdown")
    assert len(text.encode()) < 1024 * 1024
    assert "more do not fit here" in text
