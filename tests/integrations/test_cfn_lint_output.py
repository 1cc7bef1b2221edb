"""Output of cfn-lint as findings, from a program that prints what cfn-lint does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import relint
from relint.errors import OptionError
from relint.finding import Report
from relint.integrations.cfn_lint import add_cfn_lint_findings
from relint.report.formats import render

DATABASE = "Resources:\n  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: true}}\n"
SOURCE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sns-topic.html"


def match(rule: str, file: str = "a.yaml", line: int = 2, **changes: Any) -> dict[str, Any]:
    """Return an entry of `cfn-lint --format json`."""
    described = {"Id": rule, "ShortDescription": "Short", "Description": "Long", "Source": SOURCE}
    return {
        "Filename": file,
        "Location": {
            "Start": {"LineNumber": line, "ColumnNumber": 3},
            "End": {"LineNumber": line, "ColumnNumber": 11},
            "Path": ["Resources", "Database", "Properties"],
        },
        "Message": "'Nmae' is not expected.\n",
        "Rule": {**described, **changes.pop("described", {})},
        **changes,
    }


@pytest.fixture
def cfn_lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that writes down its arguments, and prints the file `output` and exits with the content of `code`."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "cfn-lint"
    lines = ["#!/bin/sh", 'echo "$*" >> ../arguments', "cat ../output", "cat ../errors >&2", "exit $(cat ../code)"]
    program.write_text("\n".join(lines), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(tmp_path / "bin" / "python"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    Path("a.yaml").write_text(DATABASE, encoding="utf-8")
    answer(tmp_path)
    return tmp_path


def answer(folder: Path, output: str = "[]", code: int = 0, errors: str = "") -> None:
    for name, text in (("output", output), ("code", str(code)), ("errors", errors)):
        (folder / name).write_text(text, encoding="utf-8")


def report_with(folder: Path, *matches: dict[str, Any]) -> Report:
    answer(folder, json.dumps(matches), 2)
    return add_cfn_lint_findings(relint.check("a.yaml", config=None, select=["RDS-602"]))


def test_match_becomes_a_finding(cfn_lint: Path) -> None:
    report = report_with(cfn_lint, match("E3002"))
    (finding,) = (one for one in report.findings if one.rule.id == "E3002")
    assert finding.message.replace("'", '"') == 'cfn-lint finds: "Nmae" is not expected.'
    assert (finding.file, finding.verdict, finding.level) == ("a.yaml", "fail", "error")
    assert (finding.path, finding.logical_id) == (("Resources", "Database", "Properties"), "Database")
    start, end = finding.span
    assert (start.line, start.column, end.line, end.column) == (2, 3, 2, 11)
    rule = finding.rule
    assert (rule.name, rule.title, rule.priority, rule.pillar, rule.resources, rule.file) == (
        "cfn-lint-e3002",
        "Short",
        "P1",
        (),
        (),
        "",
    )
    assert (rule.rationale, rule.fix, rule.references, rule.equivalents) == (
        "Long",
        "See the rules of cfn-lint.",
        (SOURCE,),
        {},
    )
    assert report.sources == {"a.yaml": DATABASE}
    assert [rule.id for rule in report.rules] == ["E3002", "RDS-602"]
    assert "'Nmae' is not expected" in "\n".join(render(report, "text")).replace('"', "'")
    relint.to_sarif(report)


@pytest.mark.parametrize(("rule", "level"), [("E1", "error"), ("W1", "warning"), ("I1", "note"), ("X1", "warning")])
def test_first_letter_is_the_level(cfn_lint: Path, rule: str, level: str) -> None:
    assert [one.level for one in report_with(cfn_lint, match(rule)).findings if one.rule.id == rule] == [level]


@pytest.mark.parametrize(
    ("path", "logical_id"),
    [(["Resources", "A", 0], "A"), (["Resources"], None), (["Outputs", "A"], None), ([], None), (None, None)],
)
def test_resource_is_in_the_path(cfn_lint: Path, path: list[Any] | None, logical_id: str | None) -> None:
    entry = match("E1")
    entry["Location"]["Path"] = path
    (finding,) = (one for one in report_with(cfn_lint, entry).findings if one.rule.id == "E1")
    assert (finding.path, finding.logical_id) == (tuple(path or ()), logical_id)


@pytest.mark.parametrize(
    ("rule", "message", "stays"),
    [
        ("ETOPO702", "'A' lies in one zone. (TOPO-702)", False),
        ("IRDS701", "'A' has no standby. (RDS-701)", False),
        ("WNEW999", "A rule of a later version. (NEW-999)", False),
        ("ERELINT", "relint: the key 'selekt' is unknown", False),
        ("E3002", "'Nmae' is not expected (RDS-701)", True),
        ("WRDS701", "A rule of the user that has a similar id", True),
    ],
)
def test_findings_of_relint_in_cfn_lint_do_not_come_twice(cfn_lint: Path, rule: str, message: str, stays: bool) -> None:
    report = report_with(cfn_lint, match(rule, Message=message))
    assert (rule in [one.rule.id for one in report.findings]) is stays


def test_rule_without_texts_has_its_id_as_title(cfn_lint: Path) -> None:
    missing = {"ShortDescription": "", "Description": None, "Source": "http://example.com"}
    (finding,) = (one for one in report_with(cfn_lint, match("E1", described=missing)).findings if one.rule.id == "E1")
    assert (finding.rule.title, finding.rule.rationale, finding.rule.references) == ("E1", "E1", ())


def test_findings_of_both_are_in_one_order(cfn_lint: Path) -> None:
    Path("b.yaml").write_text(DATABASE.replace("mysql", "mysql, BackupRetentionPeriod: 1"), encoding="utf-8")
    answer(cfn_lint, json.dumps([match("W9", "b.yaml", 1), match("E1", "b.yaml", 2), match("E2", "a.yaml", 2)]), 4)
    report = add_cfn_lint_findings(relint.check(".", config=None, select=["RDS-602"]), ["eu-west-1", "eu-west-3"])
    assert [(one.file, one.rule.id) for one in report.findings if one.verdict == "fail"][:1] == [("a.yaml", "E2")]
    assert [rule.id for rule in report.rules] == ["E1", "E2", "RDS-602", "W9"]
    assert list(report.sources) == ["a.yaml", "b.yaml"]
    arguments = (cfn_lint / "arguments").read_text(encoding="utf-8")
    assert arguments == "--format json --regions eu-west-1 eu-west-3 --template a.yaml b.yaml\n"


def test_regions_are_left_to_cfn_lint_by_default(cfn_lint: Path) -> None:
    add_cfn_lint_findings(relint.check("a.yaml", config=None))
    assert (cfn_lint / "arguments").read_text(encoding="utf-8") == "--format json --template a.yaml\n"


def test_many_templates_are_given_in_parts(cfn_lint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relint.integrations.cfn_lint._BATCH_SIZE", 2)
    add_cfn_lint_findings(Report(templates=("a", "b", "c", "d", "e")))
    lines = (cfn_lint / "arguments").read_text(encoding="utf-8").splitlines()
    assert [line.partition("--template ")[2] for line in lines] == ["a b", "c d", "e"]


@pytest.mark.parametrize(
    ("output", "code", "errors", "message"),
    [
        ("no JSON", 0, "", "cfn-lint does not work: no JSON"),
        ("{", 1, "Traceback\nValueError: it's broken\n", 'cfn-lint does not work: ValueError: it"s broken'),
        ("[]", 1, "Traceback\nValueError: x\n\n", "cfn-lint does not work: ValueError: x"),
        ("", 1, "", "cfn-lint does not work: "),
    ],
)
def test_failure_of_cfn_lint_is_one_sentence(cfn_lint: Path, output: str, code: int, errors: str, message: str) -> None:
    answer(cfn_lint, output, code, errors)
    with pytest.raises(OptionError) as error:
        add_cfn_lint_findings(Report(templates=("a.yaml",)))
    assert error.value.message.replace("'", '"') == message


@pytest.mark.parametrize(("output", "code"), [("[]", 0), ("", 0), ("[17]", 0)])
def test_cfn_lint_may_find_nothing(cfn_lint: Path, output: str, code: int) -> None:
    answer(cfn_lint, output, code)
    report = Report(templates=("a.yaml",))
    assert add_cfn_lint_findings(report) == report


def test_missing_cfn_lint_is_an_error_with_a_remedy(cfn_lint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (cfn_lint / "bin" / "cfn-lint").rename(cfn_lint / "bin" / "other")
    monkeypatch.setenv("PATH", str(cfn_lint))
    with pytest.raises(OptionError) as error:
        add_cfn_lint_findings(Report(templates=("a.yaml",)))
    assert error.value.message == "cfn-lint is not installed here; run: pip install cfn-lint"


def test_duplicate_keys_are_one_finding_of_cfn_lint_in_each_file(cfn_lint: Path) -> None:
    first = match("E0000", line=2, Message="Duplicate found 'Database' (line 2)")
    second = match("E0000", line=3, Message="Duplicate found 'Database' (line 3)")
    other = match("E0000", line=4, Message="found unhashable key")
    findings = report_with(cfn_lint, first, second, other).findings
    assert [finding.message for finding in findings if finding.rule.id == "E0000"] == [
        'cfn-lint finds: Duplicate found "Database" (line 2), so cfn-lint checks nothing else in this file.',
        "cfn-lint finds: found unhashable key.",
    ]
