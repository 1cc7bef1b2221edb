"""`relint explain` and `relint rules`: rules of the configuration, and rules of other tools."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relint.api import load_rules
from relint.catalog.selection import matching_rules
from relint.report.rule_pages import render_pages
from tests.helpers.project import Project

RULE = """\
id: ACME-601
name: queue-owner
title: Say who owns a queue
severity: warning
pillar: [REL06-BP01]
resources: [AWS::SQS::Queue]
assert: [{path: $.Properties.Tags, exists: true}]
message: "'{resource}' has no tags."
rationale: Somebody must answer for it.
fix: Add Tags.
equivalents: {aws-config: [ACME_TAGS]}
references: [https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html]
examples:
  fail:
    - name: none
      template: |
        Resources:
          Jobs:                        # <- here
            Type: AWS::SQS::Queue
  pass:
    - name: tagged
      template: |
        Resources:
          Jobs: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: owner, Value: shop}]}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a rule of its own."""
    return Project(tmp_path).write("mine/owner.yaml", RULE).configure("rules: [mine]\n")


@pytest.mark.parametrize("name", ["ACME-601", "queue-owner", "acme_tags"])
def test_rule_of_the_configuration_is_explained(project: Project, name: str) -> None:
    assert "Say who owns a queue" in project.run("explain", name).stdout


def test_rule_of_the_configuration_is_listed(project: Project) -> None:
    ids = [rule["id"] for rule in json.loads(project.run("rules", "--format", "json").stdout)]
    assert "ACME-601" in ids


@pytest.mark.parametrize("command", [["explain", "ACME-601"], ["check", ".", "--select", "ACME-601"]])
def test_rule_is_unknown_without_the_configuration(project: Project, command: list[str]) -> None:
    run = project.write("a.yaml", "Resources: {}\n").run(*command, "--no-config")
    assert run.exit_code == 2
    assert "there is no rule 'ACME-601'" in run.stderr


def test_rules_that_answer_to_another_tool_are_listed_with_its_ids(project: Project) -> None:
    lines = project.run("rules", "--equivalent-to", "AWS-Config").stdout.splitlines()
    assert any(line.startswith("DDB-601 ") and "DYNAMODB_PITR_ENABLED" in line for line in lines)
    assert not any(line.startswith("TOPO-702 ") for line in lines)


@pytest.mark.parametrize(
    ("command", "suggestion"),
    [
        pytest.param(["explain", "DYNAMODB_PITR_ENABLE"], "DYNAMODB_PITR_ENABLED", id="an id of another tool"),
        pytest.param(["explain", "queue-owners"], "queue-owner", id="a name in the configuration"),
        pytest.param(["rules", "--equivalent-to", "chekov"], "checkov", id="another tool"),
    ],
)
def test_mistyped_name_is_answered_with_the_one_that_is_meant(
    project: Project, command: list[str], suggestion: str
) -> None:
    run = project.run(*command)
    assert run.exit_code == 2
    assert f"did you mean '{suggestion}'?" in run.stderr


@pytest.mark.parametrize(
    ("selector", "rule"),
    [
        pytest.param("RDS_MULTI_AZ_SUPPORT", "RDS-701", id="AWS Config"),
        pytest.param("rds-multi-az-support", "RDS-701", id="AWS Config, as in its console"),
        pytest.param("RDS.5", "RDS-701", id="Security Hub"),
        pytest.param("dynamodb.2", "DDB-601", id="Security Hub in lower case"),
        pytest.param("f2iK5R6Dep", "RDS-701", id="Trusted Advisor"),
        pytest.param("REL10-BP01", "RDS-701", id="best practice"),
        pytest.param("rel10", "RDS-701", id="question"),
    ],
)
def test_control_of_aws_finds_rules(selector: str, rule: str) -> None:
    assert rule in [found.id for found in matching_rules(load_rules(), selector)]


def test_index_lists_the_controls_of_aws() -> None:
    index = render_pages(load_rules())["README.md"]
    assert "- RDS.5: [RDS-701](RDS-701.md)\n- RDS.6:" in index
    assert "- f2iK5R6Dep: [RDS-701](RDS-701.md)" in index
    assert "- RDS_MULTI_AZ_SUPPORT: [RDS-701](RDS-701.md)" in index


def test_id_of_another_tool_selects_its_equivalent(project: Project) -> None:
    project.write("a.yaml", "Resources: {Orders: {Type: AWS::DynamoDB::Table, Properties: {}}}\n")
    run = project.run("check", "a.yaml", "--select", "DYNAMODB_PITR_ENABLED", "--format", "json")
    assert {finding["rule"] for finding in json.loads(run.stdout)["findings"]} == {"DDB-601"}
