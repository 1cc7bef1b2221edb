"""Files of configuration beside and above the templates, and options that override them."""

from __future__ import annotations

import pytest

import relint
from tests.helpers.command_line import working_directory
from tests.helpers.settings import DATABASE, ConfiguredProject

REVIEW = [("RDS-701", "review", "warning")]


def test_defaults_apply_without_a_configuration(project: ConfiguredProject) -> None:
    assert project.findings() == REVIEW


def test_options_override_the_configuration(project: ConfiguredProject) -> None:
    project.configure("ignore: [RDS-701]\n")
    assert project.findings() == []
    assert project.findings(ignore=["RDS-602"]) == REVIEW


def test_library_can_ignore_the_configuration(project: ConfiguredProject) -> None:
    project.configure("ignore: [RDS-701]\n")
    assert project.findings(config=None) == REVIEW
    with working_directory(project.folder):
        report = relint.check_text(DATABASE, "stacks/a.yaml")
        configured_report = relint.check_text(DATABASE, "stacks/a.yaml", config="find")
    assert [finding.rule.id for finding in report.findings] == ["RDS-701"]
    assert not configured_report.findings


def test_nearest_file_wins_key_by_key(project: ConfiguredProject) -> None:
    project.configure("severity: {RDS-701: error}\nparameters: {Env: dev}\n")
    project.write("stacks/relint.yaml", "severity: {RDS-602: note}\nparameters: {Env: prod}\n")
    assert project.findings() == []
    project.write("b.yaml", DATABASE)
    assert project.findings() == [("RDS-701", "fail", "error")]


def test_root_ends_the_search(project: ConfiguredProject) -> None:
    project.configure("ignore: [RDS-701]\n")
    project.write("stacks/relint.yaml", "root: true\n")
    assert project.findings() == REVIEW


def test_pyproject_is_read_like_relint_yaml(project: ConfiguredProject) -> None:
    (project.folder / "relint.yaml").unlink()
    project.write("pyproject.toml", '[tool.relint]\nroot = true\nignore = ["RDS-701"]\n')
    assert project.findings() == []
    project.write("pyproject.toml", "[tool.relint]\nroot = true\nignor = ['RDS-701']\n")
    with pytest.raises(relint.OptionError, match="did you mean 'ignore'") as error:
        project.check()
    assert error.value.file == "pyproject.toml"
    assert error.value.span is not None
    assert error.value.span.start.line == 3


def test_paths_may_have_their_own_keys(project: ConfiguredProject) -> None:
    project.write("stacks/dev/b.yaml", DATABASE)
    project.configure("parameters: {Env: dev}\nper-path:\n  stacks/dev: {severity: {RDS-701: error}}\n")
    assert project.findings() == [("RDS-701", "fail", "warning"), ("RDS-701", "fail", "error")]


def test_excluded_files_are_skipped_even_when_they_are_named(project: ConfiguredProject) -> None:
    project.configure("exclude: [stacks/]\n")
    report = project.check("stacks/a.yaml")
    assert not report.failures
    assert report.skipped == {"stacks/a.yaml": "excluded by relint.yaml"}


def test_every_setting_is_shown_with_its_origin(project: ConfiguredProject) -> None:
    project.configure("ruleset: core\nenvironments:\n  prod: {region: eu-west-1}\n")
    output = project.run("config", "--show", "stacks", "--env", "prod").stdout
    rows = [line.partition("#") for line in output.splitlines() if "#" in line]
    origins = {assignment.strip(): origin.strip() for assignment, _, origin in rows}
    assert origins['ruleset = "core"'] == "relint.yaml:2"
    assert origins['region = "eu-west-1"'] == "relint.yaml:4"
    assert origins["thresholds.min_azs = 2"] == "default"
