"""The functions of the library return reports."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import relint
from tests.helpers.command_line import run_python
from tests.helpers.rules import rule_text

TEMPLATE = "Resources:\n  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}\n"


def test_check_text_reports_file_line_and_rule() -> None:
    report = relint.check_text(TEMPLATE, file="orders.yaml", select=["RDS-701"])
    (finding,) = report.findings
    assert (finding.file, finding.span.start.line, finding.rule.name) == ("orders.yaml", 2, "rds-multi-az")
    assert finding.verdict == "fail"


def test_check_takes_paths_of_any_kind(tmp_path: Path) -> None:
    (tmp_path / "orders.yaml").write_text(TEMPLATE, encoding="utf-8")
    assert relint.check(tmp_path).findings == relint.check(str(tmp_path)).findings != ()


def test_check_text_is_the_same_in_many_threads() -> None:
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda _: relint.check_text(TEMPLATE), range(40)))
    assert all(report.findings == reports[0].findings for report in reports)


def test_text_that_is_not_a_template_is_a_failure() -> None:
    report = relint.check_text("a: 1")
    assert ["no CloudFormation template" in failure.message for failure in report.failures] == [True]


def test_unknown_rule_raises_an_option_error() -> None:
    with pytest.raises(relint.OptionError, match="RDS-999"):
        relint.check_text(TEMPLATE, select=["RDS-999"])


TWICE = "Resources:\n  A: {Type: AWS::SNS::Topic}\n  A: {Type: AWS::SQS::Queue}\n"
INCLUDE_TWICE = """{"Resources": {"Fn::Transform": {"Name": "AWS::Include"}},
"Parameters": {},
"Parameters": {}}"""
MACRO_TWICE = "Transform: Some::Macro\nResources:\n  A:\n    Type: B\n    Type: C\n"


@pytest.mark.parametrize(
    ("text", "first", "last", "level"),
    [
        pytest.param(TWICE, 2, 3, "error", id="YAML"),
        pytest.param(INCLUDE_TWICE, 2, 3, "warning", id="JSON without a resource"),
        pytest.param(MACRO_TWICE, 4, 5, "warning", id="a macro"),
    ],
)
def test_duplicate_key_is_a_finding_with_both_lines(text: str, first: int, last: int, level: str) -> None:
    report = relint.check_text(text, select=["CFN-001"])
    assert report.failures == ()
    [finding] = report.findings
    [related] = finding.related
    assert (finding.span.start.line, related.span.start.line, finding.level) == (first, last, level)
    assert f"line {last}" in finding.message


@pytest.mark.parametrize("comment_line", [1, 2])
def test_duplicate_key_is_accepted_by_a_comment_at_the_first_place(comment_line: int) -> None:
    lines = TWICE.splitlines()
    lines[comment_line - 1] += "  # relint: ignore[keys-are-unique] both are tried"
    [finding] = relint.check_text("\n".join(lines), select=["CFN-001"]).findings
    assert (finding.suppression is not None) == (comment_line == 2)


def test_crash_of_a_rule_is_a_failure_and_other_rules_still_run(tmp_path: Path) -> None:
    rule = rule_text("check: no-such-check\n", id="ACME-701")
    (tmp_path / "crashes.yaml").write_text(rule, encoding="utf-8")
    report = relint.check_text(TEMPLATE, rules=[tmp_path], select=["ACME-701", "RDS-701"])
    assert [finding.rule.id for finding in report.findings] == ["RDS-701"]
    assert [failure.stage for failure in report.failures] == ["check"]
    assert "ACME-701" in report.failures[0].message


def test_import_loads_at_most_three_modules() -> None:
    code = "import sys; before = set(sys.modules); import relint; print(len(set(sys.modules) - before))"
    assert int(run_python("-c", code).stdout) <= 3


def test_every_public_name_exists() -> None:
    assert all(getattr(relint, name) is not None for name in relint.__all__)


def test_check_and_check_text_pass_every_argument_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    condition = "Conditions: {Bad: !Equals [!Ref AWS::Region, eu-west-1]}\n"
    template = condition + TEMPLATE.replace("mysql", "mysql, MultiAZ: !If [Bad, false, true]")
    (tmp_path / "a.yaml").write_text(template, encoding="utf-8")
    (tmp_path / "values.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "rule.yaml").write_text(
        rule_text("assert: [{path: $.Properties.DBName, exists: true}]\n", id="ACME-701"), encoding="utf-8"
    )
    own = "root: true\nenvironments: {prod: {severity: {ACME-701: note}}}\n"
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    arguments = {
        "parameters": {"AWS::Region": "eu-west-1"},
        "select": ["ACME", "RDS-7", "RDS-602"],
        "ignore": ["RDS-602"],
        "ruleset": "all",
        "rules": ["acme"],
        "settings": {"severity": {"RDS-701": "error"}},
        "environment": "prod",
        "config": "own.yaml",
        "skip_non_templates": True,
    }
    for report in (relint.check("a.yaml", "values.yaml", **arguments), relint.check_text(template, **arguments)):
        found = {finding.rule.id: (finding.verdict, finding.level) for finding in report.findings}
        assert found["RDS-701"] == ("fail", "error")
        assert found["ACME-701"] == ("fail", "note")
        assert "RDS-602" not in found
        assert not report.failures
    assert relint.check_text("a: 1", **arguments).failures
    assert not relint.check_text("a: 1", allow_empty=True, **arguments).failures
    assert not relint.check("values.yaml", allow_empty=True, **arguments).failures
    seen: list[str] = []
    relint.check("a.yaml", "values.yaml", progress=seen.append, **arguments)
    assert "a.yaml" in seen


def test_open_results_are_apart_from_findings() -> None:
    template = """Parameters: {Size: {Type: String, Default: a}}
Conditions: {Large: !Equals [!Ref Size, b]}
Resources:
  Fails: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: false}}
  Differs: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !If [Large, false, true]}}
  Unknown: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !ImportValue Standby}}
"""
    report = relint.check_text(template, select=["RDS-701"])
    assert [(finding.logical_id, finding.verdict) for finding in report.findings] == [
        ("Fails", "fail"),
        ("Differs", "review"),
    ]
    assert [(result.logical_id, result.verdict) for result in report.open] == [("Unknown", "open")]
    assert report.results == (*report.findings, *report.open)
