"""`relint diff` of nested stacks, with the values that their parents pass before and after the change."""

from __future__ import annotations

from pathlib import Path

import pytest

import relint
from relint.report.change.new_places import report_on_new_templates
from tests.helpers.command_line import working_directory
from tests.helpers.project import Project
from tests.helpers.stack_changes import CHILD, NO_NESTED_STACK, found, parent, since_head, stack_repository


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return stack_repository(tmp_path)


@pytest.mark.parametrize("engine", ["postgres", "!Sub postgres"])
def test_value_of_the_parent_replaces_a_resource_of_an_unchanged_nested_stack(project: Project, engine: str) -> None:
    project.write("stacks/root.yaml", parent(f"{{Engine: {engine}}}"))
    diff = since_head(project)
    assert found(diff) == [("CHG-501", "fail", "stacks/child.yaml:3", "Database")]
    assert 'This happens when it is deployed as "Data" of "stacks/root.yaml".' in diff.report.findings[0].message
    (child,) = (entry for entry in diff.comparisons if entry.new_file == "stacks/child.yaml")
    assert child.deployed_as == ("stacks/root.yaml", "Data")


def test_replaced_resource_of_the_parent_replaces_in_the_nested_stack(project: Project) -> None:
    vpc = "  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
    project.write("stacks/root.yaml", parent("{Network: !Ref Vpc}") + vpc)
    project.write(
        "stacks/child.yaml",
        "Parameters: {Network: {Type: String}}\nResources:\n"
        "  Subnet: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: 10.0.1.0/24, VpcId: !Ref Network}}\n",
    )
    project.commit()
    project.write("stacks/root.yaml", parent("{Network: !Ref Vpc}") + vpc.replace("10.0.0.0", "10.0.1.0"))
    done = project.run("diff", "--base", "HEAD")
    assert "stacks/child.yaml (nested stack Data of stacks/root.yaml)\n  replaced: Subnet" in done.stdout
    assert "    VpcId: refers to Vpc of stacks/root.yaml, which is replaced\n" in done.stdout


def test_resource_of_a_parent_whose_file_has_moved_is_the_same(project: Project) -> None:
    vpc = "  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
    subnet = "  Subnet: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: 10.0.1.0/24, VpcId: !Ref Network}}\n"
    project.write("stacks/root.yaml", parent("{Network: !Ref Vpc}") + vpc)
    project.write("stacks/child.yaml", f"Parameters: {{Network: {{Type: String}}}}\nResources:\n{subnet}").commit()
    (project.folder / "stacks").rename(project.folder / "moved")
    project.git("add", "--all")
    diff = since_head(project)
    assert [entry.new_file for entry in diff.comparisons] == ["moved/child.yaml", "moved/root.yaml"]
    assert [entry.comparison.changes for entry in diff.comparisons] == [(), ()]


def test_default_of_a_nested_stack_decides_nothing_if_the_parent_passes_the_value(project: Project) -> None:
    project.write("stacks/child.yaml", CHILD.replace("mysql", "postgres"))
    assert found(since_head(project)) == []


def test_changed_default_of_the_parent_passes_the_deployed_value_on(project: Project) -> None:
    head = "Parameters: {Engine: {Type: String, Default: mysql}}\n"
    project.write("stacks/root.yaml", head + parent("{Engine: !Ref Engine}")).commit()
    project.write("stacks/root.yaml", head.replace("mysql", "postgres") + parent("{Engine: !Ref Engine}"))
    assert found(since_head(project)) == []


def test_value_of_the_run_reaches_the_nested_stack(project: Project) -> None:
    head = "Parameters: {Engine: {Type: String}}\n"
    project.write("stacks/root.yaml", head + parent("{Engine: !Ref Engine}")).commit()
    project.write("stacks/root.yaml", parent("{Engine: mysql}"))
    assert found(since_head(project, parameters={"Engine": "postgres"}))[0][0] == "CHG-501"
    assert found(since_head(project, parameters={"Engine": "mysql"})) == []


def test_removed_nested_stack_removes_the_resources_in_it(project: Project) -> None:
    project.write("stacks/root.yaml", NO_NESTED_STACK)
    diff = since_head(project)
    assert found(diff) == [("CHG-502", "fail", "stacks/child.yaml:3", "Database")]
    (place,) = diff.report.findings[0].related
    assert (place.file, place.span.start.line) == ("HEAD:stacks/root.yaml", 3)
    assert place.message == "The change removes the nested stack 'Data', which contains it."
    assert diff.report.findings[0].message.endswith(
        ' This happens when the nested stack "Data" is removed from "stacks/root.yaml".'
    )


def test_removed_nested_stack_with_its_template_is_reported_in_the_parent_for_programs(project: Project) -> None:
    project.write("stacks/root.yaml", NO_NESTED_STACK)
    (project.folder / "stacks/child.yaml").unlink()
    diff = since_head(project)
    assert found(diff) == [("CHG-502", "fail", "HEAD:stacks/child.yaml:3", "Database")]
    (finding,) = report_on_new_templates(diff).findings
    assert (finding.file, finding.span.start.line) == ("stacks/root.yaml", 1)
    assert [place.file for place in finding.related] == ["HEAD:stacks/child.yaml", "HEAD:stacks/root.yaml"]
    done = project.run("diff", "--base", "HEAD")
    assert (
        "HEAD:stacks/child.yaml: the nested stack Data of stacks/root.yaml is gone, and with it:\n  removed: Database"
        in done.stdout
    )


