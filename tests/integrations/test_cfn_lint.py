"""Integration with cfn-lint: rules of relint in cfn-lint, and findings of cfn-lint in reports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import jsonschema
import pytest

import relint
from relint.integrations.cfn_lint import add_cfn_lint_findings
from relint.integrations.cfn_lint_rules import SEVERITY_LETTERS, cfn_lint_id
from relint.report.severity import effective_severity, visible_findings
from tests.helpers.command_line import run_relint_process
from tests.helpers.paths import DATA, ROOT

pytestmark = pytest.mark.slow
FRAGILE = ROOT / "fixtures" / "fragile-web" / "template.yaml"
CFN_LINT = str(Path(sys.executable).parent / "cfn-lint")
SCHEMA = DATA / "sarif_schema"


def cfn_lint(*arguments: str, cwd: Path, text: str | None = None) -> list[dict[str, object]]:
    command = [CFN_LINT, "--format", "json", *arguments]
    done = subprocess.run(command, cwd=cwd, input=text, capture_output=True, text=True, check=False)
    assert not done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def ids(matches: list[dict[str, object]]) -> list[str]:
    return sorted(one["Rule"]["Id"] for one in matches if "(" in str(one["Message"]) and len(one["Rule"]["Id"]) > 5)  # type: ignore[index]


def test_every_rule_has_its_own_id_in_cfn_lint() -> None:
    rules = relint.load_rules()
    ids = {cfn_lint_id(rule, letter) for rule in rules for letter in SEVERITY_LETTERS.values()}
    assert len(ids) == len(rules) * len(SEVERITY_LETTERS)


@pytest.mark.parametrize("by", ["option", "cfnlintrc", "standard input"])
def test_cfn_lint_reports_the_findings_of_relint(tmp_path: Path, by: str) -> None:
    text = FRAGILE.read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    if by == "option":
        matches = cfn_lint("--append-rules", "relint.cfnlint", "-t", "a.yaml", cwd=tmp_path)
    elif by == "cfnlintrc":
        (tmp_path / ".cfnlintrc").write_text("append_rules: [relint.cfnlint]\n", encoding="utf-8")
        matches = cfn_lint("a.yaml", cwd=tmp_path)
    else:
        matches = cfn_lint("--append-rules", "relint.cfnlint", cwd=tmp_path, text=text)
    findings = visible_findings(relint.check_text(text, "a.yaml"), show_open=False)
    expected = sorted(
        cfn_lint_id(finding.rule, SEVERITY_LETTERS[effective_severity(finding)])
        for finding in findings
        if effective_severity(finding) != "info"
    )
    assert expected
    assert ids(matches) == expected


def test_configuration_of_relint_applies_in_cfn_lint(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FRAGILE.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "relint.yaml").write_text("root: true\nselect: [RDS-604]\n", encoding="utf-8")
    assert ids(cfn_lint("--append-rules", "relint.cfnlint", "-t", "a.yaml", cwd=tmp_path)) == ["WRDS604"]
    (tmp_path / "relint.yaml").write_text("root: true\nselekt: [RDS-604]\n", encoding="utf-8")
    (failure,) = [
        one
        for one in cfn_lint("--append-rules", "relint.cfnlint", "-t", "a.yaml", cwd=tmp_path)
        if str(one["Message"]).startswith("relint:")
    ]
    assert "did you mean 'select'" in str(failure["Message"])


def test_findings_of_both_tools_are_in_one_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text("Resources: {Topic: {Type: AWS::SNS::Topic, Properties: {Nmae: x}}}\n", encoding="utf-8")
    report = add_cfn_lint_findings(relint.check("a.yaml", config=None))
    (finding,) = [finding for finding in report.findings if finding.rule.id.startswith("E")]
    assert finding.level == "error"
    assert "Nmae" in finding.message
    assert (finding.span.start.line, finding.logical_id) == (1, "Topic")
    schema = json.loads(next(SCHEMA.glob("*.json")).read_text(encoding="utf-8"))
    log = relint.to_sarif(report)
    jsonschema.Draft7Validator(schema).validate(log)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == [
        finding.rule.id for finding in report.findings
    ]
    done = run_relint_process("check", "a.yaml", "--with", "cfn-lint", "--format", "concise")
    assert done.exit_code == 1
    assert " error E3002 cfn-lint finds:" in done.stdout


def test_both_halves_of_the_integration_report_each_finding_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(FRAGILE.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / ".cfnlintrc").write_text("append_rules: [relint.cfnlint]\n", encoding="utf-8")
    alone = relint.check("a.yaml", config=None)
    both = add_cfn_lint_findings(alone)
    assert [one for one in both.findings if not one.rule.name.startswith("cfn-lint-")] == list(alone.findings)
    assert not [one.rule.id for one in both.findings if len(one.rule.id) > 5 and "-" not in one.rule.id]


def test_every_format_contains_the_findings_of_cfn_lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from relint.report.formats import render

    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text("Resources: {Topic: {Type: AWS::SNS::Topic, Properties: {Nmae: x}}}\n", encoding="utf-8")
    report = add_cfn_lint_findings(relint.check("a.yaml", config=None))
    for format_name in ("text", "concise", "json", "junit", "gitlab", "github", "markdown"):
        assert "E3002" in "\n".join(render(report, format_name)), format_name


def test_message_about_missing_cfn_lint_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("Resources: {Topic: {Type: AWS::SNS::Topic}}\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "empty"], cwd=tmp_path, check=True)
    python = next(tmp_path.glob("empty/bin/python"))
    paths = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
    done = subprocess.run(
        [python, "-m", "relint", "check", "a.yaml", "--with", "cfn-lint"],
        cwd=tmp_path,
        env={**os.environ, "PATH": "", "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "pip install cfn-lint" in done.stderr
    assert "Traceback" not in done.stderr
