"""Files of configuration beside and above the templates, and options that override them."""

from __future__ import annotations

import pytest

import relint
from relint.errors import OptionError
from tests.helpers.command_line import working_directory
from tests.helpers.rules import rule_text
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
    assert report.skipped == {"stacks/a.yaml": "excluded by relint.yaml"}


@pytest.mark.parametrize("path", [".", "stacks", "stacks/a.yaml"])
def test_run_with_every_template_excluded_is_a_failure(project: ConfiguredProject, path: str) -> None:
    project.configure('exclude: ["**"]\n')
    result = project.run("check", path)
    assert result.exit_code == 2
    expected = f"There is no CloudFormation template that is not excluded by relint.yaml in '{path}'; --allow-empty"
    assert expected in result.stdout + result.stderr
    assert project.run("check", path, "--allow-empty").exit_code == 0


def test_every_setting_is_shown_with_its_origin(project: ConfiguredProject) -> None:
    project.configure("ruleset: core\nenvironments:\n  prod: {region: eu-west-1}\n")
    output = project.run("config", "--show", "stacks", "--env", "prod").stdout
    rows = [line.partition("#") for line in output.splitlines() if "#" in line]
    origins = {assignment.strip(): origin.strip() for assignment, _, origin in rows}
    assert origins['ruleset = "core"'] == "relint.yaml:2"
    assert origins['region = "eu-west-1"'] == "relint.yaml:4"
    assert origins["thresholds.min_azs = 2"] == "default"


@pytest.mark.parametrize(
    ("text", "file", "message"),
    [
        ("[project]\n", "values/pyproject.toml", "there is no [tool.relint] in it"),
        ("", "values", "the configuration cannot be read (Is a directory)"),
        ("", "nowhere.yaml", "the configuration cannot be read (No such file or directory)"),
    ],
    ids=["no table", "folder", "missing file"],
)
def test_unusable_named_configuration_is_reported(
    project: ConfiguredProject, text: str, file: str, message: str
) -> None:
    project.write("values/pyproject.toml", text)
    done = project.run("check", ".", "--config", file)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"{file}: error: {message}\n")


def test_named_configuration_replaces_those_beside_and_above_the_templates(project: ConfiguredProject) -> None:
    project.configure("ignore: [RDS-701]\n")
    project.write("values/own.yaml", "severity: {RDS-701: error}\n")
    assert project.findings(config="values/own.yaml") == [("RDS-701", "review", "error")]


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ("severity: {RDS-701: error}\nper-path: {stacks/: {severity: {RDS-701: note}}}\n", "warning"),
        ("severity: {RDS-701: error}\n", "error"),
    ],
    ids=["patterns", "other keys"],
)
def test_patterns_of_a_configuration_match_no_file_outside_of_its_folder(
    project: ConfiguredProject, configuration: str, expected: str
) -> None:
    project.write("stacks/relint.yaml", "root: true\n")
    project.write("values/own.yaml", configuration.replace("{RDS-701: error}", f"{{RDS-701: {expected}}}"))
    assert project.findings(config="values/own.yaml") == [("RDS-701", "review", expected)]


def test_exclusions_of_a_configuration_concern_no_file_outside_of_its_folder(project: ConfiguredProject) -> None:
    project.write("values/own.yaml", "exclude: ['*.yaml']\n").write("values/b.yaml", DATABASE)
    report = project.check(config="values/own.yaml")
    assert report.templates == ("stacks/a.yaml",)
    assert report.skipped["values/b.yaml"] == "excluded by values/own.yaml"


def test_relint_yaml_hides_the_pyproject_beside_it(project: ConfiguredProject) -> None:
    project.write("stacks/relint.yaml", "").write("stacks/pyproject.toml", "[tool.relint]\nignore = ['RDS-701']\n")
    assert project.findings() == REVIEW


