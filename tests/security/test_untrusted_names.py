"""Hostile names and values remain names and values in every format.

No format is opened by a spreadsheet (there is no CSV), so a "=" at the beginning of a name is left as it is.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

from tests.helpers.command_line import run_relint

HOSTILE = (
    "a\n::error::x",
    "%0A::error file=x::y",
    "a|b`c`",
    "<script>alert(1)</script>",
    "\x1b]0;owned\x07\x1b[2J",
    "]]>&lt;",
    "\u202e\u2028\x85\x9b31m",
    "=HYPERLINK(1)",
    "##vso[task.complete]",
    "\ud800",
)
FORMATS = ("text", "concise", "json", "sarif", "junit", "gitlab", "github", "markdown")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the output of a run on templates with hostile ids, values and file names, by format and stream."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "relint.yaml").write_text("root: true\n", encoding="utf-8")
    for number, text in enumerate(HOSTILE):
        database = {"Engine": text, "MultiAZ": {"Fn::If": [text, {"Ref": text}, False]}, "BackupRetentionPeriod": text}
        data = {
            "Parameters": {text: {"Type": "String", "Default": text, "AllowedValues": [text, "true"]}},
            "Conditions": {text: {"Fn::Equals": [{"Ref": text}, "true"]}},
            "Resources": {
                text: {"Type": "AWS::RDS::DBInstance", "Properties": database, "Metadata": {"aws:cdk:path": text}},
                f"{text}2": {"Type": "AWS::RDS::DBInstance", "Properties": {"Engine": "mysql"}, "Condition": text},
                f"{text}3": {"Type": "AWS::SQS::Queue", "Properties": {"RedrivePolicy": {"maxReceiveCount": text}}},
            },
        }
        name = re.sub("[\0/\ud800]", "", text)[:40]
        (folder / f"{number}{name}.json").write_text(json.dumps(data), encoding="utf-8")
    outputs = [f"--output={kind}={kind}.out" for kind in FORMATS]
    options = ["--no-cache", "--ruleset=all", "--show-open", "--format=text"]
    result = run_relint("check", ".", *outputs, *options, cwd=folder, SOURCE_DATE_EPOCH="0")
    assert result.exit_code == 1, result.stderr
    written = {kind: (folder / f"{kind}.out").read_bytes().decode("utf-8") for kind in FORMATS}
    return {**written, "stdout": result.stdout, "stderr": result.stderr}


@pytest.mark.parametrize("kind", [*FORMATS, "stdout", "stderr"])
def test_no_control_character_is_written(outputs: dict[str, str], kind: str) -> None:
    assert not re.findall("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", outputs[kind])


@pytest.mark.parametrize("kind", [*FORMATS, "stdout"])
def test_hostile_names_are_reported(outputs: dict[str, str], kind: str) -> None:
    assert "HYPERLINK" in outputs[kind]
    assert "owned" in outputs[kind]


@pytest.mark.parametrize("kind", ["text", "concise", "github", "markdown", "stdout", "stderr"])
def test_no_line_starts_a_pipeline_command(outputs: dict[str, str], kind: str) -> None:
    """GitHub takes commands anywhere at the beginning of a line, Azure "##vso[" at the beginning of one."""
    lines = [line.strip() for line in outputs[kind].splitlines()]
    if kind == "github":
        lines = [line for line in lines if not re.match(r"::(error|warning|notice) file=[^:,]*,line=\d+,", line)]
    assert not [line for line in lines if re.match(r"::\w|##\[|##vso\[", line)]


def test_annotation_is_one_line_and_percent_signs_are_escaped(outputs: dict[str, str]) -> None:
    annotations = [line for line in outputs["github"].splitlines() if line.startswith("::")]
    assert annotations
    for line in annotations:
        assert line.count("::") >= 2
        properties = line.split("::")[1]
        assert not re.search("%(?!25|3A|2C|0A|0D)", properties)
        assert "%0A" not in line
    assert "%250A" in outputs["github"]


def test_concise_and_table_have_a_line_for_each_finding(outputs: dict[str, str]) -> None:
    count = sum(1 for one in json.loads(outputs["json"])["findings"] if not one["suppression"])
    assert len(outputs["concise"].splitlines()) == count
    rows = [line for line in outputs["markdown"].splitlines() if line.startswith("|")][2:]
    assert len(rows) == count
    for row in rows:
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 5, row
        outside = re.sub("`[^`]*`", "", row.replace("\\`", ""))
        assert not re.search(r"<script|(?<!\\)\[", outside), row


def test_documents_are_well_formed(outputs: dict[str, str]) -> None:
    root = ElementTree.fromstring(outputs["junit"])
    assert {one.tag for one in root.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "skipped",
        "error",
        "system-out",
    }
    for kind in ("json", "sarif", "gitlab"):
        json.loads(outputs[kind])
