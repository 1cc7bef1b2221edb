"""Rules about how a text is written, in files that other templates deploy or include."""

from __future__ import annotations

from pathlib import Path

import relint
from tests.helpers.rules import rule_text

CONDITIONAL_PARENT = """
Parameters: {Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}}
Conditions: {Live: !Equals [!Ref Stage, prod]}
Resources: {Child: {Type: AWS::CloudFormation::Stack, Condition: Live, Properties: {TemplateURL: child.yaml}}}
"""
TWICE = "Resources:\n  A: {Type: AWS::SNS::Topic}\n  A: {Type: AWS::SQS::Queue}\n"


def test_duplicate_key_fails_in_a_stack_that_only_other_deployments_contain(tmp_path: Path) -> None:
    (tmp_path / "root.yaml").write_text(CONDITIONAL_PARENT)
    (tmp_path / "child.yaml").write_text(TWICE)
    [finding] = relint.check(tmp_path, select=["CFN-001"]).findings
    assert (finding.verdict, finding.scenario, Path(finding.file).name) == ("fail", None, "child.yaml")


def test_duplicate_key_in_an_included_file_has_its_place_there(tmp_path: Path) -> None:
    include = "{Name: AWS::Include, Parameters: {Location: part.yaml}}"
    (tmp_path / "main.yaml").write_text(f"Resources:\n  Fn::Transform: {include}\n")
    (tmp_path / "part.yaml").write_text("B: {Type: AWS::SNS::Topic}\nB: {Type: AWS::SQS::Queue}\n")
    [finding] = relint.check(tmp_path, select=["CFN-001"]).findings
    assert (Path(finding.file).name, finding.span.start.line, finding.level) == ("part.yaml", 1, "warning")


def test_rule_that_crashes_on_a_text_is_a_failure_and_hides_no_other(tmp_path: Path) -> None:
    rule = rule_text("scope: document\ncheck: cloudformation/unique_keys\nparams: {other: 1}\n", id="ACME-001")
    (tmp_path / "rule.yaml").write_text(rule, encoding="utf-8")
    report = relint.check_text(TWICE, rules=[tmp_path], select=["ACME-001", "CFN-001"])
    assert [finding.rule.id for finding in report.findings] == ["CFN-001"]
    assert ["ACME-001" in failure.message for failure in report.failures] == [True]


def test_each_lost_value_of_a_key_has_its_place() -> None:
    report = relint.check_text(f"{TWICE}  A: {{Type: AWS::S3::Bucket}}\n", select=["CFN-001"])
    assert [[place.span.start.line for place in finding.related] for finding in report.findings] == [[3, 4]]