def test_lists_accumulate_and_other_keys_are_replaced(project: ConfiguredProject) -> None:
    project.configure("exclude: [b.yaml]\nignore: [RDS-701]\nmandatory: [RDS-701]\nselect: [RDS-602, RDS-701]\n")
    project.write("stacks/relint.yaml", "exclude: [c.yaml]\nignore: [RDS-602]\nmandatory: [CFN-601]\n")
    project.write("stacks/b.yaml", DATABASE).write("stacks/c.yaml", DATABASE)
    report = project.check()
    assert report.templates == ("stacks/a.yaml",)
    assert [finding.rule.id for finding in report.findings] == ["RDS-701"]
    assert report.mandatory_ids == {"RDS-701", "CFN-601"}
    assert report.skipped["stacks/b.yaml"] == "excluded by relint.yaml"
    assert report.skipped["stacks/c.yaml"] == "excluded by stacks/relint.yaml"


def test_folders_of_rules_are_relative_to_the_configuration(project: ConfiguredProject) -> None:
    rule = rule_text("assert: [{path: $.Properties.DBName, exists: true}]\n", id="ACME-701")
    project.write("stacks/acme/rule.yaml", rule).write("stacks/relint.yaml", "rules: [acme]\n")
    assert ("ACME-701", "fail", "warning") in project.findings()


def test_parameter_files_are_relative_to_the_configuration(project: ConfiguredProject) -> None:
    project.write("stacks/values/dev.yaml", "Env: dev\n")
    project.write("stacks/relint.yaml", "parameters: [values/dev.yaml]\n")
    assert project.findings() == [("RDS-701", "fail", "warning")]
    project.write("stacks/relint.yaml", "parameters: [values/dev.yaml, {Env: prod}]\n")
    assert project.findings() == []
    project.write("stacks/relint.yaml", "parameters: [{Env: prod}, values/dev.yaml]\n")
    assert project.findings() == [("RDS-701", "fail", "warning")]


def test_region_is_the_value_of_its_pseudo_parameter(project: ConfiguredProject) -> None:
    project.write("stacks/a.yaml", DATABASE.replace("!Ref Env, prod", "!Ref AWS::Region, eu-west-1"))
    project.configure("region: eu-west-2\n")
    assert project.findings() == [("RDS-701", "fail", "warning")]
    project.configure("region: eu-west-1\n")
    assert project.findings() == []


@pytest.mark.parametrize("region", ["mars-1", "eu-west-1a", "EU-WEST-1", "Ireland"])
def test_region_of_another_shape_is_rejected(project: ConfiguredProject, region: str) -> None:
    project.write("a.yaml", "Resources: {A: {Type: AWS::SQS::Queue}}\n")
    message = f"'{region}' is no Region; write its code, such as eu-west-1"

    assert project.run("check", "a.yaml", "--region", region, "--no-config").stderr == f"error: {message}\n"
    with pytest.raises(OptionError, match=message):
        project.configure(f"region: {region}\n").check("a.yaml")


@pytest.mark.parametrize("region", ["us-gov-west-1", "eusc-de-east-1", "us-isob-east-1", "cn-northwest-1"])
def test_regions_of_all_partitions_are_accepted(project: ConfiguredProject, region: str) -> None:
    project.write("a.yaml", "Resources: {A: {Type: AWS::SQS::Queue}}\n")

    assert project.run("check", "a.yaml", "--region", region, "--no-config").exit_code == 1


def test_value_of_a_parameter_may_be_empty_or_a_list(project: ConfiguredProject) -> None:
    template = DATABASE.replace("[dev, prod]", "['', 'a,b']").replace("Default: prod", "Default: 'a,b'")
    for value, condition in (("''", "''"), ("[a, b]", "'a,b'")):
        project.write("stacks/a.yaml", template.replace("Env, prod", f"Env, {condition}"))
        project.configure(f"parameters: {{Env: {value}}}\n")
        assert project.findings() == []


def test_patterns_match_no_url(project: ConfiguredProject) -> None:
    project.configure("exclude: ['*.yaml']\nper-path: {'*.yaml': {severity: {RDS-701: error}}}\n")
    with working_directory(project.folder):
        report = relint.check_text(DATABASE, "s3://bucket/a.yaml", config="find")
    assert [(finding.rule.id, finding.level) for finding in report.findings] == [("RDS-701", "warning")]
