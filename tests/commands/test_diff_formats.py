"""`relint diff` in the formats of `relint check`: places in the new template, the old place beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import relint
from relint.report.change.new_places import report_on_new_templates
from relint.report.formats import FORMATS, FORMATS_AND_PROFILES
from tests.helpers.command_line import run_relint, working_directory
from tests.helpers.nested_stacks import stack_resource
from tests.helpers.project import Project
from tests.helpers.sarif import region_of, results_of
from tests.report.test_validation import BUILD, needs_multitool, validator

OLD = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql}
  Table:
    Type: AWS::DynamoDB::Table
    Properties: {BillingMode: PAY_PER_REQUEST}
"""
NEW = OLD.replace("mysql", "postgres").partition("  Table:")[0]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A repository in which a database is replaced and a table is removed."""
    project = Project(tmp_path).write("stacks/shop.yaml", OLD)
    project.commit()
    return project.write("stacks/shop.yaml", NEW)


def compared(project: Project, **arguments: Any) -> relint.Report:
    with working_directory(project.folder):
        return report_on_new_templates(relint.diff(**arguments or {"base": "HEAD"}))


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_names_both_findings(project: Project, format_name: str) -> None:
    done = project.run("diff", "--base", "HEAD", "--format", format_name)
    assert done.exit_code == 1
    assert "CHG-501" in done.stdout
    assert "CHG-502" in done.stdout


@pytest.mark.parametrize("format_name", FORMATS_AND_PROFILES)
def test_library_renders_every_format(project: Project, format_name: str) -> None:
    with working_directory(project.folder):
        text = relint.render_diff(relint.diff(base="HEAD"), format_name)
    assert "CHG-502" in text
    assert text.endswith("\n")


def test_library_rejects_another_format(project: Project) -> None:
    with pytest.raises(relint.OptionError, match="'html' is no format of differences; choose among text, concise"):
        relint.render_diff(relint.Diff(relint.Report()), "html")


def test_removed_resource_stands_at_the_section_of_the_new_template(project: Project) -> None:
    lines = project.run("diff", "--base", "HEAD", "--format", "concise").stdout.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["stacks/shop.yaml:1:1", "stacks/shop.yaml:4:18"]


def test_no_line_for_programs_has_the_name_of_the_revision(project: Project) -> None:
    for format_name in ("concise", "github", "gitlab", "junit"):
        assert "HEAD:" not in project.run("diff", "--base", "HEAD", "--format", format_name).stdout


def test_related_location_in_the_same_file_names_the_revision(project: Project) -> None:
    report = compared(project)
    with working_directory(project.folder):
        removed, replaced = results_of(report)
    (old,) = replaced["relatedLocations"]
    assert old["message"]["text"] == "It was 'mysql'. This is the line in the revision HEAD."
    assert old["physicalLocation"]["artifactLocation"] == {"uri": "stacks/shop.yaml", "uriBaseId": "%SRCROOT%"}
    assert old["physicalLocation"]["region"]["snippet"]["text"] == "Engine: mysql"
    assert replaced["message"]["text"].endswith(" See '[Orders, line 4 of HEAD](1)'.")
    assert region_of(removed)["snippet"]["text"] == "Resources"
    (gone,) = removed["relatedLocations"]
    assert (gone["message"]["text"][:12], gone["physicalLocation"]["region"]["startLine"]) == ("It was here.", 5)


def test_paths_are_those_of_the_repository_in_a_subfolder(project: Project) -> None:
    arguments = ("diff", "--base", "HEAD", "shop.yaml", "--format", "sarif")
    done = run_relint(*arguments, cwd=project.folder / "stacks")
    assert done.exit_code == 1
    for result in json.loads(done.stdout)["runs"][0]["results"]:
        for location in (*result["locations"], *result["relatedLocations"]):
            assert location["physicalLocation"]["artifactLocation"]["uri"] == "stacks/shop.yaml"


def test_old_template_of_another_file_keeps_its_name(project: Project) -> None:
    project.write("old.yaml", OLD)
    report = compared(project, old="old.yaml", new="stacks/shop.yaml")
    with working_directory(project.folder):
        uris = [
            result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            for result in results_of(report)
        ]
    assert uris == ["old.yaml", "old.yaml"]


@pytest.fixture
def ending(project: Project) -> Project:
    """The project, from which a template and a nested stack with its template are removed as well."""
    project.write("stacks/root.yaml", f"{OLD}{stack_resource('Data', 'child.yaml')}").write("lone.yaml", OLD)
    project.write("stacks/child.yaml", OLD).write("stacks/shop.yaml", OLD).commit()
    (project.folder / "stacks/child.yaml").unlink()
    (project.folder / "lone.yaml").unlink()
    return project.write("stacks/root.yaml", OLD).write("stacks/shop.yaml", NEW)


def test_every_location_has_the_path_of_a_file_and_its_text(ending: Project) -> None:
    report = compared(ending)
    with working_directory(ending.folder):
        results = results_of(report)
    locations = [one for result in results for one in (*result["locations"], *result.get("relatedLocations", ()))]
    places = [location["physicalLocation"] for location in locations]
    files = {"lone.yaml", "stacks/root.yaml", "stacks/child.yaml", "stacks/shop.yaml"}
    assert {place["artifactLocation"]["uri"] for place in places} == files
    assert [place for place in places if "snippet" not in place["region"]] == []


@needs_multitool
@pytest.mark.parametrize("profile", ["full", "github", "azure"])
def test_log_is_valid_by_the_multitool(ending: Project, profile: Any) -> None:
    log = ending.folder / "log.sarif"
    report = compared(ending)
    with working_directory(ending.folder):
        log.write_text(json.dumps(relint.to_sarif(report, profile=profile, build=BUILD)), encoding="utf-8")
    kinds = (*validator.RULE_KINDS, *(["GHAzDO"] if profile == "azure" else []))
    assert list(validator.schema_problems(log)) == []
    assert [
        problem for kind in kinds for problem in validator.multitool_problems(validator.multitool(), log, kind)
    ] == []


def test_reports_are_written_to_files_beside_the_text(project: Project) -> None:
    done = project.run("diff", "--base", "HEAD", "--output", "sarif:github=a.sarif", "--output", "json=a.json", "-q")
    assert done.stdout.startswith("stacks/shop.yaml\n")
    assert "2 findings" not in done.stdout
    assert len(json.loads(project.read("a.sarif"))["runs"][0]["results"]) == 2
    assert len(json.loads(project.read("a.json"))["changes"]) == 2


def test_statistics_count_by_rule(project: Project) -> None:
    done = project.run("diff", "--base", "HEAD", "--statistics")
    assert "CHG-501" in done.stdout
    assert "Engine" not in done.stdout


def test_colours_are_printed_on_request(project: Project) -> None:
    assert "\x1b[" in project.run("diff", "--base", "HEAD", "--color", "always").stdout
    assert "\x1b[" not in project.run("diff", "--base", "HEAD", "--color", "never").stdout


def test_configuration_of_the_new_template_has_the_level_to_fail_on(project: Project) -> None:
    project.configure("fail-on: never\n")
    assert project.run("diff", "--base", "HEAD").exit_code == 0


def test_options_that_exclude_each_other_are_rejected(project: Project) -> None:
    done = project.run("diff", "--base", "HEAD", "-q", "-v")
    assert (done.exit_code, done.stderr) == (2, "error: choose one of --quiet and --verbose\n")


def test_report_for_programs_has_the_error_in_an_option(project: Project) -> None:
    done = project.run("diff", "--base", "absent", "--format", "json")
    (failure,) = json.loads(done.stdout)["failures"]
    assert (done.exit_code, failure["message"]) == (2, "git knows no revision 'absent'; fetch it, or name another")