def test_kept_nested_stack_keeps_the_resources_in_it(project: Project) -> None:
    project.write("stacks/root.yaml", parent("{Engine: mysql}", "DeletionPolicy: Retain, ")).commit()
    project.write("stacks/root.yaml", NO_NESTED_STACK)
    assert found(since_head(project)) == []


def test_nested_stack_under_another_logical_id_is_another_stack(project: Project) -> None:
    project.write("stacks/root.yaml", parent("{Engine: mysql}").replace("Data", "Storage"))
    assert ("CHG-502", "fail", "stacks/child.yaml:3", "Database") in found(since_head(project))


def test_condition_that_becomes_false_removes_the_nested_stack(project: Project) -> None:
    head = "Conditions: {Wanted: !Equals [a, %s]}\n"
    project.write("stacks/root.yaml", head % "a" + parent("{Engine: mysql}", "Condition: Wanted, ")).commit()
    project.write("stacks/root.yaml", head % "b" + parent("{Engine: mysql}", "Condition: Wanted, "))
    assert found(since_head(project)) == [("CHG-502", "fail", "stacks/child.yaml:3", "Database")]


def test_another_template_of_a_nested_stack_is_an_update_of_the_stack(project: Project) -> None:
    project.write("stacks/child2.yaml", CHILD.replace("Database", "Store").replace("mysql", "postgres"))
    project.write("stacks/root.yaml", parent(url="child2.yaml"))
    diff = since_head(project)
    assert [rule for rule, *_ in found(diff)] == ["CHG-502"]
    assert (diff.added, diff.removed) == ((), ())


def test_unchanged_template_is_compared_only_if_it_deploys_a_changed_one(project: Project) -> None:
    project.write("other/root.yaml", parent(url="orders.yaml")).write("other/orders.yaml", CHILD).commit()
    project.write("stacks/child.yaml", CHILD.replace("DeletionPolicy: Delete, ", ""))
    assert [entry.new_file for entry in since_head(project).comparisons] == ["stacks/child.yaml", "stacks/root.yaml"]


def test_nested_stack_from_a_url_is_left_out(project: Project) -> None:
    project.write("stacks/root.yaml", parent(url="https://example.com/child.yaml"))
    assert found(since_head(project)) == []


def test_nested_stacks_of_folders_have_the_values_of_their_parents(project: Project) -> None:
    for folder, engine in (("a", "mysql"), ("b", "postgres")):
        project.write(f"{folder}/root.yaml", parent(f"{{Engine: {engine}}}")).write(f"{folder}/child.yaml", CHILD)
    with working_directory(project.folder):
        diff = relint.diff("a", "b")
    assert found(diff) == [("CHG-501", "fail", "b/child.yaml:3", "Database")]
    assert [place.file for place in diff.report.findings[0].related] == ["a/child.yaml"]


def test_nested_stacks_beside_two_files_are_compared(project: Project) -> None:
    for folder, name in (("a", "one"), ("b", "two")):
        child = CHILD.replace("DeletionPolicy: Delete, ", f"DeletionPolicy: Delete, Metadata: {{Name: {name}}}, ")
        project.write(f"{folder}/root.yaml", parent()).write(f"{folder}/child.yaml", child)
    project.write("b/child.yaml", CHILD.replace("Database", "Store").replace("Engine: !Ref Engine", "Engine: oracle"))
    with working_directory(project.folder):
        diff = relint.diff("a/root.yaml", "b/root.yaml")
    assert found(diff) == [("CHG-502", "fail", "a/child.yaml:3", "Database")]


def test_template_that_several_parents_deploy_has_the_worst_finding(project: Project) -> None:
    project.write("stacks/other.yaml", parent("{Engine: mysql}")).commit()
    project.write("stacks/other.yaml", parent("{Engine: postgres}"))
    diff = since_head(project)
    assert found(diff) == [("CHG-501", "fail", "stacks/child.yaml:3", "Database")]
    assert '"Data" of "stacks/other.yaml"' in diff.report.findings[0].message


def test_unreadable_nested_stack_is_a_failure_and_not_removed(project: Project) -> None:
    project.write("stacks/child.yaml", "Resources: [")
    with working_directory(project.folder):
        report = relint.diff(base="HEAD").report
    assert [failure.file for failure in report.failures] == ["stacks/child.yaml"]
    assert report.findings == ()


def test_suppression_of_the_configuration_applies_to_the_old_template(project: Project) -> None:
    project.configure("suppressions: [{rule: CHG-502, path: lone.yaml, reason: moved to another account by hand}]\n")
    project.commit()
    project.write("lone.yaml", "Resources: {Topic: {Type: AWS::SNS::Topic}}")
    (finding,) = since_head(project).report.findings
    assert finding.suppression is not None
