"""`relint assess`: output, errors and exit codes."""

from __future__ import annotations

import json

import pytest

from tests.helpers.project import Project

TABLE = """\
Parameters:
  Keep: {Type: String, Default: "true"}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: !Ref Keep}}
"""
TEXT = """\
DATA Orders
  disruption outcome                               RTO                      RPO
  Software   manual restore (assumed)              hours or more, no bound  300 s typically
  Hardware   no outage (assumed)                   retries, up to 60 s      0 s
  AZ         no outage (assumed)                   retries, up to 60 s      0 s
  Region     no copy outside the Region            no path in these files   all data
  SPOF instance: none | zonal: none | brief interruption: none | regional services: 1
  SLA product = 99.99 % (~0.9 h/yr) over 1 rated; not counted: your code, deploys, DNS registrar
  UNKNOWN     Software - the time that a restore takes (data-size)
  DECIDED BY  Software - manual restore, no upper bound [dynamodb-point-in-time]
              Hardware, AZ - no outage, requests that fail succeed when they are repeated within 60
              s [dynamodb-regional; our judgement]
  CHANGES IF  Keep = false: Software becomes without a copy in these files instead of manual; RTO
              no_path instead of hours_or_more; RPO total_loss instead of minutes

Assessed 1 of 1 resources. Clean failures only: of what these files declare, in the assumed
  deployment. Not modelled: overload, latency, half failures, faults of the code, retries of
  clients.
An SLA product multiplies the thresholds below which AWS grants a credit: it is no prediction. A
  year has 8,760 hours.
"""


def test_table_is_data_with_backups_and_without_another_region(project: Project) -> None:
    project.write("table.yaml", TABLE)

    assert project.run("assess", "table.yaml") == (0, TEXT, "")


def test_parameters_decide(project: Project) -> None:
    project.write("table.yaml", TABLE)
    done = project.run("assess", "table.yaml", "--parameters", "Keep=false", "--format", "json")

    (entry,) = json.loads(done.stdout)["entries"]
    assert entry["results"][0]["outcome"] == "data_loss_unrecoverable"
    assert entry["results"][0]["rpo_class"] == "total_loss"


def test_template_without_entries_or_data_has_nothing_to_assess(project: Project) -> None:
    project.write("logs.yaml", "Resources: {Logs: {Type: AWS::Logs::LogGroup}}")
    done = project.run("assess", "logs.yaml")

    assert done.exit_code == 0
    assert done.stdout.startswith("nothing to assess")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["broken.yaml"], "broken.yaml", id="unreadable"),
        pytest.param(["table.yaml", "--parameters", "Nobody=1"], "no template declares it", id="unknown parameter"),
        pytest.param(["notes.txt"], "There is no CloudFormation template", id="no template"),
        pytest.param(["-"], "a system is read from files", id="standard input"),
    ],
)
def test_error_is_one_sentence_and_exit_code_2(arguments: list[str], message: str, project: Project) -> None:
    project.write("table.yaml", TABLE).write("notes.txt", "no template").write("broken.yaml", "Resources: {A: [}")
    assert message in project.run("assess", *arguments).error


def test_control_characters_of_names_do_not_reach_the_terminal(project: Project) -> None:
    project.write("evil.json", json.dumps({"Resources": {"A\x1b[31mB": {"Type": "AWS::S3::Bucket"}}}))

    assert "\x1b" not in project.run("assess", "evil.json").stdout


def test_output_writes_further_formats_and_leaves_the_exit_code(project: Project) -> None:
    project.write("table.yaml", TABLE)
    done = project.run("assess", "table.yaml", "--output", "json=a.json", "--output", "text=a.txt")

    assert done == (0, project.read("a.txt"), "")
    assert json.loads(project.read("a.json"))["schema"] == "relint-assess/1"


@pytest.mark.parametrize(
    ("option", "exit_code", "message"),
    [
        ("xml=a.xml", 2, "--output takes FORMAT=FILE with a format of text, json"),
        ("json", 2, "--output takes FORMAT=FILE"),
        ("json=missing/a.json", 2, "error: 'missing/a.json' cannot be written"),
    ],
)
def test_output_that_cannot_be_written_is_named(project: Project, option: str, exit_code: int, message: str) -> None:
    project.write("table.yaml", TABLE)
    done = project.run("assess", "table.yaml", "--output", option)

    assert done.exit_code == exit_code
    assert message in done.stderr


@pytest.mark.parametrize("fact", ["rds-standby-failover", "RDS-Standby-Failover", "sla-elb-zones", "d4"])
def test_explain_prints_a_fact_with_source_day_and_mark(project: Project, fact: str) -> None:
    done = project.run("assess", "--explain", fact)

    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].lower() == fact.lower()
    assert all(word in done.stdout for word in ("source: https://", "read: 20", "mark: "))


def test_explain_names_the_nearest_fact(project: Project) -> None:
    done = project.run("assess", "--explain", "rds-standby-failovr")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no fact 'rds-standby-failovr'; did you mean 'rds-standby-failover'?" in done.stderr
