"""Environments, each with its own settings."""

from __future__ import annotations

import json

import pytest

from tests.helpers.settings import ConfiguredProject


def test_environment_sets_parameters_and_fail_on(project: ConfiguredProject) -> None:
    project.write("prod.json", json.dumps({"Parameters": {"Env": "prod"}}))
    project.configure(
        "environments:\n  dev: {parameters: {Env: dev}, fail-on: never}\n  prod: {parameters: prod.json}\n"
    )
    assert project.findings(environment="dev") == [("RDS-701", "fail", "warning")]
    assert project.findings(environment="prod") == []
    assert project.run("check", ".", "--env", "dev").exit_code == 0
    failing = project.run("check", ".", "--env", "dev", "--fail-on", "warning")
    assert failing.exit_code == 1
    assert "warning RDS-701" in failing.stdout


def test_all_environments_make_a_table(project: ConfiguredProject) -> None:
    project.configure(
        "environments:\n  dev: {parameters: {Env: dev}, fail-on: never}\n  prod: {parameters: {Env: prod}}\n"
    )
    result = project.run("check", ".", "--env", "all", "--output", "sarif=out-{env}.sarif")
    assert result.exit_code == 0
    rows = [line.split() for line in result.stdout.splitlines() if line]
    assert rows[0] == ["rule", "dev", "prod"]
    assert rows[1] == ["RDS-701", "rds-multi-az", "1W", "-"]
    assert (project.folder / "out-dev.sarif").exists()
    assert (project.folder / "out-prod.sarif").exists()


def test_exit_code_of_all_environments_is_the_highest(project: ConfiguredProject) -> None:
    project.configure("environments:\n  dev: {parameters: {Env: dev}}\n  prod: {parameters: {Env: prod}}\n")
    done = project.run("check", ".", "--env", "all")
    assert done.exit_code == 1
    assert "RDS-701 rds-multi-az  1W   -" in done.stdout


def test_unknown_environment_is_reported(project: ConfiguredProject) -> None:
    project.configure("environments:\n  prod: {region: eu-west-1}\n")
    result = project.run("check", ".", "--env", "prd")
    assert result.exit_code == 2
    assert "did you mean 'prod'" in result.stderr


ENVIRONMENTS = """environments:
  dev: {parameters: {Env: dev}}
  prod: {parameters: {Env: prod}}
  test: {parameters: {Env: dev}, severity: {RDS-701: error}}
"""


def test_findings_follow_the_table_with_their_environments(project: ConfiguredProject) -> None:
    project.configure(ENVIRONMENTS + "  stage: {parameters: {Env: dev}}\n")
    lines = project.run("check", ".", "--env", "all", "--format", "concise").stdout.splitlines()
    (same,) = (index for index, line in enumerate(lines) if line == "dev, stage:")
    (other,) = (index for index, line in enumerate(lines) if line == "test:")
    assert "warning RDS-701" in lines[same + 1]
    assert "error RDS-701" in lines[other + 1]
    assert sum("RDS-701 '" in line for line in lines) == 2


def test_list_of_environments_checks_only_these(project: ConfiguredProject) -> None:
    project.configure(ENVIRONMENTS)
    rows = project.run("check", ".", "--env", "prod, test").stdout.splitlines()
    assert rows[0].split() == ["rule", "prod", "test"]
    assert rows[1].split() == ["RDS-701", "rds-multi-az", "-", "1E"]


def test_environment_is_found_where_every_file_is_excluded(project: ConfiguredProject) -> None:
    project.configure('environments: {prod: {}}\nexclude: ["**"]\n')
    done = project.run("check", ".", "--env", "prod", "--allow-empty")
    assert (done.exit_code, done.stdout) == (0, "")


def test_unknown_environment_in_a_list_is_reported(project: ConfiguredProject) -> None:
    project.configure(ENVIRONMENTS)
    done = project.run("check", ".", "--env", "prod,tst")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no environment 'tst'; did you mean 'test'?" in done.stderr


@pytest.mark.parametrize("format_name", ["text", "concise", "json", "sarif", "junit", "gitlab", "github", "markdown"])
def test_finding_of_a_joined_report_names_its_environments(project: ConfiguredProject, format_name: str) -> None:
    project.configure(ENVIRONMENTS)
    project.run("check", ".", "--env", "all", "--select", "RDS-701", "--output", f"{format_name}=joined")
    report = project.read("joined").replace("\\", "")
    if format_name == "json":
        assert [finding["environments"] for finding in json.loads(report)["findings"]] == [["dev", "test"]]
    elif format_name == "sarif":
        (result,) = json.loads(report)["runs"][0]["results"]
        assert result["properties"]["relint/environments"] == ["dev", "test"]
    else:
        assert "= env: dev, test" in report if format_name == "text" else "[dev, test]" in report


def test_configuration_lets_reviews_count(project: ConfiguredProject) -> None:
    project.configure("fail-on-review: true\nselect: [RDS-701]\nenvironments: {calm: {fail-on-review: false}}\n")
    assert project.run("check", ".").exit_code == 1
    calm = project.run("check", ".", "--env", "calm")
    assert calm.exit_code == 0
    assert "count only with --fail-on-review" in calm.stderr
    assert project.run("check", ".", "--env", "calm", "--fail-on-review").exit_code == 1


def test_program_reads_each_finding_once_at_its_highest_level(project: ConfiguredProject) -> None:
    project.configure(ENVIRONMENTS)
    done = project.run("check", ".", "--env", "all", "--format", "json", "--output", "junit=joined.xml")
    findings = json.loads(done.stdout)["findings"]
    assert [(finding["rule"], finding["level"]) for finding in findings if finding["rule"] == "RDS-701"] == [
        ("RDS-701", "error")
    ]
    assert (project.folder / "joined.xml").exists()
