"""Environments, each with its own settings."""

from __future__ import annotations

import json

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
